import { isPayeeFoundBy, payeesFoundBy } from '../beneficiaries/index.js';
import { monthsPromised } from '../ledger/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import { UNFINISHED_STATES, type PaymentState } from './payment.lifecycle.js';

/** Which payments a list is about. */
export interface PaymentChoice {
  readonly states?: readonly PaymentState[];
  readonly runId?: string;
  readonly batchId?: string;
  readonly bankCode?: string;
  /** BIN of the bank that keeps the payee's account. */
  readonly payeeBank?: string;
  readonly communeCode?: string;
  readonly programme?: string;
  readonly period?: string;
  /** Budget month, `yyyy-mm`: of which month's money it is paid. */
  readonly month?: string;
  /** With a month: from that one to this, both included. */
  readonly monthTo?: string;
  readonly fund?: string;
  readonly reasonCode?: string;
  readonly beneficiaryId?: string;
  readonly entitlementId?: string;
  readonly reference?: string;
  /** A name, personal number or account, as an officer types it. */
  readonly search?: string;
}

/** A part of a list in the order of the ids; `from` is the last one that was seen, and not part of it. */
interface IdPage {
  readonly order: 'asc' | 'desc';
  readonly from: string | null;
  readonly limit: number;
}

/** So many runs are looked through one by one, and so many people, each from where the page begins. */
const MOST = { runs: 200, people: 1_000 };
const DAY_MS = 24 * 3_600_000;

/**
 * Ids of the payments that are meant, in their order, without touching the millions that are not: what a person has is
 * found by the person; programme, period, month, batch, and what is still under way, belong to runs, which are few; the
 * rest has an index, is frequent, or is not there at all.
 */
export async function paymentIds(
  tx: Tx,
  choice: PaymentChoice,
  page: IdPage,
  most: { runs: number; people: number } = MOST,
): Promise<string[]> {
  const narrowed = await narrow(tx, choice, most.people);
  if (narrowed === null) return [];
  if (isOfPeople(narrowed)) return idsByWalking(tx, narrowed, page);
  if (isOfRuns(narrowed)) {
    const runs = await runsOf(tx, narrowed, { order: page.order, limit: most.runs + 1 });
    return runs.length <= most.runs
      ? idsOfRuns(tx, narrowed, { ...page, runs })
      : // So many runs have payments everywhere from there on.
        idsByWalking(tx, narrowed, within(page, runs[0]));
  }
  if (choice.bankCode === undefined) return idsByWalking(tx, narrowed, page);
  const run = await outermostRun(tx, choice.bankCode, page.order);
  return run === null ? [] : idsByWalking(tx, narrowed, within(page, run));
}

/** Whom a search finds, when they are few, and of which months a fund pays; null when that is nobody, or none. */
async function narrow(tx: Tx, choice: PaymentChoice, mostPeople: number): Promise<Narrowed | null> {
  const months = choice.fund === undefined ? undefined : await monthsPromised(tx, choice.fund);
  if (months?.length === 0) return null;
  if (choice.search === undefined) return { ...choice, months };
  const people = await payeesFoundBy(tx, choice.search, mostPeople + 1);
  if (people.length === 0) return null;
  // So many have payments everywhere.
  return people.length > mostPeople
    ? { ...choice, months }
    : { ...choice, months, search: undefined, people };
}

interface Narrowed extends PaymentChoice {
  readonly people?: readonly string[];
  readonly months?: readonly string[];
}

const isGiven = (value: unknown): boolean => value !== undefined;

const isOfPeople = ({ beneficiaryId, entitlementId, reference, people }: Narrowed): boolean =>
  [beneficiaryId, entitlementId, reference, people].some(isGiven);

const isOfRuns = (choice: Narrowed): boolean =>
  [choice.runId, choice.batchId, choice.programme, choice.period, choice.month, choice.months].some(
    isGiven,
  ) || isUnderWay(choice);

/** A run is finished when nothing of it is under way. */
const isUnderWay = ({ states }: PaymentChoice): boolean =>
  states?.every((state) => UNFINISHED_STATES.includes(state)) ?? false;

/**
 * Ids are made in the order of time, a run's before those of its payments and these within minutes: with a day to
 * spare, payments of later runs lie on one side of it.
 */
function within(page: IdPage, runId: string | undefined): IdPage {
  if (runId === undefined) return page;
  const isAsc = page.order === 'asc';
  const edge = idAt(timeOf(runId) + (isAsc ? -DAY_MS : DAY_MS));
  const isNearer = page.from !== null && (isAsc ? page.from > edge : page.from < edge);
  return isNearer ? page : { ...page, from: edge };
}

const timeOf = (id: string): number => parseInt(id.slice(0, 8) + id.slice(9, 13), 16);

/** The least id of an instant. */
function idAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Runs that can be meant, in the order of the page. */
async function runsOf(
  tx: Tx,
  choice: Narrowed,
  page: Pick<IdPage, 'order' | 'limit'>,
): Promise<string[]> {
  const { parameters, parameter } = statement({});
  const found = await rows<{ id: string }>(
    tx,
    `select r.id from ${runsChosen(choice, parameter)} order by r.id ${page.order} limit ${page.limit}`,
    parameters,
  );
  return found.map(({ id }) => id);
}

function runsChosen(choice: Narrowed, parameter: Parameter): string {
  const conditions = equalTo(
    {
      'r.id': choice.runId,
      'r.batch_id': choice.batchId,
      'r.programme': choice.programme,
      'r.period': choice.period,
    },
    parameter,
  );
  conditions.push(...inMonths(choice, 'a.budget_month', parameter));
  if (choice.months) conditions.push(`a.budget_month = any(${parameter(choice.months)})`);
  if (isUnderWay(choice)) conditions.push(`r.state <> 'finished'`);
  const isOfMonths = isGiven(choice.month) || isGiven(choice.months);
  const approvals = isOfMonths ? 'join approval_view a using (approval_id)' : '';
  return `payment_run r ${approvals} where ${conditions.join(' and ')}`;
}

/** What stands aside of the straight way: rare, and found by an index. */
const ASIDE: readonly PaymentState[] = ['unknown', 'rejected', 'returned', 'cancelled'];

/** From each run, and of what is rare from each state, the first ones in order: together they hold the first of all. */
async function idsOfRuns(
  tx: Tx,
  choice: Narrowed,
  page: IdPage & { runs: readonly string[] },
): Promise<string[]> {
  if (page.runs.length === 0) return [];
  const { conditions, parameters, parameter } = statement(ownOf(choice));
  const { search } = choice;
  if (search !== undefined) conditions.push(isPayeeFoundBy(search, 'p.beneficiary_id', parameter));
  const limit = parameter(page.limit);
  const runs = `unnest(${parameter(page.runs)}::uuid[]) as r (id)`;
  const firstOf = (which: string) => `
    select p.id from payment p
     where p.run_id = r.id and ${[which, ...conditions, ...onPage(page, parameter)].join(' and ')}
     order by p.id ${page.order} limit ${limit}`;
  const { states } = choice;
  const rare = states?.filter((state) => ASIDE.includes(state)) ?? [];
  const usual = states?.filter((state) => !ASIDE.includes(state)) ?? [];
  const parts: string[] = [];
  if (!states) parts.push(`select x.id from ${runs} cross join lateral (${firstOf('true')}) x`);
  if (rare.length > 0) {
    parts.push(`
      select x.id from ${runs} cross join unnest(${parameter(rare)}::text[]) as s (state)
       cross join lateral (${firstOf('p.aside = s.state')}) x`);
  }
  if (usual.length > 0) {
    const those = `= any(${parameter(usual)}::text[])`;
    // Only a run in which there is something to be found is walked through.
    parts.push(`
      select x.id from ${runs}
       cross join lateral (${firstOf(`p.state ${those}`)}) x
       where (select sum(t.payments) from payment_tally t where t.run_id = r.id and t.state ${those}) > 0`);
  }
  const found = await rows<{ id: string }>(
    tx,
    `select x.id from (${parts.join(' union all ')}) x order by x.id ${page.order} limit ${limit}`,
    parameters,
  );
  return found.map(({ id }) => id);
}

async function idsByWalking(tx: Tx, choice: Narrowed, page: IdPage): Promise<string[]> {
  const { where, parameters, parameter } = chosen(choice);
  const conditions = [where, ...onPage(page, parameter)].join(' and ');
  const found = await rows<{ id: string }>(
    tx,
    `select p.id from payment p where ${conditions} order by p.id ${page.order} limit ${parameter(page.limit)}`,
    parameters,
  );
  return found.map(({ id }) => id);
}

/** What is meant, as a condition on `payment p` with its parameters. */
function chosen(choice: Narrowed) {
  const told = statement({
    ...ownOf(choice),
    'p.run_id': choice.runId,
    'p.programme': choice.programme,
    'p.period': choice.period,
  });
  const { conditions, parameters, parameter } = told;
  conditions.push(...inMonths(choice, 'p.budget_month', parameter));
  if (choice.batchId !== undefined) {
    const batch = parameter(choice.batchId);
    conditions.push(`p.run_id = (select r.id from payment_run r where r.batch_id = ${batch})`);
  }
  conditions.push(...looked(choice, parameter));
  return { where: conditions.join(' and '), parameters, parameter };
}

/** The same by way of the runs: for those that add up all of few. */
export function chosenOfRuns(choice: PaymentChoice): { where: string; parameters: unknown[] } {
  const { conditions, parameters, parameter } = statement(ownOf(choice));
  if (isOfRuns(choice)) {
    const runs = runsChosen(choice, parameter);
    conditions.push(`p.run_id in (select r.id from ${runs})`);
  }
  conditions.push(...looked(choice, parameter));
  return { where: conditions.join(' and '), parameters };
}

const ownOf = (choice: PaymentChoice): Given => ({
  'p.bank_code': choice.bankCode,
  'p.bank_bin': choice.payeeBank,
  'p.commune_code': choice.communeCode,
  'p.fund': choice.fund,
  'p.reason_code': choice.reasonCode,
  'p.beneficiary_id': choice.beneficiaryId,
  'p.entitlement_id': choice.entitlementId,
  'p.reference': choice.reference,
});

// Literals, because the indexes of the rare states are partial: parameters would not be known to fit them.
function looked({ states, search, people }: Narrowed, parameter: Parameter): string[] {
  return [
    ...(states ? [standsIn(states)] : []),
    ...(people === undefined ? [] : [`p.beneficiary_id = any(${parameter(people)}::uuid[])`]),
    ...(search === undefined ? [] : [isPayeeFoundBy(search, 'p.beneficiary_id', parameter)]),
  ];
}

function standsIn(states: readonly PaymentState[]): string {
  const column = states.every((state) => ASIDE.includes(state)) ? 'p.aside' : 'p.state';
  return `${column} in (${states.map((state) => `'${state}'`).join(', ')})`;
}

function onPage(page: IdPage, parameter: Parameter): string[] {
  if (page.from === null) return [];
  return [`p.id ${page.order === 'asc' ? '>' : '<'} ${parameter(page.from)}`];
}

function inMonths(choice: PaymentChoice, column: string, parameter: Parameter): string[] {
  const { month, monthTo = month } = choice;
  if (month === undefined || monthTo === undefined) return [];
  if (month === monthTo) return [`${column} = ${parameter(month)}`];
  return [`${column} between ${parameter(month)} and ${parameter(monthTo)}`];
}

type Parameter = (value: unknown) => string;
type Given = Readonly<Record<string, string | undefined>>;

/** Only what is given stands in the statement. */
function statement(given: Given) {
  const parameters: unknown[] = [];
  const parameter: Parameter = (value) => `$${parameters.push(value)}`;
  return { conditions: equalTo(given, parameter), parameters, parameter };
}

const equalTo = (given: Given, parameter: Parameter): string[] => [
  'true',
  ...Object.entries(given).flatMap(([column, value]) =>
    value === undefined ? [] : [`${column} = ${parameter(value)}`],
  ),
];

/** The run of the first, or last, message to a bank; null when there is none. */
async function outermostRun(
  tx: Tx,
  bankCode: string,
  order: IdPage['order'],
): Promise<string | null> {
  const sql = `select run_id as "runId" from submission where bank_code = $1 order by id ${order} limit 1`;
  return (await one<{ runId: string }>(tx, sql, [bankCode]))?.runId ?? null;
}
