import { rows, type Tx } from '../platform/database/index.js';
import type { EntitlementState } from './entitlement.lifecycle.js';
import { COLUMNS, type EntitlementFilter, type EntitlementView } from './entitlement.read.js';

/*
 * How officers look for what is owed, among millions of rows: each way begins at an index and ends after a page.
 * The planner is not left to guess that what it looks for lies near the newest row.
 */

export interface EntitlementSearch extends EntitlementFilter {
  /** A decision's number, or its first parts (`12/QĐ` of `12/QĐ-UBND`); capitals and đ do not matter. */
  readonly decision?: string;
}

type Parameter = (value: unknown) => string;

/** The newest first; `before` is the id of the last one seen. One row more than the limit tells of a next page. */
export function searchEntitlements(
  tx: Tx,
  page: EntitlementSearch & { before: string | null; limit: number },
): Promise<EntitlementView[]> {
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  const limit = parameter(page.limit + 1);
  const matching = isByPeriod(page)
    ? newestOfPeriod(page, parameter, limit)
    : `select e.id from entitlement e where ${conditionsOf(page, parameter).join(' and ')}`;
  // A few thousand ids are sorted sooner than the whole table is walked from its newest row.
  const isNarrow = page.decision !== undefined || page.importId !== undefined;
  return rows<EntitlementView>(
    tx,
    `with matching as ${isNarrow ? 'materialized' : 'not materialized'} (${matching}),
          shown as (select id from matching order by id desc limit ${limit})
     select ${COLUMNS}
       from shown s join entitlement e on e.id = s.id
       join payee_view p on p.beneficiary_id = e.beneficiary_id
      order by e.id desc`,
    parameters,
  );
}

export interface StateTotal {
  readonly state: EntitlementState;
  readonly count: number;
  readonly amount: string;
}

/** Whether a search names few enough rows to be counted while somebody waits. */
export function isCountable(search: EntitlementSearch): boolean {
  return [search.period, search.importId, search.decision, search.beneficiaryId].some(
    (named) => named !== undefined,
  );
}

/** Count and sum by state of everything that is found, on every page; null when that would be too much to count. */
export async function totalsOfSearch(
  tx: Tx,
  search: EntitlementSearch,
): Promise<StateTotal[] | null> {
  if (!isCountable(search)) return null;
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  const conditions = conditionsOf({ ...search, before: null }, parameter);
  if (isByPeriod(search) && search.programme === undefined)
    conditions.push(`e.programme = any(array(${PROGRAMMES}))`);
  return rows<StateTotal>(
    tx,
    `select e.state, count(*)::int as count, sum(e.amount)::text as amount
       from entitlement e where ${conditions.join(' and ')} group by e.state order by e.state`,
    parameters,
  );
}

function isByPeriod(search: EntitlementSearch): boolean {
  const { period, decision, importId, beneficiaryId } = search;
  return period !== undefined && !decision && !importId && !beneficiaryId;
}

/** Every programme that anything is owed under, each found by one look into the index. */
const PROGRAMMES = `
  with recursive named as (
    (select programme from entitlement order by programme limit 1)
    union all
    select (select e.programme from entitlement e where e.programme > n.programme order by e.programme limit 1)
      from named n where n.programme is not null)
  select programme from named where programme is not null`;

/** The newest of each programme and state come from the index in order; a page of each is enough. */
function newestOfPeriod(
  page: EntitlementSearch & { before: string | null },
  parameter: Parameter,
  limit: string,
): string {
  const { programme, state, ...others } = page;
  const programmes =
    programme === undefined ? PROGRAMMES : `select ${parameter(programme)}::text as programme`;
  const states = parameter(state === undefined ? ['open', 'in_batch', 'paid', 'ended'] : [state]);
  return `
    select f.id
      from (${programmes}) p
     cross join unnest(${states}::text[]) as s (state)
     cross join lateral (
       select e.id from entitlement e
        where e.programme = p.programme and e.state = s.state
          and ${conditionsOf(others, parameter).join(' and ')}
        order by e.id desc limit ${limit}) f`;
}

function conditionsOf(
  search: EntitlementSearch & { before: string | null },
  parameter: Parameter,
): string[] {
  const equal: readonly [column: string, wanted: string | undefined][] = [
    ['programme', search.programme],
    ['period', search.period],
    ['kind', search.kind],
    ['state', search.state],
    ['commune_code', search.communeCode],
    ['fund', search.fund],
    ['beneficiary_id', search.beneficiaryId],
    ['import_id', search.importId],
  ];
  const conditions = ['true'];
  for (const [column, wanted] of equal) {
    if (wanted !== undefined) conditions.push(`e.${column} = ${parameter(wanted)}`);
  }
  // What is living and what has ended have an index each.
  if (search.beneficiaryId !== undefined)
    conditions.push(`(e.state <> 'ended' or e.state = 'ended')`);
  if (search.failed !== undefined)
    conditions.push(`e.failed_code is ${search.failed ? 'not null' : 'null'}`);
  if (search.decision !== undefined) conditions.push(isDecision(search.decision, parameter));
  if (search.before !== null) conditions.push(`e.id < ${parameter(search.before)}`);
  return conditions;
}

/** Byte by byte, as the index keeps it, so that every database agrees on what a small letter is. */
const DECISION = `translate(lower(e.decision_number collate "C"), 'đĐ', 'dd')`;

/** The whole number, or as many of its parts as were typed: `1` is not the beginning of `12/QĐ`. */
function isDecision(decision: string, parameter: Parameter): string {
  const folded = decision
    .normalize('NFC')
    .trim()
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[đĐ]/g, 'd');
  const beginning = folded.replace(/[\\%_]/g, '\\$&');
  return `(${DECISION} = ${parameter(folded)} or ${DECISION} like ${parameter(`${beginning}/%`)}
           or ${DECISION} like ${parameter(`${beginning}-%`)})`;
}

/** Decisions of that number, with how many people they gave something; bounded, for a search that looks everywhere. */
export function decisionsNamed(
  tx: Tx,
  asked: { decision: string; limit: number },
): Promise<{ decision: string; people: number; entitlements: number }[]> {
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  return rows(
    tx,
    `with matching as materialized (
       select e.decision_number, e.beneficiary_id from entitlement e
        where ${isDecision(asked.decision, parameter)} limit ${DECISION_ROWS_MAX})
     select decision_number as decision, count(distinct beneficiary_id)::int as people,
            count(*)::int as entitlements
       from matching group by decision_number order by decision_number limit ${parameter(asked.limit)}`,
    parameters,
  );
}

const DECISION_ROWS_MAX = 50_000;
