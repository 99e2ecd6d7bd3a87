import type { BookedEntry } from '../books.read.js';
import { REASON_TEXTS } from '../moods.js';
import { bankDay } from './bank-xml.js';
import { entryRef, type AccountStatement } from './statement-words.js';

const LINE = 65;
const MOST_LINES = 6;

/** MT940, one message for each account; our EndToEndId, too long for field 61, stands in field 86 after /EREF/. */
export function writeMt940(statements: readonly AccountStatement[]): string {
  return statements.map((statement, at) => messageOf(statement, at + 1)).join('');
}

function messageOf(statement: AccountStatement, number: number): string {
  const { from, to, opening, closing } = statement;
  const lines = [
    `:20:${statement.id.replace(/[^A-Z0-9]/g, '').slice(0, 16)}`,
    `:25:${statement.account}`,
    `:28C:${number}/1`,
    `:60F:C${short(from)}VND${opening},`,
    ...statement.entries.flatMap(entryLines),
    `:62F:C${short(to)}VND${closing},`,
    '-',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function entryLines(entry: BookedEntry): string[] {
  const day = short(bankDay(entry.bookedAt));
  const [side, type] = entry.direction === 'debit' ? ['D', 'NTRF'] : ['C', 'NRTI'];
  return [
    `:61:${day}${day.slice(2)}${side}${entry.amount},${type}NONREF//${entryRef(entry.entryId)}`,
    ...cut(`:86:${detailsOf(entry)}`),
  ];
}

function detailsOf(entry: BookedEntry): string {
  const code = entry.returnReasonCode;
  const words = code === null ? '' : `/RTRN/${code}/ADDI/${REASON_TEXTS[code] ?? code}`;
  return `/EREF/${entry.reference}/BREF/${entry.bankReference}${words}`;
}

/** `yymmdd` */
const short = (iso: string): string => iso.slice(2).replaceAll('-', '');

function cut(text: string): string[] {
  const count = Math.min(Math.ceil(text.length / LINE), MOST_LINES);
  return Array.from({ length: count }, (_, at) => text.slice(at * LINE, (at + 1) * LINE));
}
