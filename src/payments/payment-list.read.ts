import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import { chosenOfRuns, type PaymentChoice } from './payment-choice.read.js';
import { paymentIds } from './payment-ids.read.js';
import type { PaymentState } from './payment.lifecycle.js';
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

export type PaymentListFilter = Omit<
  PaymentChoice,
  'beneficiaryId' | 'entitlementId' | 'reference'
>;

/** More than these are not counted: a list of millions says that it is long. */
export const LISTED_COUNT_MOST = 50_000;
/** What a search finds lies all over the table, so that each costs more. */
export const FOUND_COUNT_MOST = 5_000;

/** States that few payments are in; each has an index of its own. */
const RARE: ReadonlySet<PaymentState> = new Set<PaymentState>([
  'rejected',
  'returned',
  'unknown',
  'cancelled',
]);

const FAILED: readonly PaymentState[] = ['rejected', 'returned', 'cancelled'];

/** Payments for people who look for some of them among millions. */
@Injectable()
export class PaymentList {
  /** The newest first, before the payment with the id `before`. */
  async list(
    tx: Tx,
    query: PaymentListFilter & { before: string | null; limit: number },
  ): Promise<ListedPayment[]> {
    const { before, limit } = query;
    const ids = await paymentIds(tx, choiceOf(query), { order: 'desc', from: before, limit });
    return rows<ListedPayment>(
      tx,
      `select p.id, p.run_id as "runId", p.batch_id as "batchId", r.batch_number as "batchNumber",
              p.beneficiary_id as "beneficiaryId", p.account_name as "accountName", f.full_name as "payeeName",
              p.bank_code as "bankCode", p.bank_bin as "bankBin", p.account_number as "accountNumber", p.amount,
              p.programme, p.period, p.commune_code as "communeCode", p.state, p.reason_code as "reasonCode",
              p.changed_at as "changedAt"
         from payment p
         join payment_run r on r.id = p.run_id
         join payee_search_view f on f.beneficiary_id = p.beneficiary_id
        where p.id = any($1::uuid[]) order by p.id desc`,
      [ids],
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
    const most = filter.search === undefined ? LISTED_COUNT_MOST : FOUND_COUNT_MOST;
    const { where, parameters } = chosenOfRuns(choiceOf(filter));
    const found = await one<{ count: number; total: string }>(
      tx,
      `select count(*)::int as count, coalesce(sum(amount), 0)::text as total
         from (select p.amount from payment p where ${where} limit ${most + 1}) few`,
      parameters,
    );
    return found && found.count <= most ? found : null;
  }
}

/** A reason is that of a failure. */
const choiceOf = (filter: PaymentListFilter): PaymentChoice =>
  filter.reasonCode !== undefined && !filter.states ? { ...filter, states: FAILED } : filter;

/** What a month pays lies together in the index by run, and is counted before a year would be. */
function isNarrow(filter: PaymentListFilter): boolean {
  const { states, runId, batchId, search, reasonCode, month, monthTo = month } = filter;
  const isRare = states !== undefined && states.every((state) => RARE.has(state));
  return (
    isRare ||
    (month !== undefined && month === monthTo) ||
    runId !== undefined ||
    batchId !== undefined ||
    search !== undefined ||
    reasonCode !== undefined
  );
}
