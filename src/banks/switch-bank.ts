import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { BankRegistry } from './bank.registry.js';
import { switchedAlready } from './banks.errors.js';
import {
  appendHealthHistory,
  lockHealth,
  switchOff,
  switchOn,
  waitForClaims,
} from './health.store.js';

export interface SwitchOrder {
  readonly actor: Actor;
  readonly bankCode: string;
  readonly to: 'on' | 'off';
  readonly reason: string;
}

/**
 * An officer switches a bank off: nothing more is sent to it, by any worker, once this has returned. What it has
 * already is asked after as before. Payments wait for it; none is ever moved to another bank.
 */
@Injectable()
export class SwitchBank {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `banks.unknown-bank`, `banks.switched-already` */
  async switch({ actor, bankCode, to, reason }: SwitchOrder): Promise<void> {
    assertMay(actor, 'bank.operate');
    this.banks.of(bankCode);
    await this.database.transaction(async (tx) => {
      await waitForClaims(tx, bankCode);
      const { state } = await lockHealth(tx, bankCode);
      const at = this.clock.now();
      const switched =
        to === 'off'
          ? await switchOff(tx, { bankCode, at, actor, reason })
          : await switchOn(tx, { bankCode, at });
      if (!switched) throw switchedAlready(bankCode, to);
      const happened = to === 'off' ? 'switched-off' : 'switched-on';
      await appendHealthHistory(tx, {
        bankCode,
        happened,
        from: state,
        to: state,
        at,
        actor,
        reason,
      });
      await this.audit.record(tx, {
        actor,
        action: `bank.${happened}`,
        subject: { type: 'bank', id: bankCode },
        detail: { breaker: state },
      });
    });
  }
}
