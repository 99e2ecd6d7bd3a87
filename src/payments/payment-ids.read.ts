import { isPayeeFoundBy, payeesFoundBy } from '../beneficiaries/index.js';
import { monthsPromised } from '../ledger/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import {
  ASIDE,
  chosen,
  isGiven,
  isOfRuns,
  keyed,
  ownOf,
  runsChosen,
  statement,
  type Narrowed,
  type Parameter,
  type PaymentChoice,
} from './payment-choice.read.js';

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

const isOfPeople = ({ beneficiaryId, entitlementId, reference, people }: Narrowed): boolean =>
  [beneficiaryId, entitlementId, reference, people].some(isGiven);

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

/** From each run, and of what is rare from each state, the first ones in order: together they hold the first of all. */
async function idsOfRuns(
  tx: Tx,
  choice: Narrowed,
  page: IdPage & { runs: readonly string[] },
): Promise<string[]> {
  if (page.runs.length === 0) return [];
  const { conditions, parameters, parameter } = statement(ownOf(choice));
  const { search } = choice;
  conditions.push(...keyed(choice, parameter));
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

/**
 * From month to month, until the page is full. What comes after all runs is asked for by itself: the part for what fits in
 * no month has no place in the order, and with it PostgreSQL looks for the first of every month to find the first of all.
 */
async function idsByWalking(tx: Tx, choice: Narrowed, page: IdPage): Promise<string[]> {
  const { where, parameters, parameter } = chosen(choice);
  const conditions = [where, ...onPage(page, parameter)].join(' and ');
  const newest = await newestRun(tx);
  if (newest === null) return [];
  const edge = parameter(idAt(timeOf(newest) + DAY_MS));
  const limit = parameter(page.limit);
  const firstOf = (which: string) => `
    (select p.id from payment p where ${conditions} and ${which} order by p.id ${page.order} limit ${limit})`;
  const found = await rows<{ id: string }>(
    tx,
    `select x.id from (${firstOf(`p.id < ${edge}`)} union all ${firstOf(`p.id >= ${edge}`)}) x
      order by x.id ${page.order} limit ${limit}`,
    parameters,
  );
  return found.map(({ id }) => id);
}

function onPage(page: IdPage, parameter: Parameter): string[] {
  if (page.from === null) return [];
  return [`p.id ${page.order === 'asc' ? '>' : '<'} ${parameter(page.from)}`];
}

async function newestRun(tx: Tx): Promise<string | null> {
  return (
    (await one<{ id: string }>(tx, 'select id from payment_run order by id desc limit 1'))?.id ??
    null
  );
}

/** The run of the first, or last, message to a bank; null when there is none. */
async function outermostRun(
  tx: Tx,
  bankCode: string,
  order: IdPage['order'],
): Promise<string | null> {
  const sql = `select run_id as "runId" from submission where bank_code = $1 order by id ${order} limit 1`;
  return (await one<{ runId: string }>(tx, sql, [bankCode]))?.runId ?? null;
}
