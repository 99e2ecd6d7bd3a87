import { Injectable } from '@nestjs/common';
import { BankRegistry, canVerify, type Bank } from '../../banks/index.js';
import { Clock } from '../../kernel/index.js';
import { Database, type Tx } from '../../platform/database/index.js';
import { Sweeper } from '../../platform/queue/index.js';
import {
  endUnanswerable,
  forgetBanks,
  routeRequests,
  unroutedBins,
} from '../account-check.store.js';
import { RingAccountChecks } from '../ring-account-checks.js';

const ENDED_PER_SWEEP = 5_000;

/**
 * Finds who is to be asked about the accounts that wait (the bank that pays to theirs, when it offers it), says of
 * the others that no bank does, and rings. Any number of sweepers may run at once.
 */
@Sweeper({ name: 'account-checks' })
@Injectable()
export class SweepAccountChecks {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly bell: RingAccountChecks,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const verifying = this.banks.all().filter(canVerify);
    await this.database.transaction((tx) => this.route(tx, verifying));
    // Last, because a queue may be out of reach.
    for (const bank of verifying) await this.bell.ring(bank);
  }

  private async route(tx: Tx, verifying: readonly Bank[]): Promise<void> {
    await forgetBanks(
      tx,
      verifying.map((bank) => bank.code),
    );
    const bins = await unroutedBins(tx);
    if (bins.length === 0) return;
    const answerable = new Set<string>();
    for (const { code } of verifying) {
      const ofBank = bins.filter((bin) => this.banks.route(bin) === code);
      ofBank.forEach((bin) => answerable.add(bin));
      await routeRequests(tx, { bins: ofBank, bankCode: code });
    }
    await endUnanswerable(tx, {
      bins: bins.filter((bin) => !answerable.has(bin)),
      why: 'no bank offers it',
      at: this.clock.now(),
      limit: ENDED_PER_SWEEP,
    });
  }
}
