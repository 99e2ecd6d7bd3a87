import { foldText } from '../kernel/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import {
  COLUMNS,
  FROM,
  conditionsOf,
  listBeneficiaries,
  type BeneficiaryFilter,
  type BeneficiaryRow,
} from './beneficiary.read.js';
import { readSearch } from './search.rules.js';

/*
 * How officers look for a person among a million. Three in ten are called Nguyễn: what so many match cannot be put in
 * order while somebody waits. Then only those are shown whose name begins as it was typed, and the page says so.
 */

export interface FoundPeople {
  /** In the order of their names; one more than the limit tells of a next page. */
  readonly found: BeneficiaryRow[];
  /** More match than are worth reading: these begin with what was typed. */
  readonly narrowed: boolean;
}

/** So many are put in order at once. */
const SORTED_MAX = 5_000;

export async function searchBeneficiaries(
  tx: Tx,
  filter: BeneficiaryFilter,
  page: { afterId: string | null; limit: number },
): Promise<FoundPeople> {
  const next = { afterId: page.afterId, limit: page.limit + 1 };
  const name = filter.search === undefined ? null : nameIn(filter.search);
  if (name === null) return { found: await listBeneficiaries(tx, filter, next), narrowed: false };
  if (await isTooMany(tx, filter))
    return {
      found: await byBeginning(tx, { ...filter, search: undefined }, name, next),
      narrowed: true,
    };
  return { found: await inOrder(tx, filter, next), narrowed: false };
}

/** Everybody who is found, for a file: the next page in the order of their names. Of many, it takes its time. */
export async function listFound(
  tx: Tx,
  filter: BeneficiaryFilter,
  page: { afterId: string | null; limit: number },
): Promise<BeneficiaryRow[]> {
  const isFew = filter.search !== undefined && !(await isTooMany(tx, filter));
  return isFew ? inOrder(tx, filter, page) : listBeneficiaries(tx, filter, page);
}

/** The folded name in a search; null when it is a number, which few share. */
function nameIn(text: string): string | null {
  const searches = readSearch(text);
  return searches.every(({ by }) => by === 'name') ? foldText(text) : null;
}

async function isTooMany(tx: Tx, filter: BeneficiaryFilter): Promise<boolean> {
  const { parameters, parameter } = collecting();
  const found = await one<{ many: boolean }>(
    tx,
    `select count(*) > ${SORTED_MAX} as many from (
       select 1 from ${FROM} where ${conditionsOf(filter, parameter).join(' and ')}
        limit ${SORTED_MAX + 1}) matching`,
    parameters,
  );
  return found?.many ?? false;
}

/** The few are found first and put in order then, whatever the planner thinks of it. */
function inOrder(
  tx: Tx,
  filter: BeneficiaryFilter,
  page: { afterId: string | null; limit: number },
): Promise<BeneficiaryRow[]> {
  const { parameters, parameter } = collecting();
  const conditions = conditionsOf(filter, parameter);
  const after = parameter(page.afterId);
  return rows<BeneficiaryRow>(
    tx,
    `with matching as materialized (
       select b.id from ${FROM} where ${conditions.join(' and ')})
     select ${COLUMNS} from matching m join ${FROM} on b.id = m.id
      where ${after}::uuid is null
         or (b.folded_name, b.id) > (select folded_name, id from beneficiary where id = ${after}::uuid)
      order by b.folded_name, b.id limit ${parameter(page.limit)}`,
    parameters,
  );
}

function byBeginning(
  tx: Tx,
  filter: BeneficiaryFilter,
  name: string,
  page: { afterId: string | null; limit: number },
): Promise<BeneficiaryRow[]> {
  const { parameters, parameter } = collecting();
  const beginning = `${name.replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    `b.folded_name collate "C" like ${parameter(beginning)}`,
    ...conditionsOf(filter, parameter),
  ];
  if (page.afterId !== null) {
    conditions.push(
      `(b.folded_name collate "C", b.id) >
         (select folded_name collate "C", id from beneficiary where id = ${parameter(page.afterId)})`,
    );
  }
  return rows<BeneficiaryRow>(
    tx,
    `select ${COLUMNS} from ${FROM} where ${conditions.join(' and ')}
      order by b.folded_name collate "C", b.id limit ${parameter(page.limit)}`,
    parameters,
  );
}

function collecting() {
  const parameters: unknown[] = [];
  return { parameters, parameter: (value: unknown): string => `$${parameters.push(value)}` };
}
