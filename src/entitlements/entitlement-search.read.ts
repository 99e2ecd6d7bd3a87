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

/** A part of a list in the order of the ids; `from` is the last one that was seen, and not part of it. */
interface IdPage {
  readonly order: 'asc' | 'desc';
  readonly from: string | null;
  readonly limit: number;
}

/** The newest first; `before` is the id of the last one seen. One row more than the limit tells of a next page. */
export function searchEntitlements(
  tx: Tx,
  page: EntitlementSearch & { before: string | null; limit: number },
): Promise<EntitlementView[]> {
  const { before, limit, ...search } = page;
  return pageOfSearch(tx, search, { order: 'desc', from: before, limit });
}

/** Oldest first; `after` is the id of the last one seen. One row more than the limit tells of a next page. */
export function listEntitlements(
  tx: Tx,
  page: EntitlementFilter & { after: string | null; limit: number },
): Promise<EntitlementView[]> {
  const { after, limit, ...filter } = page;
  return pageOfSearch(tx, filter, { order: 'asc', from: after, limit });
}

function pageOfSearch(tx: Tx, search: EntitlementSearch, page: IdPage): Promise<EntitlementView[]> {
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  const limit = parameter(page.limit + 1);
  const matching = isByKind(search)
    ? firstOfKinds(search, page, { parameter, limit })
    : `select e.id from entitlement e where ${conditionsOf(search, page, parameter).join(' and ')}`;
  // A few thousand ids are sorted sooner than the whole table is walked from its newest row.
  const isNarrow = search.decision !== undefined || search.importId !== undefined;
  return rows<EntitlementView>(
    tx,
    `with matching as ${isNarrow ? 'materialized' : 'not materialized'} (${matching}),
          shown as (select id from matching order by id ${page.order} limit ${limit})
     select ${COLUMNS}
       from shown s join entitlement e on e.id = s.id
       join payee_view p on p.beneficiary_id = e.beneficiary_id
      order by e.id ${page.order}`,
    parameters,
  );
}

export interface StateTotal {
  readonly state: EntitlementState;
  readonly count: number;
  readonly amount: string;
}

const ALL = { order: 'asc', from: null } as const;

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
  const conditions = conditionsOf(search, ALL, parameter);
  if (isByPeriod(search) && search.programme === undefined)
    conditions.push(`e.programme = any(array(${PROGRAMMES}))`);
  return rows<StateTotal>(
    tx,
    `select e.state, count(*)::int as count, sum(e.amount)::text as amount
       from entitlement e where ${conditions.join(' and ')} group by e.state order by e.state`,
    parameters,
  );
}

function isByPeriod({ period, decision, importId, beneficiaryId }: EntitlementSearch): boolean {
  return period !== undefined && !decision && !importId && !beneficiaryId;
}

/**
 * Whether one looks through what there is of each programme, period, fund and kind, which are few. A person, a list and
 * a decision have an index each; so have what failed, and a commune, where not less than all of it is meant.
 */
function isByKind(search: EntitlementSearch): boolean {
  const { decision, importId, beneficiaryId, failed, communeCode, period, state } = search;
  if ([decision, importId, beneficiaryId].some(isGiven) || failed === true) return false;
  if (communeCode !== undefined) return isGiven(period) || (isGiven(state) && state !== 'paid');
  return [search.programme, period, search.fund, search.kind, state].some(isGiven);
}

const isGiven = (value: unknown): boolean => value !== undefined;

/** Every programme that anything is owed under, each found by one look into the index. */
const PROGRAMMES = `
  with recursive named as (
    (select programme from entitlement order by programme limit 1)
    union all
    select (select e.programme from entitlement e where e.programme > n.programme order by e.programme limit 1)
      from named n where n.programme is not null)
  select programme from named where programme is not null`;

/**
 * Which programmes, periods, funds and kinds there are together, each found by one look into the index: a condition
 * within would break that look, for the planner would begin at it and compare the rest row by row.
 */
function kindsOf(search: EntitlementSearch, parameter: Parameter): string {
  const { programme, period, fund, kind } = search;
  const wanted = equalTo(
    { 'k.programme': programme, 'k.period': period, 'k.fund': fund, 'k.kind': kind },
    parameter,
  );
  return `
    with recursive known as (
      (select e.programme, e.period, e.fund, e.kind from entitlement e
        order by e.programme, e.period, e.fund, e.kind limit 1)
      union all
      select n.programme, n.period, n.fund, n.kind
        from known k
       cross join lateral (
         select e.programme, e.period, e.fund, e.kind from entitlement e
          where (e.programme, e.period, e.fund, e.kind) > (k.programme, k.period, k.fund, k.kind)
          order by e.programme, e.period, e.fund, e.kind limit 1) n)
    select * from known k where ${wanted.join(' and ')}`;
}

/** The first of each come from the index in order; together they hold the first of all. */
function firstOfKinds(
  search: EntitlementSearch,
  page: IdPage,
  { parameter, limit }: { parameter: Parameter; limit: string },
): string {
  const states = parameter(search.state === undefined ? STATES : [search.state]);
  const others = { communeCode: search.communeCode, failed: search.failed };
  return `
    select f.id
      from (${kindsOf(search, parameter)}) k
     cross join unnest(${states}::text[]) as s (state)
     cross join lateral (
       select e.id from entitlement e
        where e.programme = k.programme and e.period = k.period and e.fund = k.fund and e.kind = k.kind
          and e.state = s.state and ${conditionsOf(others, page, parameter).join(' and ')}
        order by e.id ${page.order} limit ${limit}) f`;
}

const STATES: readonly EntitlementState[] = ['open', 'in_batch', 'paid', 'ended'];

function equalTo(
  given: Readonly<Record<string, string | undefined>>,
  parameter: Parameter,
): string[] {
  const conditions = Object.entries(given).flatMap(([column, wanted]) =>
    wanted === undefined ? [] : [`${column} = ${parameter(wanted)}`],
  );
  return ['true', ...conditions];
}

function conditionsOf(
  search: EntitlementSearch,
  page: Pick<IdPage, 'order' | 'from'>,
  parameter: Parameter,
): string[] {
  const conditions = equalTo(
    {
      'e.programme': search.programme,
      'e.period': search.period,
      'e.kind': search.kind,
      'e.state': search.state,
      'e.commune_code': search.communeCode,
      'e.fund': search.fund,
      'e.beneficiary_id': search.beneficiaryId,
      'e.import_id': search.importId,
    },
    parameter,
  );
  // What is living and what has ended have an index each.
  if (search.beneficiaryId !== undefined)
    conditions.push(`(e.state <> 'ended' or e.state = 'ended')`);
  if (search.failed !== undefined)
    conditions.push(`e.failed_code is ${search.failed ? 'not null' : 'null'}`);
  if (search.decision !== undefined) conditions.push(isDecision(search.decision, parameter));
  if (page.from !== null)
    conditions.push(`e.id ${page.order === 'asc' ? '>' : '<'} ${parameter(page.from)}`);
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
