import { createHash } from 'node:crypto';
import { execute, one, type Tx } from '../platform/database/index.js';
import { FORGET_AFTER_MS, networkOf, waitAfter, type ThrottlePolicy } from './throttle.rules.js';

/** A login is kept as its hash: people type their password into the wrong field. */
export function loginSubject(login: string): string {
  return `login:${createHash('sha256').update(login).digest('hex')}`;
}

export function addressSubject(address: string): string {
  return `address:${networkOf(address)}`;
}

/**
 * Counts an attempt as failed **before** the password is looked at, under the row's lock: of many attempts at
 * once each is counted. Gives the time until which the subject is blocked, or null when the attempt may go on.
 */
export async function countAttempt(
  tx: Tx,
  attempt: { subject: string; at: Date; policy: ThrottlePolicy },
): Promise<Date | null> {
  const { subject, at, policy } = attempt;
  await execute(
    tx,
    `insert into login_attempt (subject, failures, last_at, blocked_until) values ($1, 0, $2, $2)
     on conflict (subject) do nothing`,
    [subject, at],
  );
  const row = await one<{ failures: number; lastAt: Date; blockedUntil: Date }>(
    tx,
    `select failures, last_at as "lastAt", blocked_until as "blockedUntil"
       from login_attempt where subject = $1 for update`,
    [subject],
  );
  if (row && row.blockedUntil > at) return row.blockedUntil;
  const forgotten = !row || at.getTime() - row.lastAt.getTime() > FORGET_AFTER_MS;
  const failures = (forgotten ? 0 : row.failures) + 1;
  await execute(
    tx,
    `update login_attempt set failures = $2, last_at = $3, blocked_until = $4 where subject = $1`,
    [subject, failures, at, new Date(at.getTime() + waitAfter(failures, policy))],
  );
  return null;
}

/** The person is in: the login starts anew, the address takes back this one attempt only. */
export async function forgiveAttempt(
  tx: Tx,
  subjects: { login: string; address: string; at: Date },
): Promise<void> {
  await execute(tx, `delete from login_attempt where subject = $1`, [subjects.login]);
  await execute(
    tx,
    `update login_attempt set failures = greatest(failures - 1, 0), blocked_until = $2 where subject = $1`,
    [subjects.address, subjects.at],
  );
}

export function forgetAttempts(tx: Tx, before: Date): Promise<number> {
  return execute(tx, `delete from login_attempt where last_at < $1 and blocked_until < $1`, [
    before,
  ]);
}
