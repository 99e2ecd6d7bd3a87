import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Sweeper } from '../../platform/queue/index.js';
import { BankFileReads } from '../bank-file.read.js';
import { giveUpDelivering } from '../bank-file.store.js';
import { BankRegistry } from '../bank.registry.js';
import { CollectBankFiles } from '../collect-bank-files.js';
import { ReadBankFile } from '../read-bank-file.js';

/** A received file that waits longer has lost its ring. */
const LEFT_AFTER_MS = 30_000;
const LEFT_PER_SWEEP = 20;
/** Longer than any bank's time-out: whoever delivers so long does not come back. */
const DELIVERY_MS = 15 * 60_000;

/** Looks at the banks' folders, reads files whose ring was lost, and ends deliveries that nobody came back from. */
@Sweeper({ name: 'banks.files' })
@Injectable()
export class SweepBankFiles {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly reads: BankFileReads,
    private readonly collecting: CollectBankFiles,
    private readonly reading: ReadBankFile,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const at = this.clock.now();
    const before = new Date(at.getTime() - DELIVERY_MS);
    await this.database.transaction((tx) => giveUpDelivering(tx, { before, at, by: SYSTEM }));
    const left = new Date(at.getTime() - LEFT_AFTER_MS);
    for (const fileId of await this.reads.leftUnread({ before: left, limit: LEFT_PER_SWEEP })) {
      const file = await this.reads.find(fileId);
      if (file) await this.reading.handle({ bank: file.bank, fileId });
    }
    // Side by side, so that a slow bank's folder does not keep another's waiting.
    await Promise.all(this.banks.all().map((bank) => this.collecting.collect(bank)));
  }
}
