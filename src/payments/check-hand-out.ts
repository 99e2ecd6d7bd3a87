import { Injectable, type OnModuleInit } from '@nestjs/common';
import { BankGate, HandOutChecks } from '../banks/index.js';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { listBankHeld, listHasHeld, listOfStoppedRun } from './hand-over.errors.js';
import { HandOverReads } from './hand-over.read.js';

/**
 * A list is sent when somebody takes it away for the first time. What would not be sent to a bank at that moment is not
 * handed out either: a run that stands, a bank that is switched off, people who died or were put on hold meanwhile.
 */
@Injectable()
export class CheckHandOut implements OnModuleInit {
  constructor(
    private readonly checks: HandOutChecks,
    private readonly gate: BankGate,
    private readonly lists: HandOverReads,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.checks.add((tx, list) => this.check(tx, list));
  }

  /** @throws DomainError payments.list-of-stopped-run, payments.list-bank-held, payments.list-has-held */
  async check(tx: Tx, { bank, fileId }: { bank: string; fileId: string }): Promise<void> {
    const list = await this.lists.made(tx, fileId);
    if (!list) return;
    const { submissionId, runState, isCancelling, held } = list;
    if (runState !== 'running' || isCancelling) throw listOfStoppedRun(submissionId, runState);
    const { sending } = await this.gate.standing(tx, { bankCode: bank, at: this.clock.now() });
    if (sending === 'hold') throw listBankHeld(bank);
    if (held > 0) throw listHasHeld(submissionId, held);
  }
}
