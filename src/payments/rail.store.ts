import { execute, prepared, rows, type Tx } from '../platform/database/index.js';

export interface WaitingSubmission {
  submissionId: string;
  bankCode: string;
  rail: string;
  /** What is ready in it now. */
  payments: number;
  amount: string;
}

/** Those of these submissions that could be claimed now, and what each would carry, in the order of their ids. */
export function waitingSubmissions(
  tx: Tx,
  given: { submissionIds: readonly string[]; at: Date },
): Promise<WaitingSubmission[]> {
  return rows<WaitingSubmission>(
    tx,
    prepared(`select s.id as "submissionId", s.bank_code as "bankCode", s.rail, count(p.*)::int as payments,
            coalesce(sum(p.amount), 0)::text as amount
       from submission s
       join payment_run r on r.id = s.run_id
       left join payment p on p.submission_id = s.id and p.state = 'ready'
      where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2
        and r.state = 'running' and r.cancel_requested_at is null
      group by s.id order by s.id`),
    [given.submissionIds, given.at],
  );
}

/** Why something is put off, and until when. */
export interface PutOff {
  readonly because: string;
  readonly until: Date;
}

// Rows that another process holds are left to it: whoever sends meanwhile was quicker, and the rest is seen again.
const PUT_OFF = `
  moved as (
    update submission s set not_before = $2, waits_because = $3, rung_at = null
      from due where s.id = due.id
    returning s.id)
  insert into submission_wait (submission_id, at, because, until) select id, $1, $3, $2 from moved`;

/** Puts one submission off, while it waits and is due. */
export async function putOffOne(
  tx: Tx,
  given: { submissionId: string; at: Date } & PutOff,
): Promise<void> {
  await execute(
    tx,
    `with due as (
       select id from submission where id = $4 and state = 'waiting' and not_before <= $1
          for update skip locked),
     ${PUT_OFF}`,
    [given.at, given.until, given.because, given.submissionId],
  );
}

export interface OfRail {
  readonly bankCode: string;
  readonly rail: string;
  readonly at: Date;
}

/** Puts off what is due on a rail that is closed, the first `limit` of it. */
export async function putOffDue(tx: Tx, given: OfRail & PutOff & { limit: number }): Promise<void> {
  await execute(
    tx,
    `with due as (
       select s.id from submission s join payment_run r on r.id = s.run_id
        where s.bank_code = $4 and s.rail = $5 and s.state = 'waiting' and s.not_before <= $1
          and r.state = 'running' and r.cancel_requested_at is null
        order by s.id limit $6 for update of s skip locked),
     ${PUT_OFF}`,
    [given.at, given.until, given.because, given.bankCode, given.rail, given.limit],
  );
}

/** Lets go what waits for hours that have come earlier than it was told: the bank's file or the calendar was mended. */
export async function releaseWaiting(
  tx: Tx,
  given: OfRail & { because: readonly string[]; limit: number },
): Promise<void> {
  await execute(
    tx,
    `update submission set not_before = $1, waits_because = null
      where id in (select id from submission
                    where bank_code = $2 and rail = $3 and state = 'waiting' and not_before > $1
                      and waits_because is not null and waits_because = any($4::text[])
                    order by id limit $5 for update skip locked)`,
    [given.at, given.bankCode, given.rail, given.because, given.limit],
  );
}
