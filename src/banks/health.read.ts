import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';
import type { BreakerState } from './breaker.lifecycle.js';
import type { HealthHappening } from './breaker.rules.js';

/** How a bank stands, for people. */
export interface HealthRow {
  bankCode: string;
  state: BreakerState;
  failures: number;
  failingSince: Date | null;
  lastFailedAt: Date | null;
  lastWhy: string | null;
  openedAt: Date | null;
  probes: number;
  nextProbeAt: Date | null;
  pausedUntil: Date | null;
  switchedOffAt: Date | null;
  switchedOffBy: string | null;
  switchedOffReason: string | null;
  changedAt: Date | null;
}

export interface HealthEntry {
  id: string;
  at: Date;
  happened: HealthHappening;
  from: BreakerState;
  to: BreakerState;
  actorKind: string;
  actorName: string;
  callId: string | null;
  until: Date | null;
  reason: string | null;
}

@Injectable()
export class BankHealthReads {
  /** Of the banks that have ever given cause to write a row. */
  all(tx: Tx): Promise<HealthRow[]> {
    return rows<HealthRow>(
      tx,
      `select bank_code as "bankCode", state, failures, failing_since as "failingSince",
              last_failed_at as "lastFailedAt", last_why as "lastWhy", opened_at as "openedAt", probes,
              next_probe_at as "nextProbeAt", paused_until as "pausedUntil", switched_off_at as "switchedOffAt",
              switched_off_name as "switchedOffBy", switched_off_reason as "switchedOffReason",
              changed_at as "changedAt"
         from bank_health order by bank_code`,
    );
  }

  /** What happened to one bank, the newest first. @param before an id, for the page after it. */
  history(
    tx: Tx,
    of: { bankCode: string; before: string | null; limit: number },
  ): Promise<HealthEntry[]> {
    return rows<HealthEntry>(
      tx,
      `select id, at, happened, from_state as "from", to_state as "to", actor_kind as "actorKind",
              actor_name as "actorName", call_id as "callId", until, reason
         from bank_health_history
        where bank_code = $1 and ($2::bigint is null or id < $2::bigint)
        order by id desc limit $3`,
      [of.bankCode, of.before, of.limit],
    );
  }
}
