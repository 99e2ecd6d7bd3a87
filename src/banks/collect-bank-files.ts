import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import type { Bank } from './bank.registry.js';
import { endTurn, takeTurn } from './collection.store.js';
import { FileBroken, type FileChannel } from './contract.js';
import { ReceiveBankFile } from './receive-bank-file.js';

/** One look at a bank's folder, all its files included. */
const LOOK_MS = 10 * 60_000;
const LEASE_MARGIN_MS = 60_000;
const FILES_PER_LOOK = 1000;
const COLLECT_EVERY_MS = 60_000;

const log = logger('banks');

/** Fetches what a bank has laid out, one looker at a time. A file is kept before the bank is told that it was taken. */
@Injectable()
export class CollectBankFiles {
  constructor(
    private readonly receiving: ReceiveBankFile,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns how many new files it brought. */
  async collect(bank: Bank): Promise<number> {
    const { files } = bank.adapter;
    if (!files?.collect) return 0;
    const at = this.clock.now();
    const leaseUntil = new Date(at.getTime() + LOOK_MS + LEASE_MARGIN_MS);
    const turn = { bank: bank.code, at, leaseUntil };
    if (!(await this.database.transaction((tx) => takeTurn(tx, turn)))) return 0;
    let failure: string | null = null;
    let brought = 0;
    try {
      brought = await this.look(bank.code, files);
    } catch (error) {
      failure = error instanceof Error ? `${error.name}: ${error.message}` : 'an error';
      log.warn({ bank: bank.code, why: failure }, 'a bank could not be looked at for files');
    }
    const ended = this.clock.now();
    const nextAt = new Date(ended.getTime() + (files.collectEveryMs ?? COLLECT_EVERY_MS));
    await this.database.transaction((tx) => endTurn(tx, { ...turn, nextAt, at: ended, failure }));
    return brought;
  }

  private async look(bank: string, files: FileChannel): Promise<number> {
    const call = { signal: AbortSignal.timeout(LOOK_MS), attemptId: newId() };
    let [looked, brought] = [0, 0];
    for await (const laid of files.collect?.(call) ?? []) {
      looked += 1;
      try {
        const { repeated } = await this.receiving.laidOut(bank, laid);
        if (!repeated) brought += 1;
        await laid.taken();
      } catch (error) {
        // Left where it lies: the next files are not held up by one that is too large to take.
        if (!(error instanceof FileBroken)) throw error;
        log.error({ bank, file: laid.name, why: error.message }, 'a file was not taken');
      }
      if (looked >= FILES_PER_LOOK) break;
    }
    return brought;
  }
}
