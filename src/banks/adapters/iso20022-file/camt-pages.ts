import type { XmlElement } from './xml-elements.js';

/** A statement as it lies in a message: one `Stmt`, or several that count themselves its pages. */
export interface PagedStatement {
  /** As our settings write it. */
  readonly account: string;
  readonly first: XmlElement;
  readonly last: XmlElement;
  /** Of its pages among all `Stmt` of the message, from 0. */
  readonly numbers: readonly [first: number, ...others: number[]];
}

interface Page {
  readonly id: string;
  readonly number: number;
  readonly isLast: boolean;
}

/**
 * ISO 20022 `StmtPgntn`: the pages of a statement are a `Stmt` each, of one `Id` and with rising numbers. Its opening
 * balance may stand on the first page only and its closing on the last, or both on each of them.
 * @param accountOf undefined for an account that is not ours
 */
export function statementsOfPages(
  statements: readonly XmlElement[],
  accountOf: (statement: XmlElement) => string | undefined,
): PagedStatement[] {
  const found: PagedStatement[] = [];
  /** Where the statement stands that was begun last, by its account. */
  const begun = new Map<string, number>();
  for (const [number, statement] of statements.entries()) {
    const account = accountOf(statement);
    if (account === undefined) continue;
    const at = begun.get(account);
    const before = at === undefined ? undefined : found[at];
    if (at !== undefined && before && turnsTo(before.last, statement)) {
      found[at] = { ...before, last: statement, numbers: [...before.numbers, number] };
      continue;
    }
    begun.set(account, found.length);
    found.push({ account, first: statement, last: statement, numbers: [number] });
  }
  return found;
}

function turnsTo(before: XmlElement, after: XmlElement): boolean {
  const [page, next] = [pageOf(before), pageOf(after)];
  if (!page || !next || page.isLast) return false;
  return page.id === next.id && page.number < next.number;
}

function pageOf(statement: XmlElement): Page | undefined {
  const [id, digits] = [statement.textAt('Id'), statement.textAt('StmtPgntn', 'PgNb')];
  if (id === undefined || digits === undefined || !/^\d{1,9}$/.test(digits)) return undefined;
  const last = statement.textAt('StmtPgntn', 'LastPgInd');
  return { id, number: Number(digits), isLast: last === 'true' || last === '1' };
}
