import { Injectable } from '@nestjs/common';
import { BankGate, bankQueueName, type Bank } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Doorbell } from '../platform/queue/index.js';
import { checksAtOnce } from './account-check.rules.js';
import { ringRequests } from './account-check.store.js';

export const CHECK_ACCOUNT = 'beneficiaries.check-account';

/** A ring that was not answered for so long is lost, with its queue or its worker. */
const RING_AGAIN_AFTER_MS = 60_000;

/** Rings for accounts that wait, as many as the bank may be asked about at once; each answer rings for the next. */
@Injectable()
export class RingAccountChecks {
  constructor(
    private readonly database: Database,
    private readonly gate: BankGate,
    private readonly doorbell: Doorbell,
    private readonly clock: Clock,
  ) {}

  /** For none while the bank is away or has asked for a pause: payments in doubt are asked after first. */
  async ring(bank: Bank): Promise<void> {
    const at = this.clock.now();
    const of = { bankCode: bank.code, at };
    if ((await this.gate.standing(this.database.reader, of)).asking !== 'go') return;
    const due = await this.database.transaction((tx) =>
      ringRequests(tx, {
        bankCode: bank.code,
        atOnce: checksAtOnce(bank.settings),
        rungBefore: new Date(at.getTime() - RING_AGAIN_AFTER_MS),
        at,
      }),
    );
    if (due.length === 0) return;
    await this.doorbell.ring(
      bankQueueName(bank.code),
      due.map((accountId) => ({
        name: CHECK_ACCOUNT,
        // Another id for every ring: a finished job of the same id, kept by the queue, would swallow it.
        id: `check-account-${newId()}`,
        payload: { accountId },
      })),
    );
  }
}
