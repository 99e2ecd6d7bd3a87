import { execute, prepared, rows, type Tx } from '../platform/database/index.js';

export interface NewAttempt {
  readonly id: string;
  readonly bankCode: string;
  readonly kind: 'pay' | 'enquire';
  readonly submissionId: string | null;
  readonly number: number;
  readonly paymentCount: number;
  readonly at: Date;
}

export async function openAttempts(tx: Tx, attempts: readonly NewAttempt[]): Promise<void> {
  await execute(
    tx,
    prepared(`insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at)
     select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::int[], $6::int[], $7::timestamptz[])`),
    [
      attempts.map(({ id }) => id),
      attempts.map(({ bankCode }) => bankCode),
      attempts.map(({ kind }) => kind),
      attempts.map(({ submissionId }) => submissionId),
      attempts.map(({ number }) => number),
      attempts.map(({ paymentCount }) => paymentCount),
      attempts.map(({ at }) => at),
    ],
  );
}

export type AttemptOutcome = 'answered' | 'delivered' | 'partly' | 'not-sent' | 'unknown' | 'lost';

export interface AttemptEnd {
  readonly id: string;
  readonly outcome: AttemptOutcome;
  readonly why: string | null;
}

/**
 * Writes how attempts ended, and gives those that had not ended yet: others were given up as lost. Their ids are named
 * twice: known before the statement is planned, they leave of all months the one that they lie in.
 */
export async function endAttempts(
  tx: Tx,
  ends: readonly AttemptEnd[],
  at: Date,
): Promise<Set<string>> {
  const ended = await rows<{ id: string }>(
    tx,
    prepared(`update attempt a set ended_at = $1, outcome = e.outcome, why = e.why
       from unnest($2::uuid[], $3::text[], $4::text[]) as e (id, outcome, why)
      where a.id = e.id and a.id = any($2::uuid[]) and a.ended_at is null
     returning a.id`),
    [
      at,
      ends.map(({ id }) => id),
      ends.map(({ outcome }) => outcome),
      ends.map(({ why }) => why?.slice(0, 500) ?? null),
    ],
  );
  return new Set(ended.map(({ id }) => id));
}

/** Enquiries whose asker did not come back; their payments are asked about again at their next time. */
export function endLostEnquiries(
  tx: Tx,
  given: { at: Date; leases: readonly { bankCode: string; leaseMs: number }[] },
): Promise<number> {
  return execute(
    tx,
    `update attempt set ended_at = $1, outcome = 'lost', why = 'the asker did not come back'
      where id in (select a.id from attempt a
                     left join unnest($2::text[], $3::float8[]) as l (bank_code, ms) on l.bank_code = a.bank_code
                    where a.ended_at is null and a.kind = 'enquire'
                      and a.started_at < $1::timestamptz - make_interval(secs => coalesce(l.ms, $4) / 1000)
                    order by a.id for update of a skip locked)`,
    [
      given.at,
      given.leases.map((l) => l.bankCode),
      given.leases.map((l) => l.leaseMs),
      // Of a bank that is configured no more: as the slowest.
      Math.max(0, ...given.leases.map((l) => l.leaseMs)),
    ],
  );
}
