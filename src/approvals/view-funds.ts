import { Injectable } from '@nestjs/common';
import { BatchGate } from '../batches/index.js';
import { Clock } from '../kernel/index.js';
import { FundControl, type FundStanding } from '../ledger/index.js';
import { Database } from '../platform/database/index.js';
import { batchNotFound } from './approvals.errors.js';
import { budgetMonthOf } from './budget-month.rules.js';
import { approvalOf, findSignable } from './round.read.js';

export interface BatchFunds {
  /** Of which month's budget the batch is paid, `yyyy-mm`. */
  readonly month: string;
  /** Whether the money is held for it already: the batch is approved. */
  readonly reserved: boolean;
  readonly funds: readonly FundStanding[];
}

/** What a batch takes of each fund and whether there is enough now, for who is about to sign; holds nothing. */
@Injectable()
export class ViewFunds {
  constructor(
    private readonly database: Database,
    private readonly gate: BatchGate,
    private readonly funds: FundControl,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `approvals.no-such-batch` */
  async of(batchId: string): Promise<BatchFunds> {
    const { reader } = this.database;
    const batch = await findSignable(reader, batchId);
    if (!batch) throw batchNotFound(batchId);
    const approval = await approvalOf(reader, batchId);
    const month = approval?.budgetMonth ?? budgetMonthOf(batch, this.clock.now());
    const needs = await this.gate.fundsOf(reader, batchId);
    const standing = await this.funds.standing(reader, { month, needs });
    const reserved = approval !== null;
    const none = ({ amount }: FundStanding) => amount.minus(amount);
    const funds = standing.map((one) => (reserved ? { ...one, short: none(one) } : one));
    return { month, reserved, funds };
  }
}
