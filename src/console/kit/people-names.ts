import type { UserNames } from '../../identity/index.js';

/** Rows that hold a login, with the name people know each other by; keys of other systems stay as they are. */
export async function withNames<Key extends string, Row extends Readonly<Record<Key, string>>>(
  people: UserNames,
  rows: readonly Row[],
  key: Key,
): Promise<Row[]> {
  const known = await people.of(rows.map((row) => row[key]));
  return rows.map((row) => ({ ...row, [key]: known.get(row[key]) ?? row[key] }));
}
