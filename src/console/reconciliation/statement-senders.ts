import type { UserNames } from '../../identity/index.js';
import type { KnownStatementRow } from '../../reconciliation/index.js';

/** Statements with the names of those who brought their files, in place of their logins. */
export async function withSenders(
  people: UserNames,
  rows: readonly KnownStatementRow[],
): Promise<KnownStatementRow[]> {
  const known = await people.of(rows.map(({ file }) => file && file.receivedBy));
  return rows.map(({ file, ...row }) => ({
    ...row,
    file: file && { ...file, receivedBy: known.get(file.receivedBy) ?? file.receivedBy },
  }));
}
