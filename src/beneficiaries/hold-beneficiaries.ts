import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { appendHistory, holdAll, type HistoryCause } from './beneficiary.store.js';
import { mayReplace } from './hold.rules.js';

const SYSTEM_ACTOR = { kind: 'system', id: 'system', name: 'system' };

/** Stops everything due to some persons until a person has looked. Called backward by payments, in its transaction. */
@Injectable()
export class HoldBeneficiaries {
  constructor(private readonly clock: Clock) {}

  /**
   * @param hold `reasonCode` as the bank gave it (`MD07`, `AC04`); `cause` says what brought it (`payment <id>`).
   * @returns how many were not held for that reason before; holding again is harmless.
   */
  async hold(
    tx: Tx,
    hold: {
      beneficiaryIds: readonly string[];
      reasonCode: string;
      cause: string;
      at?: Date;
      actor?: HistoryCause['actor'];
    },
  ): Promise<number> {
    if (hold.beneficiaryIds.length === 0) return 0;
    const at = hold.at ?? this.clock.now();
    const held = await holdAll(tx, {
      beneficiaryIds: [...new Set(hold.beneficiaryIds)],
      reason: hold.reasonCode,
      replaces: mayReplace(hold.reasonCode),
      at,
    });
    await appendHistory(
      tx,
      held.map((beneficiaryId) => ({
        beneficiaryId,
        happened: 'held' as const,
        detail: { reasonCode: hold.reasonCode },
      })),
      { at, actor: hold.actor ?? SYSTEM_ACTOR, cause: hold.cause },
    );
    return held.length;
  }
}
