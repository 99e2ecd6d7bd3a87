import type { StatementEntry } from '../banks/index.js';
import { officeDate, type Money } from '../kernel/index.js';
import type { SheetRow } from '../platform/spreadsheet/index.js';
import { columnLetters } from '../platform/spreadsheet/index.js';
import { fieldOf, NEEDED_FIELDS, type FileField } from './statement-file.columns.js';
import { problemOf, type FileProblem, type FileRule } from './statement-file.problems.js';
import {
  cleanCell,
  faultOfText,
  readAmount,
  readCurrency,
  readDay,
  readDirection,
  readId,
  readInstant,
  readOptionalId,
  readRecord,
  readReturnCode,
  readReversal,
  type Read,
  type RecordKind,
} from './statement-file.values.js';

/** A statement has fourteen columns; a bank may add its own. */
const COLUMNS_MAX = 40;

/** Where each field lies, and how wide a row is. */
export interface FileHeader {
  readonly row: number;
  readonly columns: ReadonlyMap<FileField, number>;
  readonly width: number;
}

export function readHeader(row: SheetRow): { header: FileHeader; problems: FileProblem[] } {
  const problems: FileProblem[] = [];
  const columns = new Map<FileField, number>();
  if (row.width > COLUMNS_MAX)
    problems.push(problemOf('columns.too-many', { row: row.number, column: null, field: null }));
  for (const [column, cell] of row.cells) {
    const field = fieldOf(cell.text);
    if (!field) continue;
    const at = { row: row.number, column: columnLetters(column), field };
    if (columns.has(field)) problems.push(problemOf('column.twice', at));
    else columns.set(field, column);
  }
  for (const field of NEEDED_FIELDS) {
    if (columns.has(field)) continue;
    problems.push(problemOf('column.missing', { row: row.number, column: null, field }));
  }
  return { header: { row: row.number, columns, width: row.width }, problems };
}

/** What the opening and closing records say of the statement. */
export interface FileFrame {
  readonly statementId: string;
  readonly from: string;
  readonly to: string;
  readonly opening: Money;
  readonly closing: Money;
}

/** Reads the cells of one row and remembers what is wrong with them. */
export class FileRow {
  readonly problems: FileProblem[] = [];

  constructor(
    private readonly row: SheetRow,
    private readonly header: FileHeader,
  ) {
    const last = Math.max(0, ...row.cells.keys());
    if (last > header.width || row.width > COLUMNS_MAX) this.say('row.too-wide', null);
  }

  get number(): number {
    return this.row.number;
  }

  record(): RecordKind | null {
    return this.read('record', readRecord);
  }

  frame(): { statementId: string; from: string; to: string } | null {
    const statementId = this.read('statement_id', readId);
    const from = this.read('from', readDay);
    const to = this.read('to', readDay);
    return statementId === null || from === null || to === null ? null : { statementId, from, to };
  }

  balance(): Money | null {
    this.currency();
    const direction = this.text('direction');
    if (direction !== '') {
      const said = this.read('direction', readDirection);
      if (said === 'debit') this.say('direction.of-balance', 'direction');
    }
    return this.read('amount', (text) => readAmount(text, 'balance'), { mayBeNegative: true });
  }

  /** The entry of this row; null when something is wrong with it. @param frame null when that itself is wrong. */
  entry(frame: FileFrame | null): StatementEntry | null {
    if (frame) this.assertOf(frame);
    this.currency();
    const entryId = this.read('entry_id', readId);
    const bookedAt = this.read('booked_at', readInstant);
    const direction = this.read('direction', readDirection);
    const amount = this.read('amount', (text) => readAmount(text, 'entry'), {
      mayBeNegative: true,
    });
    const reference = this.read('reference', readOptionalId);
    const bankReference = this.read('bank_reference', readOptionalId);
    const code = this.read('return_code', readReturnCode);
    const text = this.read('return_text', (words) => ({ ok: true, value: words }));
    const reversal = this.read('reversal', readReversal);
    if (bookedAt && frame && isOutside(officeDate(bookedAt), frame))
      this.say('booked.outside', 'booked_at');
    if (this.problems.length > 0) return null;
    if (entryId === null || !bookedAt || !direction || !amount) return null;
    return {
      entryId,
      direction,
      amount,
      bookedAt,
      ...(reference !== null && { reference }),
      ...(bankReference !== null && { bankReference }),
      ...(code !== null && { returnReason: { code, ...(text && { text }) } }),
      ...(reversal && { reversal }),
    };
  }

  /** Where a row repeats what the opening record says, it says the same. */
  assertOf(frame: { statementId: string; from: string; to: string }): void {
    const differs = (field: FileField, said: string | null, wanted: string) => {
      if (said !== null && said !== wanted) this.say('frame.differs', field);
    };
    const optional = <T>(field: FileField, reader: (text: string) => Read<T>) =>
      this.text(field) === '' ? null : this.read(field, reader);
    differs('statement_id', optional('statement_id', readId), frame.statementId);
    differs('from', optional('from', readDay), frame.from);
    differs('to', optional('to', readDay), frame.to);
  }

  say(rule: FileRule, field: FileField | null, otherRow?: number): void {
    const column = field === null ? undefined : this.header.columns.get(field);
    this.problems.push(
      problemOf(rule, {
        row: this.row.number,
        column: column === undefined ? null : columnLetters(column),
        field,
        otherRow,
      }),
    );
  }

  private currency(): void {
    this.read('currency', readCurrency);
  }

  private text(field: FileField): string {
    const column = this.header.columns.get(field);
    return cleanCell((column === undefined ? undefined : this.row.cells.get(column)?.text) ?? '');
  }

  private read<T>(
    field: FileField,
    reader: (text: string) => Read<T>,
    allowed: { mayBeNegative?: boolean } = {},
  ): T | null {
    const text = this.text(field);
    const fault = faultOfText(text);
    const read: Read<T> =
      fault && !(fault === 'cell.formula' && allowed.mayBeNegative)
        ? { ok: false, rule: fault }
        : reader(text);
    if (read.ok) return read.value;
    this.say(read.rule, field);
    return null;
  }
}

function isOutside(day: string, { from, to }: { from: string; to: string }): boolean {
  return day < from || day > to;
}
