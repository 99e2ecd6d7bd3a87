import { Injectable } from '@nestjs/common';
import { isPayeeFoundBy } from '../beneficiaries/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import { UNFINISHED_STATES, type PaymentState } from './payment.lifecycle.js';
import { paymentNotFound } from './payments.errors.js';

/** A payment as a list shows it. */
export interface ListedPayment {
  readonly id: string;
  readonly runId: string;
  readonly batchId: string;
  readonly batchNumber: string;
  readonly beneficiaryId: string;
  /** As it was signed; the register may say otherwise by now. */
  readonly accountName: string;
  readonly payeeName: string;
  readonly bankCode: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly amount: string;
  readonly programme: string;
  readonly period: string;
  readonly communeCode: string;
  readonly state: PaymentState;
  readonly reasonCode: string | null;
  readonly changedAt: Date;
}

/** Which payments a list is about. */
export interface PaymentListFilter {
  readonly states?: readonly PaymentState[];
  readonly runId?: string;
  readonly batchId?: string;
  readonly bankCode?: string;
  readonly communeCode?: string;
  readonly programme?: string;
  readonly period?: string;
  /** Budget month, `yyyy-mm`: of which month's money it is paid. */
  readonly month?: string;
  readonly fund?: string;
  readonly reasonCode?: string;
  /** A name, personal number or account, as an officer types it. */
  readonly search?: string;
}

const STATES: readonly PaymentState[] = [
  'ready',
  'sending',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'unknown',
  'cancelled',
];

/** More than these are not counted: a list of millions says that it is long. */
export const LISTED_COUNT_MOST = 50_000;

/** Ends that few payments have; each of these states has an index of its own. */
const RARE: ReadonlySet<PaymentState> = new Set<PaymentState>([
  'rejected',
  'returned',
  'unknown',
  'cancelled',
]);

/**
 * Payments for people who look for some of them among millions. Only what is asked for stands in the statement, and
 * what a run knows (programme, period, batch, that it is not over) is looked up among the runs, which are few.
 */
@Injectable()
export class PaymentList {
  /** The newest first, before the payment with the id `before`. */
  list(
    tx: Tx,
    query: PaymentListFilter & { before: string | null; limit: number },
  ): Promise<ListedPayment[]> {
    const { parameters, parameter } = statement();
    return rows<ListedPayment>(
      tx,
      `with found as materialized (${foundBy(query, parameter)})
       select p.id, p.run_id as "runId", p.batch_id as "batchId", r.batch_number as "batchNumber",
              p.beneficiary_id as "beneficiaryId", p.account_name as "accountName", f.full_name as "payeeName",
              p.bank_code as "bankCode", p.bank_bin as "bankBin", p.account_number as "accountNumber", p.amount,
              p.programme, p.period, p.commune_code as "communeCode", p.state, p.reason_code as "reasonCode",
              p.changed_at as "changedAt"
         from found
         join payment p on p.id = found.id
         join payment_run r on r.id = p.run_id
         join payee_search_view f on f.beneficiary_id = p.beneficiary_id
        order by p.id desc`,
      parameters,
    );
  }

  /** Whom a payment pays: their name in the register now, and the account's as it was signed. */
  async payeeOf(tx: Tx, paymentId: string): Promise<{ name: string; accountName: string }> {
    const found = await one<{ name: string; accountName: string }>(
      tx,
      `select f.full_name as name, p.account_name as "accountName"
         from payment p join payee_search_view f on f.beneficiary_id = p.beneficiary_id where p.id = $1`,
      [paymentId],
    );
    if (!found) throw paymentNotFound(paymentId);
    return found;
  }

  /** Count and sum of a filter that finds few; null for one that would count millions, or finds too many. */
  async totals(
    tx: Tx,
    filter: PaymentListFilter,
  ): Promise<{ count: number; total: string } | null> {
    if (!isNarrow(filter)) return null;
    const { parameters, parameter } = statement();
    const conditions = conditionsOf(filter, parameter);
    const found = await one<{ count: number; total: string }>(
      tx,
      `select count(*)::int as count, coalesce(sum(amount), 0)::text as total
         from (select p.amount from payment p where ${conditions.join(' and ')} limit ${LISTED_COUNT_MOST + 1}) few`,
      parameters,
    );
    return found && found.count <= LISTED_COUNT_MOST ? found : null;
  }
}

function statement() {
  const parameters: unknown[] = [];
  return { parameters, parameter: (value: unknown): string => `$${parameters.push(value)}` };
}

type Parameter = (value: unknown) => string;

/** Ids of a page. */
function foundBy(
  query: PaymentListFilter & { before: string | null; limit: number },
  parameter: Parameter,
): string {
  const limit = parameter(query.limit);
  const after = query.before === null ? [] : [`p.id < ${parameter(query.before)}`];
  if (!isOfFewRuns(query)) {
    const conditions = [...conditionsOf(query, parameter), ...after];
    return `select p.id from payment p where ${conditions.join(' and ')} order by p.id desc limit ${limit}`;
  }
  // The index by run holds each state in the order of ids: the first of every run and state are enough.
  const own = ['true', ...ownConditions(query, parameter), ...after];
  return `
    select q.id
      from payment_run r
     cross join unnest(array[${literals(query.states ?? STATES)}]) as s (state)
     cross join lateral (
       select p.id from payment p where p.run_id = r.id and p.state = s.state and ${own.join(' and ')}
        order by p.id desc limit ${limit}) q
     where ${runConditions(query, parameter).join(' and ')}
     order by q.id desc limit ${limit}`;
}

/** A person's payments are few, however many runs they are of. */
function isOfFewRuns({ runId, batchId, period, month, search }: PaymentListFilter): boolean {
  return search === undefined && [runId, batchId, period, month].some((one) => one !== undefined);
}

function conditionsOf(filter: PaymentListFilter, parameter: Parameter): string[] {
  const { states } = filter;
  const conditions = ['true', ...ownConditions(filter, parameter)];
  if (states) conditions.push(`p.state in (${literals(states)})`);
  else if (filter.reasonCode !== undefined) {
    conditions.push(
      `(p.reason_code is not null and p.state in ('rejected', 'returned', 'cancelled'))`,
    );
  }
  const ofRuns = runConditions(filter, parameter);
  if (ofRuns.length > 0) {
    conditions.push(`p.run_id in (select r.id from payment_run r where ${ofRuns.join(' and ')})`);
  }
  return conditions;
}

/** Literals, because the indexes of the rare states are partial: a parameter would not be known to fit them. */
function literals(states: readonly PaymentState[]): string {
  return states.map((state) => `'${state}'`).join(', ');
}

/** What a payment itself knows, its state and its run aside. */
function ownConditions(filter: PaymentListFilter, parameter: Parameter): string[] {
  const { bankCode, search } = filter;
  const conditions: string[] = [];
  const equals = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(`p.${column} = ${parameter(value)}`);
  };
  equals('bank_code', bankCode);
  equals('commune_code', filter.communeCode);
  equals('fund', filter.fund);
  equals('reason_code', filter.reasonCode);
  // A bank that has never carried anything is told by its messages, without looking through all payments.
  if (bankCode !== undefined) {
    conditions.push(
      `exists (select 1 from submission m where m.bank_code = ${parameter(bankCode)})`,
    );
  }
  if (search !== undefined) conditions.push(isPayeeFoundBy(search, 'p.beneficiary_id', parameter));
  return conditions;
}

function runConditions(filter: PaymentListFilter, parameter: Parameter): string[] {
  const { runId, batchId, programme, period, month, states } = filter;
  const conditions: string[] = [];
  if (runId !== undefined) conditions.push(`r.id = ${parameter(runId)}`);
  if (batchId !== undefined) conditions.push(`r.batch_id = ${parameter(batchId)}`);
  if (programme !== undefined) conditions.push(`r.programme = ${parameter(programme)}`);
  if (period !== undefined) conditions.push(`r.period = ${parameter(period)}`);
  if (month !== undefined) {
    conditions.push(
      `r.approval_id in (select a.approval_id from approval_view a where a.budget_month = ${parameter(month)})`,
    );
  }
  // What is under way is in a run that is not over.
  if (states?.every((state) => UNFINISHED_STATES.includes(state) && !RARE.has(state))) {
    conditions.push(`r.state <> 'finished'`);
  }
  return conditions;
}

function isNarrow({ states, runId, batchId, search, reasonCode }: PaymentListFilter): boolean {
  const isRare = states !== undefined && states.every((state) => RARE.has(state));
  return (
    isRare ||
    runId !== undefined ||
    batchId !== undefined ||
    search !== undefined ||
    reasonCode !== undefined
  );
}
