import { InvariantError } from '../kernel/index.js';
import { execute, one, prepared, rows, type Tx } from '../platform/database/index.js';
import { breakerLifecycle } from './breaker.lifecycle.js';
import { soundBank, type BankHealth, type HealthHappening } from './breaker.rules.js';

/** Who changed it: an officer, or the breaker itself. */
export interface HealthActor {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export const BREAKER: HealthActor = { kind: 'system', id: 'breaker', name: 'breaker' };

const COLUMNS = `bank_code as "bankCode", state, failures, failing_since as "failingSince",
  last_failed_at as "lastFailedAt", last_why as "lastWhy", opened_at as "openedAt", probes,
  next_probe_at as "nextProbeAt", probe_id as "probeId", probe_until as "probeUntil", paused_until as "pausedUntil",
  switched_off_at as "switchedOffAt", moved_at as "movedAt", version`;

/** How the bank fares, as it stands; unlocked, and nothing is written. */
export async function healthOf(tx: Tx, bankCode: string): Promise<BankHealth> {
  const sql = `select ${COLUMNS} from bank_health where bank_code = $1`;
  return (await one<BankHealth>(tx, prepared(sql), [bankCode])) ?? soundBank(bankCode);
}

/** The same, locked to be changed; its row is made when it is the first. */
export async function lockHealth(tx: Tx, bankCode: string): Promise<BankHealth> {
  await execute(tx, `insert into bank_health (bank_code) values ($1) on conflict do nothing`, [
    bankCode,
  ]);
  const sql = `select ${COLUMNS} from bank_health where bank_code = $1 for update`;
  const health = await one<BankHealth>(tx, sql, [bankCode]);
  if (!health) throw new InvariantError('a bank has lost its health', { bankCode });
  return health;
}

/**
 * Writes what became of a locked row, from the state and version that it was decided on. `changedAt` stays where only
 * the count of failures moved.
 */
export async function writeHealth(
  tx: Tx,
  change: { from: BankHealth; to: BankHealth; changedAt: Date | null },
): Promise<void> {
  const { from, to } = change;
  if (from.state !== to.state) breakerLifecycle.assertMove(from.state, to.state);
  const written = await execute(
    tx,
    `update bank_health
        set state = $4, failures = $5, failing_since = $6, last_failed_at = $7, last_why = $8, opened_at = $9,
            probes = $10, next_probe_at = $11, probe_id = $12, probe_until = $13, paused_until = $14, moved_at = $15,
            changed_at = coalesce($16, changed_at), version = version + 1
      where bank_code = $1 and state = $2 and version = $3`,
    [
      from.bankCode,
      from.state,
      from.version,
      to.state,
      to.failures,
      to.failingSince,
      to.lastFailedAt,
      to.lastWhy?.slice(0, 500) ?? null,
      to.openedAt,
      to.probes,
      to.nextProbeAt,
      to.probeId,
      to.probeUntil,
      to.pausedUntil,
      to.movedAt,
      change.changedAt,
    ],
  );
  if (written !== 1) throw new InvariantError('a locked row changed', { bank: from.bankCode });
}

export async function appendHealthHistory(
  tx: Tx,
  entry: {
    bankCode: string;
    happened: HealthHappening;
    from: string;
    to: string;
    at: Date;
    actor: HealthActor;
    callId?: string;
    until?: Date | null;
    reason?: string | null;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into bank_health_history
       (bank_code, at, happened, from_state, to_state, actor_kind, actor_id, actor_name, call_id, until, reason)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      entry.bankCode,
      entry.at,
      entry.happened,
      entry.from,
      entry.to,
      entry.actor.kind,
      entry.actor.id,
      entry.actor.name,
      entry.callId ?? null,
      entry.until ?? null,
      entry.reason?.slice(0, 1000) ?? null,
    ],
  );
}

/**
 * Takes the probe of an open breaker, when it is due and nobody has it: one call of all workers. Who comes while
 * another is taking it does not wait for them.
 */
export async function winProbe(
  tx: Tx,
  given: { bankCode: string; callId: string; at: Date; until: Date },
): Promise<{ from: string } | null> {
  return one<{ from: string }>(
    tx,
    `with due as (
       select bank_code, state from bank_health
        where bank_code = $1 and (paused_until is null or paused_until <= $3)
          and ((state = 'open' and next_probe_at <= $3) or (state = 'probing' and probe_until <= $3))
          for update skip locked)
     update bank_health h
        set state = 'probing', probe_id = $2, probe_until = $4, moved_at = $3, changed_at = $3, version = version + 1
       from due where h.bank_code = due.bank_code
     returning due.state as "from"`,
    [given.bankCode, given.callId, given.at, given.until],
  );
}

/** Gives back a probe that was won and found nothing to call for; the next one may go at once. */
export function withdrawProbe(
  tx: Tx,
  given: { bankCode: string; callId: string; at: Date },
): Promise<number> {
  return execute(
    tx,
    `update bank_health
        set state = 'open', probe_id = null, probe_until = null, moved_at = $3, changed_at = $3, version = version + 1
      where bank_code = $1 and state = 'probing' and probe_id = $2`,
    [given.bankCode, given.callId, given.at],
  );
}

/**
 * Until this transaction ends, no officer's switch of the bank is committed: whoever claims afterwards sees it. In
 * memory only, so that hundreds of claims a second write nothing for it.
 */
export async function holdOffSwitches(tx: Tx, bankCode: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock_shared(hashtextextended('bank ' || $1, 0))`, [
    bankCode,
  ]);
}

/** Waits for the claims that are being made. */
export async function waitForClaims(tx: Tx, bankCode: string): Promise<void> {
  await rows(tx, `select pg_advisory_xact_lock(hashtextextended('bank ' || $1, 0))`, [bankCode]);
}

/** off: false when it is off already. */
export async function switchOff(
  tx: Tx,
  given: { bankCode: string; at: Date; actor: HealthActor; reason: string },
): Promise<boolean> {
  const switched = await execute(
    tx,
    `update bank_health
        set switched_off_at = $2, switched_off_kind = $3, switched_off_by = $4, switched_off_name = $5,
            switched_off_reason = $6, changed_at = $2, version = version + 1
      where bank_code = $1 and switched_off_at is null`,
    [given.bankCode, given.at, given.actor.kind, given.actor.id, given.actor.name, given.reason],
  );
  return switched === 1;
}

/** on: false when it is on already. Whoever switches on has asked the bank: no pause and no wait for a probe is left. */
export async function switchOn(tx: Tx, given: { bankCode: string; at: Date }): Promise<boolean> {
  const switched = await execute(
    tx,
    `update bank_health
        set switched_off_at = null, switched_off_kind = null, switched_off_by = null, switched_off_name = null,
            switched_off_reason = null, paused_until = null,
            next_probe_at = case when state = 'open' then least(next_probe_at, $2) else next_probe_at end,
            changed_at = $2, version = version + 1
      where bank_code = $1 and switched_off_at is not null`,
    [given.bankCode, given.at],
  );
  return switched === 1;
}
