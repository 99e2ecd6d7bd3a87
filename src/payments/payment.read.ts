import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { PaymentState } from './payment.lifecycle.js';
import type { PaymentChoice } from './payment-choice.read.js';
import { paymentIds } from './payment-ids.read.js';

export interface PaymentRow {
  id: string;
  reference: string;
  runId: string;
  batchId: string;
  batchLineId: string;
  lineNo: number;
  entitlementId: string;
  beneficiaryId: string;
  approvalId: string;
  bankCode: string;
  rail: string;
  /** The rule that chose the rail. */
  railRule: string;
  /** While it waits by a rule: which, and until when. */
  waitsBecause: string | null;
  waitsUntil: Date | null;
  bankBin: string;
  accountNumber: string;
  amount: string;
  currency: string;
  programme: string;
  period: string;
  fund: string;
  communeCode: string;
  state: PaymentState;
  reasonCode: string | null;
  reasonText: string | null;
  bankReference: string | null;
  firstSentAt: Date | null;
  unknownSince: Date | null;
  nextEnquiryAt: Date | null;
  settledAt: Date | null;
  reissueOf: string | null;
  reissuedBy: string | null;
  createdAt: Date;
  changedAt: Date;
}

export type PaymentFilters = Omit<PaymentChoice, 'states' | 'month' | 'fund' | 'search'> & {
  readonly state?: PaymentState;
};

export interface HistoryEntry {
  at: Date;
  from: PaymentState | null;
  to: PaymentState;
  cause: string;
  sourceId: string | null;
  reasonCode: string | null;
  reasonText: string | null;
  bankReference: string | null;
  bankAt: Date | null;
}

export interface AttemptEntry {
  id: string;
  kind: 'pay' | 'enquire';
  number: number;
  startedAt: Date;
  endedAt: Date | null;
  outcome: string | null;
  why: string | null;
  /** Of an enquiry: what the bank said about this payment. */
  answer: string | null;
}

const waits = (column: string): string =>
  `case when p.state = 'ready' then (
     select s.${column} from submission s
      where s.id = p.submission_id and s.state = 'waiting' and s.waits_because is not null) end`;

const COLUMNS = `p.id, p.reference, p.run_id as "runId", p.batch_id as "batchId",
  p.batch_line_id as "batchLineId", p.line_no as "lineNo", p.entitlement_id as "entitlementId",
  p.beneficiary_id as "beneficiaryId", p.approval_id as "approvalId", p.bank_code as "bankCode",
  p.rail, p.rail_rule as "railRule", ${waits('waits_because')} as "waitsBecause",
  ${waits('not_before')} as "waitsUntil",
  p.bank_bin as "bankBin", p.account_number as "accountNumber", p.amount, p.currency, p.programme, p.period,
  p.fund, p.commune_code as "communeCode", p.state, p.reason_code as "reasonCode",
  p.reason_text as "reasonText", p.bank_reference as "bankReference", p.first_sent_at as "firstSentAt",
  p.unknown_since as "unknownSince", p.next_enquiry_at as "nextEnquiryAt", p.settled_at as "settledAt",
  p.reissue_of as "reissueOf", p.created_at as "createdAt", p.changed_at as "changedAt",
  (select n.payment_id from payment_key n where n.reissue_of = p.id and not n.is_cancelled) as "reissuedBy"`;

/** Payments as people and dashboards see them. */
@Injectable()
export class PaymentReads {
  /** In the order of their ids (oldest first), after the payment with id `after`. */
  async list(
    tx: Tx,
    query: PaymentFilters & { after: string | null; limit: number },
  ): Promise<PaymentRow[]> {
    const { after, limit, state, ...choice } = query;
    const states = state === undefined ? undefined : [state];
    const page = { order: 'asc', from: after, limit } as const;
    const ids = await paymentIds(tx, { ...choice, states }, page);
    return rows<PaymentRow>(
      tx,
      `select ${COLUMNS} from payment p where p.id = any($1::uuid[]) order by p.id`,
      [ids],
    );
  }

  find(tx: Tx, id: string): Promise<PaymentRow | null> {
    return one<PaymentRow>(tx, `select ${COLUMNS} from payment p where p.id = $1`, [id]);
  }

  history(tx: Tx, paymentId: string): Promise<HistoryEntry[]> {
    return rows<HistoryEntry>(
      tx,
      `select at, from_state as "from", to_state as "to", cause, source_id as "sourceId",
              reason_code as "reasonCode", reason_text as "reasonText", bank_reference as "bankReference",
              bank_at as "bankAt"
         from payment_history where payment_id = $1 order by id`,
      [paymentId],
    );
  }

  /** Every call that carried or asked about the payment, in the order of their beginnings. */
  attempts(tx: Tx, paymentId: string): Promise<AttemptEntry[]> {
    return rows<AttemptEntry>(
      tx,
      `select a.id, a.kind, a.number, a.started_at as "startedAt", a.ended_at as "endedAt", a.outcome,
              coalesce(e.why, a.why) as why, e.answer
         from attempt a
         left join enquiry_answer e on e.attempt_id = a.id and e.payment_id = $1
        where a.id in (
          select attempt_id from enquiry_answer where payment_id = $1
          union
          select source_id::uuid from payment_history where payment_id = $1 and cause = 'sending')
        order by a.started_at, a.id`,
      [paymentId],
    );
  }

  /** Which payment pays each of these approved lines, and how it stands. */
  ofLines(
    tx: Tx,
    lineIds: readonly string[],
  ): Promise<{ lineId: string; id: string; state: PaymentState; reasonCode: string | null }[]> {
    return rows(
      tx,
      `select p.batch_line_id as "lineId", p.id, p.state, p.reason_code as "reasonCode"
         from payment_key k join payment p on p.id = k.payment_id
        where k.batch_line_id = any($1::uuid[])`,
      [lineIds],
    );
  }

  /** All payments of one entitlement over its reissues, oldest first. */
  lineage(tx: Tx, entitlementId: string): Promise<PaymentRow[]> {
    return rows<PaymentRow>(
      tx,
      `select ${COLUMNS} from payment_key k join payment p on p.id = k.payment_id
        where k.entitlement_id = $1 and (k.is_live or not k.is_live) order by p.id limit 100`,
      [entitlementId],
    );
  }
}
