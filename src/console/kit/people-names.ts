import type { UserNames } from '../../identity/index.js';

/** Rows that hold logins, with the names people know each other by; other systems' keys and the system stay as they are. */
export async function withNames<
  Key extends string,
  Row extends Readonly<Record<Key, string | null>>,
>(people: UserNames, rows: readonly Row[], ...keys: readonly Key[]): Promise<Row[]> {
  const known = await people.of(rows.flatMap((row) => keys.map((key) => row[key])));
  const named = (login: string | null) => login && (known.get(login) ?? login);
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(keys.map((key) => [key, named(row[key])])),
  }));
}

/** The name of one person, by login. */
export async function nameOf(people: UserNames, login: string): Promise<string> {
  return (await people.of([login])).get(login) ?? login;
}
