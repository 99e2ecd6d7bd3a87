import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';

/** One thing that happened to a payment, as the module that saw it wrote it down. */
export interface Happening {
  readonly at: Date;
  readonly source:
    | 'entitlement'
    | 'batch'
    | 'signature'
    | 'run'
    | 'routing'
    | 'wait'
    | 'payment'
    | 'attempt'
    | 'enquiry'
    | 'notice'
    | 'conflict';
  /** What happened, in the words of its source: `proposed`, `second`, `sending`, `settled` … */
  readonly what: string;
  readonly by: string | null;
  /** What made it happen, or what came of it. */
  readonly cause: string | null;
  readonly reasonCode: string | null;
  /** Of an intake the row of the list; of a signature the round; of an attempt its number; of a notice its repetitions. */
  readonly times: number | null;
}

export interface PaymentStanding {
  readonly paymentId: string;
  readonly reference: string;
  readonly beneficiaryId: string;
  readonly batchId: string;
  readonly runId: string;
  readonly bank: string;
  readonly state: string;
  readonly reasonCode: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly programme: string;
  readonly period: string;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly settledAt: Date | null;
  /** The failed payment that this one pays again, and the one that pays this one again. */
  readonly reissueOf: string | null;
  readonly reissuedAs: string | null;
}

const STANDING = `
  select p.payment_id as "paymentId", p.reference, p.beneficiary_id as "beneficiaryId", p.batch_id as "batchId",
         p.run_id as "runId", p.bank_code as bank, p.state, p.reason_code as "reasonCode", p.amount, p.currency,
         p.programme, p.period, p.created_at as "createdAt", p.changed_at as "changedAt",
         p.settled_at as "settledAt", p.reissue_of as "reissueOf",
         (select r.payment_id from payment_view r
           where r.reissue_of = p.payment_id and r.state <> 'cancelled' limit 1) as "reissuedAs"
    from payment_view p`;

/** A payment with more happenings than this is shown with its newest ones. */
const MOST_HAPPENINGS = 1_000;

// A payment's attempts are those that sent it, also in submissions it has left since for another one.
// Ties in time are ordered by the place in the pipeline, then by the source's own sequence.
const HAPPENINGS = `
  with p as (select * from payment_view where payment_id = $1),
  happening as (
    select h.at, case when h.from_state is null or h.to_state = 'in_batch' then 0 else 6 end as place,
           h.history_id as seq, 'entitlement' as source,
           case when h.from_state is null then 'taken_in'
                when h.to_state = 'open' and h.reason_code is not null then 'reopened'
                when h.to_state = 'open' then 'released'
                else h.to_state end as what,
           h.actor_name as by, null::text as cause, h.reason_code,
           case when h.from_state is null then h.row_number end as times
      from entitlement_history_view h join p on p.entitlement_id = h.entitlement_id
    union all
    select h.at, 1, h.history_id, 'batch', h.happened, h.actor_name, null, null, null
      from batch_history_view h join p on p.batch_id = h.batch_id
    union all
    select s.signed_at, 2, s.step, 'signature', s.signature_kind, s.signer_login, null, null, s.round
      from signature_view s join p on p.batch_id = s.batch_id
    union all
    select h.at, 3, h.history_id, 'run', h.happened, h.actor_name, null, null, null
      from run_history_view h join p on p.run_id = h.run_id
    union all
    select r.created_at, 4, 0, 'routing', r.rail, null, r.rail_rule, null, null
      from payment_rail_view r join p on p.payment_id = r.payment_id
    union all
    select w.at, 4, w.wait_id, 'wait', w.because, null,
           to_char(w.until at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM/YYYY'), null, null
      from submission_wait_view w join p on p.submission_id = w.submission_id
    union all
    select a.started_at, 4, 0, 'attempt', a.kind, null, coalesce(a.outcome, 'open'), null,
           row_number() over (order by a.started_at, a.attempt_id)::int
      from attempt_view a
     where a.attempt_id in (
       select h.source_id::uuid from payment_history_view h join p on p.payment_id = h.payment_id
        where h.cause = 'sending')
    union all
    select h.at, 5, h.history_id, 'payment', h.to_state, null, h.cause, h.reason_code, null
      from payment_history_view h join p on p.payment_id = h.payment_id
    union all
    select e.at, 7, 0, 'enquiry', e.answer, null, null, null, null
      from enquiry_answer_view e join p on p.payment_id = e.payment_id
    union all
    select n.received_at, 8, coalesce(i.sequence, 0), 'notice', coalesce(i.fact, 'unread'), null,
           coalesce(i.result, case n.state when 'conflict' then 'other-body' else 'waiting' end), i.reason_code,
           n.repeated
      from notice_item i join bank_notice n on n.id = i.bank_notice_id
      join p on p.reference = i.reference and p.bank_code = n.bank
    union all
    select c.at, 9, c.conflict_id, 'conflict', c.says, null, c.cause, null, null
      from payment_conflict_view c join p on p.payment_id = c.payment_id)
  select at, source, what, by, cause, reason_code as "reasonCode", times
    from (select * from happening order by at desc, place desc, seq desc limit ${MOST_HAPPENINGS}) newest
   order by at, place, seq`;

/** Everything that happened to payments, gathered from the views of every module on their way. */
@Injectable()
export class TimelineRead {
  constructor(private readonly database: Database) {}

  payment(paymentId: string): Promise<PaymentStanding | null> {
    return one(this.database.reader, `${STANDING} where p.payment_id = $1`, [paymentId]);
  }

  happenings(paymentId: string): Promise<Happening[]> {
    return rows(this.database.reader, HAPPENINGS, [paymentId]);
  }

  async knowsBeneficiary(beneficiaryId: string): Promise<boolean> {
    const found = await one(
      this.database.reader,
      'select 1 from payee_view where beneficiary_id = $1',
      [beneficiaryId],
    );
    return found !== null;
  }

  /** A person's payments, newest first, at most `limit + 1` of them. */
  ofBeneficiary(given: {
    beneficiaryId: string;
    before: string | null;
    limit: number;
  }): Promise<PaymentStanding[]> {
    return rows(
      this.database.reader,
      `${STANDING} where p.beneficiary_id = $1 and ($2::uuid is null or p.payment_id < $2)
        order by p.payment_id desc limit $3`,
      [given.beneficiaryId, given.before, given.limit + 1],
    );
  }
}
