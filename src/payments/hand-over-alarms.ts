import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../banks/index.js';
import type { Tx } from '../platform/database/index.js';
import { HandOverReads, type WaitingLists } from './hand-over.read.js';
import { isCarriedByPeople } from './hand-over.rules.js';

/** Lists that wait for a person, or for the bank's result, longer than the bank's file allows. */
@Injectable()
export class HandOverAlarms {
  constructor(
    private readonly banks: BankRegistry,
    private readonly lists: HandOverReads,
  ) {}

  /** Codes of the banks whose lists people carry. */
  byHand(): string[] {
    return this.banks
      .all()
      .filter(isCarriedByPeople)
      .map(({ code }) => code);
  }

  async overdue(tx: Tx, now: Date): Promise<WaitingLists[]> {
    const banks = this.banks.all().filter(isCarriedByPeople);
    if (banks.length === 0) return [];
    return this.lists.overdue(tx, {
      now,
      banks: banks.map(({ code, settings: { handOver, enquiry } }) => ({
        code,
        before: new Date(now.getTime() - handOver.alertAfterMs),
        resultBefore: new Date(
          now.getTime() - Math.max(handOver.alertAfterMs, enquiry.answerDueMs),
        ),
      })),
    });
  }
}
