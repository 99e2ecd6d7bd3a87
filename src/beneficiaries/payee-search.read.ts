import { rows, type Tx } from '../platform/database/index.js';
import { nameQuery, readSearch, type Search } from './search.rules.js';

/**
 * A condition for the lists of later modules: `column` is a payee whom the officer's text finds, by personal number,
 * by the account they have now, or by name, with or without diacritics.
 * @param parameter takes a value into the statement and gives its place, `$3`.
 */
export function isPayeeFoundBy(
  text: string,
  column: string,
  parameter: (value: unknown) => string,
): string {
  const found = readSearch(text).map((search) => foundBy(search, parameter));
  return `${column} in (${found.join(' union all ')})`;
}

function foundBy(search: Search, parameter: (value: unknown) => string): string {
  if (search.by === 'number') {
    return `select f.beneficiary_id from payee_search_view f where f.personal_number = ${parameter(search.text)}`;
  }
  if (search.by === 'account') {
    return `select f.beneficiary_id from payee_view f where f.account_number = ${parameter(search.text)}`;
  }
  const query = parameter(nameQuery(search.words));
  return `select f.beneficiary_id from payee_search_view f where f.name_words @@ to_tsquery('simple', ${query})`;
}

/** Who is found, at most so many of them: whoever asks for one more than it can use knows that there are more. */
export async function payeesFoundBy(tx: Tx, text: string, limit: number): Promise<string[]> {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const found = readSearch(text).map((search) => foundBy(search, parameter));
  const ids = await rows<{ id: string }>(
    tx,
    `select distinct f.beneficiary_id as id from (${found.join(' union all ')}) f limit ${parameter(limit)}`,
    parameters,
  );
  return ids.map(({ id }) => id);
}
