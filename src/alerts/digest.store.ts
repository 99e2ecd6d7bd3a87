import { newId } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import { MOST_TRIES } from './alert.rules.js';

/** One a commune and day, however often it is asked for. */
export async function insertDigests(
  tx: Tx,
  given: { day: string; communes: readonly string[]; at: Date },
): Promise<void> {
  await execute(
    tx,
    `insert into alert_digest (id, day, commune_code, state, due_at, created_at)
     select d.id, $3, d.commune, 'waiting', $4, $4 from unnest($1::uuid[], $2::text[]) as d (id, commune)
     on conflict (day, commune_code) do nothing`,
    [given.communes.map(() => newId()), given.communes, given.day, given.at],
  );
}

export interface ClaimedDigest {
  readonly id: string;
  readonly day: string;
  readonly communeCode: string;
  readonly tries: number;
}

export function claimDigests(
  tx: Tx,
  claim: { now: Date; leaseUntil: Date; limit: number },
): Promise<ClaimedDigest[]> {
  return rows<ClaimedDigest>(
    tx,
    `update alert_digest d set tries = d.tries + 1, due_at = $2
       from (select id from alert_digest where state = 'waiting' and due_at <= $1 and tries < $4
              order by due_at, id limit $3 for update skip locked) due
      where d.id = due.id
     returning d.id, d.day::text as day, d.commune_code as "communeCode", d.tries`,
    [claim.now, claim.leaseUntil, claim.limit, MOST_TRIES],
  );
}

export async function insertDigestAttempt(
  tx: Tx,
  attempt: {
    id: string;
    try: number;
    at: Date;
    status: number | null;
    failure: string | null;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into alert_digest_attempt (digest_id, try, at, status, failure) values ($1, $2, $3, $4, $5)`,
    [attempt.id, attempt.try, attempt.at, attempt.status, attempt.failure],
  );
}

/** Tried again at `until`, or ended in `state`. */
export async function moveDigest(
  tx: Tx,
  to: { id: string; state: 'waiting' | 'delivered' | 'given_up'; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update alert_digest set state = $2, due_at = $3, ended_at = case when $2 <> 'waiting' then $3::timestamptz end
      where id = $1 and state = 'waiting'`,
    [to.id, to.state, to.at],
  );
}

/** Digests whose last try died with its process. */
export async function giveUpForsakenDigests(tx: Tx, now: Date): Promise<void> {
  await execute(
    tx,
    `update alert_digest set state = 'given_up', ended_at = $1
      where state = 'waiting' and due_at <= $1 and tries >= $2`,
    [now, MOST_TRIES],
  );
}
