import type { Clock } from '../../../kernel/index.js';
import { readStatement, type BookedEntry } from '../books.read.js';
import type { BooksStore } from '../books.store.js';
import type { Conduct } from '../conduct.js';
import { bankDay } from './bank-xml.js';
import { ledgerOf } from './ledgers.js';
import { statementId, type AccountStatement } from './statement-words.js';
import { writeCamt053 } from './write-camt.js';
import { writeMt940 } from './write-mt940.js';

export interface StatementWanted {
  readonly bank: string;
  /** ISO 8601 days at the bank, both included; today when not given. */
  readonly from?: string;
  readonly to?: string;
  readonly format: Conduct['statementFormat'];
}

/** A statement over all accounts of a file bank, as a file. */
export async function makeStatement(
  given: { store: BooksStore; clock: Clock; accounts: readonly string[] },
  wanted: StatementWanted,
): Promise<{ name: string; content: string }> {
  const madeAt = given.clock.now();
  const today = bankDay(madeAt);
  const { bank, from = today, to = today, format } = wanted;
  const statements: AccountStatement[] = [];
  for (const account of given.accounts) {
    statements.push(await statementOf(given.store, { bank, account, from, to }));
  }
  const id = statements[0]?.id ?? '';
  const key = statements.map((statement) => statement.id.split('-')[2]).join('-');
  const name = `${from}.${to}.${key}`;
  return format === 'mt940'
    ? { name: `MT940.${name}.sta`, content: writeMt940(statements) }
    : { name: `CAMT053.${name}.xml`, content: writeCamt053({ id, madeAt, statements }) };
}

async function statementOf(
  store: BooksStore,
  of: { bank: string; account: string; from: string; to: string },
): Promise<AccountStatement> {
  const { account, from, to } = of;
  const entries: BookedEntry[] = [];
  const asked = { bank: ledgerOf(of.bank, account), from, to };
  let page = await readStatement(store, asked);
  entries.push(...page.entries);
  while (page.nextCursor !== null) {
    page = await readStatement(store, { ...asked, cursor: page.nextCursor });
    entries.push(...page.entries);
  }
  const last = page.statementId.split('.').at(-1) ?? '0';
  const { opening, closing } = page;
  return {
    id: statementId({ account, from, to, last }),
    account,
    from,
    to,
    opening,
    closing,
    entries,
  };
}
