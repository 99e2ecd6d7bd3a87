import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { RulingOutcome } from './doubt.rules.js';
import type { PaymentState } from './payment.lifecycle.js';
import type { RuledResult } from './ruling.read.js';
import type { RulingState } from './ruling.lifecycle.js';

/** A payment whose outcome nobody knows, and what was done about it. */
export interface DoubtRow {
  paymentId: string;
  reference: string;
  bankCode: string;
  batchId: string;
  runId: string;
  amount: string;
  currency: string;
  programme: string;
  period: string;
  communeCode: string;
  state: PaymentState;
  unknownSince: Date | null;
  firstSentAt: Date | null;
  lastSentAt: Date | null;
  nextEnquiryAt: Date | null;
  sendings: number;
  enquiries: number;
  /** What the bank said when it was asked last. */
  lastAnswer: string | null;
  lastAnswerWhy: string | null;
  lastAnswerAt: Date | null;
  /** The proposal about it that waits for a signature. */
  openRulingId: string | null;
  openRulingOutcome: RulingOutcome | null;
  openRulingBy: string | null;
  openRulingAt: Date | null;
}

/** Doubts of one bank by their age. */
export interface DoubtAge {
  readonly bankCode: string;
  readonly count: number;
  readonly total: string;
  readonly oldest: Date;
  /** In doubt for less than an hour, a day, three days, and longer. */
  readonly underHour: number;
  readonly underDay: number;
  readonly underThreeDays: number;
  readonly older: number;
  /** Of them, those about which a ruling waits for its signature. */
  readonly ruled: number;
}

/** What one enquiry asked and was told. */
export interface EnquiryEntry {
  attemptId: string;
  askedAt: Date;
  answeredAt: Date | null;
  answer: string;
  why: string | null;
}

export interface SendingEntry {
  attemptId: string;
  number: number;
  startedAt: Date;
  endedAt: Date | null;
  outcome: string | null;
  why: string | null;
}

export interface RulingOfPayment {
  rulingId: string;
  outcome: RulingOutcome;
  state: RulingState;
  result: RuledResult;
  proposedAt: Date;
  decidedAt: Date | null;
}

const DOUBT = `
  select p.id as "paymentId", p.reference, p.bank_code as "bankCode", p.batch_id as "batchId",
         p.run_id as "runId", p.amount, p.currency, p.programme, p.period, p.commune_code as "communeCode",
         p.state, p.unknown_since as "unknownSince", p.first_sent_at as "firstSentAt",
         p.last_sent_at as "lastSentAt", p.next_enquiry_at as "nextEnquiryAt",
         (select count(*)::int from payment_history h
           where h.payment_id = p.id and h.to_state = 'sending') as sendings,
         (select count(*)::int from enquiry_answer e where e.payment_id = p.id) as enquiries,
         said.answer as "lastAnswer", said.why as "lastAnswerWhy", said.at as "lastAnswerAt",
         open.id as "openRulingId", open.outcome as "openRulingOutcome", open.proposed_login as "openRulingBy",
         open.proposed_at as "openRulingAt"
    from payment p
    left join lateral (
      select e.answer, e.why, e.at from enquiry_answer e
       where e.payment_id = p.id order by e.at desc, e.attempt_id desc limit 1) said on true
    left join lateral (
      select r.id, r.outcome, r.proposed_login, r.proposed_at
        from doubt_ruling_item i join doubt_ruling r on r.id = i.ruling_id
       where i.payment_id = p.id and i.result = 'pending') open on true`;

/** Of one payment's enquiries, sendings and rulings at most so many are shown, the latest. */
const MOST_SHOWN = 500;

/** Doubts as people see them who must end them. */
@Injectable()
export class DoubtReads {
  /** The oldest doubt first, after the one of `after`. */
  list(
    tx: Tx,
    query: {
      bankCode: string | null;
      /** Only payments in doubt since before this instant. */
      before: Date | null;
      /** Only those in doubt since this instant or later. */
      from?: Date | null;
      /** Only these. */
      paymentIds?: readonly string[] | null;
      after: { since: Date; paymentId: string } | null;
      limit: number;
    },
  ): Promise<DoubtRow[]> {
    return rows<DoubtRow>(
      tx,
      `${DOUBT}
        where p.aside = 'unknown' and ($1::text is null or p.bank_code = $1)
          and ($2::timestamptz is null or p.unknown_since < $2)
          and ($3::timestamptz is null or (p.unknown_since, p.id) > ($3, $4::uuid))
          and ($6::timestamptz is null or p.unknown_since >= $6)
          and ($7::uuid[] is null or p.id = any($7::uuid[]))
        order by p.unknown_since, p.id limit $5`,
      [
        query.bankCode,
        query.before,
        query.after?.since ?? null,
        query.after?.paymentId ?? null,
        query.limit,
        query.from ?? null,
        query.paymentIds ?? null,
      ],
    );
  }

  /** How many doubts there are, by bank and age; the index of what is in doubt holds no more than these. */
  byAge(tx: Tx, now: Date): Promise<DoubtAge[]> {
    return rows<DoubtAge>(
      tx,
      `select p.bank_code as "bankCode", count(*)::int as count, sum(p.amount)::text as total,
              min(p.unknown_since) as oldest,
              count(*) filter (where $1::timestamptz - p.unknown_since < interval '1 hour')::int as "underHour",
              count(*) filter (where $1::timestamptz - p.unknown_since >= interval '1 hour'
                                 and $1::timestamptz - p.unknown_since < interval '1 day')::int as "underDay",
              count(*) filter (where $1::timestamptz - p.unknown_since >= interval '1 day'
                                 and $1::timestamptz - p.unknown_since < interval '3 days')::int as "underThreeDays",
              count(*) filter (where $1::timestamptz - p.unknown_since >= interval '3 days')::int as older,
              count(*) filter (where exists (select 1 from doubt_ruling_item i
                                              where i.payment_id = p.id and i.result = 'pending'))::int as ruled
         from payment p where p.aside = 'unknown' group by 1 order by min(p.unknown_since)`,
      [now],
    );
  }

  find(tx: Tx, paymentId: string): Promise<DoubtRow | null> {
    return one<DoubtRow>(tx, `${DOUBT} where p.id = $1`, [paymentId]);
  }

  /** Every time the bank was asked about the payment, the latest first. */
  enquiries(tx: Tx, paymentId: string): Promise<EnquiryEntry[]> {
    return rows<EnquiryEntry>(
      tx,
      `select e.attempt_id as "attemptId", a.started_at as "askedAt", a.ended_at as "answeredAt", e.answer,
              coalesce(e.why, a.why) as why
         from enquiry_answer e join attempt a on a.id = e.attempt_id
        where e.payment_id = $1 order by a.started_at desc, a.id desc limit $2`,
      [paymentId, MOST_SHOWN],
    );
  }

  /** Every time the payment was sent, the latest first. */
  sendings(tx: Tx, paymentId: string): Promise<SendingEntry[]> {
    return rows<SendingEntry>(
      tx,
      `select a.id as "attemptId", a.number, a.started_at as "startedAt", a.ended_at as "endedAt", a.outcome, a.why
         from payment_history h join attempt a on a.id = h.source_id::uuid
        where h.payment_id = $1 and h.cause = 'sending'
        order by a.started_at desc, a.id desc limit $2`,
      [paymentId, MOST_SHOWN],
    );
  }

  /** Every ruling about the payment, the latest first. */
  rulings(tx: Tx, paymentId: string): Promise<RulingOfPayment[]> {
    return rows<RulingOfPayment>(
      tx,
      `select r.id as "rulingId", r.outcome, r.state, i.result, r.proposed_at as "proposedAt",
              r.decided_at as "decidedAt"
         from doubt_ruling_item i join doubt_ruling r on r.id = i.ruling_id
        where i.payment_id = $1 order by r.id desc limit $2`,
      [paymentId, MOST_SHOWN],
    );
  }
}
