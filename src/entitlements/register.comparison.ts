import { compareNames, isSameAccount, type RegisteredPayee } from '../beneficiaries/index.js';
import type { Tx } from '../platform/database/index.js';
import { namedProblems, type NamedList } from './cell.naming.js';
import { tellOfPeople, type CellNaming } from './duplicate.store.js';
import { insertProblems } from './import-row.store.js';
import type { Field } from './list.columns.js';
import { problem, type Problem, type Rule } from './list.problems.js';
import { rowsThatDiffer, type RowBesideRegister } from './register-row.read.js';

/*
 * A list beside the register of people. A slip in a personal number names somebody else: then a row must neither
 * rename that person nor move their account, so a different name is an error. A close name, or another account
 * than one an officer entered by hand, is told; the register stays as it is (see beneficiaries).
 */

const ROWS_PER_PAGE = 1_000;

/** What the list, or one row of it, says of people who are registered, at the time of its check. */
export async function compareWithRegister(
  tx: Tx,
  compared: { importId: string; onlyRow?: number },
  list: NamedList,
): Promise<void> {
  const { importId, onlyRow } = compared;
  for (let afterRow = 0; ;) {
    const page = await rowsThatDiffer(tx, { importId, onlyRow, afterRow, limit: ROWS_PER_PAGE });
    const problems = page.flatMap((row) =>
      namedProblems(list, row.rowNumber, problemsOf(row, list)),
    );
    await insertProblems(tx, { importId, problems });
    if (page.length < ROWS_PER_PAGE) return;
    afterRow = page.at(-1)?.rowNumber ?? afterRow;
  }
}

function problemsOf(row: RowBesideRegister, list: NamedList): Problem[] {
  const say = (rule: Rule, field: Field, value: string | null): Problem =>
    problem(rule, { column: list.header.columns.get(field) ?? null, field, value });
  const match = compareNames(row.registered, row.name);
  if (match === 'different') return [say('name.differs-in-register', 'fullName', row.name)];
  return [
    ...(match === 'close' ? [say('name.close-in-register', 'fullName', row.name)] : []),
    ...(row.account && row.mended && !isSameAccount(row.account, row.mended)
      ? [say('account.differs-from-mended', 'accountNumber', row.account.accountNumber)]
      : []),
  ];
}

/** People whose rows were not taken wholly when they were registered, by what is to be said of them. */
export interface NotWhollyTaken {
  readonly different: string[];
  readonly close: string[];
  readonly mended: string[];
}

/** Gathers from one chunk of registered people. */
export function gather(
  into: NotWhollyTaken,
  registered: ReadonlyMap<string, RegisteredPayee>,
): void {
  for (const [personalNumber, { nameMatch, mendedAccountStays }] of registered) {
    if (nameMatch === 'different') into.different.push(personalNumber);
    if (nameMatch === 'close') into.close.push(personalNumber);
    if (mendedAccountStays) into.mended.push(personalNumber);
  }
}

/**
 * The register may have changed since the check: what the registration itself found, under its locks, is told
 * row by row where the check had not told it.
 * @returns the number of rows that have become bad.
 */
export async function tellNotTaken(
  tx: Tx,
  told: { importId: string; people: NotWhollyTaken; naming: (field: Field) => CellNaming },
): Promise<number> {
  const { people } = told;
  const tell = (rule: Rule, field: Field, personalNumbers: readonly string[]) =>
    personalNumbers.length === 0
      ? 0
      : tellOfPeople(tx, {
          importId: told.importId,
          rule,
          field,
          naming: told.naming(field),
          personalNumbers,
        });
  await tell('name.close-in-register', 'fullName', people.close);
  await tell('account.differs-from-mended', 'accountNumber', people.mended);
  return tell('name.differs-in-register', 'fullName', people.different);
}
