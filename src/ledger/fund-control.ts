import { Injectable } from '@nestjs/common';
import type { Money } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { drawMoney } from './draw-money.js';
import { fundsShort, type Shortfall } from './ledger.errors.js';
import { availableFor, lockFunds } from './ledger.store.js';
import { Ledger } from './ledger.js';
import type { Movement } from './stages.js';

export interface FundNeed {
  readonly fund: string;
  readonly amount: Money;
}

export interface FundStanding extends FundNeed {
  readonly available: Money;
  /** Zero when the fund suffices. */
  readonly short: Money;
}

/**
 * Keeps what is approved within what was allotted. Money is reserved before anything is sent, and of two approvals
 * at the same time the second finds what the first has left.
 */
@Injectable()
export class FundControl {
  constructor(private readonly ledger: Ledger) {}

  /**
   * Reserves for what has just been approved, all funds of it or none.
   * @param approved `month`: the budget month, `yyyy-mm`; what was allotted for later months does not count.
   * @returns the id of the posting.
   * @throws DomainError `ledger.funds-short`, saying for each fund by how much.
   */
  async reserve(
    tx: Tx,
    approved: { id: string; month: string; needs: readonly FundNeed[]; at: Date },
  ): Promise<string | null> {
    const { month, needs } = approved;
    await lockFunds(tx, { funds: needs.map(({ fund }) => fund), year: month.slice(0, 4) });
    const standing = await this.standing(tx, { month, needs });
    const shortfalls = standing
      .filter(({ short }) => short.isPositive())
      .map(({ fund, amount, available, short }): Shortfall => {
        return { fund, month, needed: amount, available, short };
      });
    if (shortfalls.length > 0) throw fundsShort(shortfalls);
    const movements: Movement[] = [];
    for (const need of needs) {
      movements.push(...(await drawMoney(tx, { ...need, month, to: 'reserved' })));
    }
    return this.ledger.post(tx, {
      kind: 'reservation',
      source: { type: 'approval', id: approved.id },
      at: approved.at,
      movements,
    });
  }

  /** Whether funds would suffice now; nothing is held by asking. */
  async standing(
    tx: Tx,
    of: { month: string; needs: readonly FundNeed[] },
  ): Promise<FundStanding[]> {
    const found: FundStanding[] = [];
    for (const need of of.needs) {
      const available = await availableFor(tx, { fund: need.fund, month: of.month });
      const lacks = need.amount.minus(available);
      const short = lacks.isPositive() ? lacks : need.amount.minus(need.amount);
      found.push({ ...need, available, short });
    }
    return found;
  }
}
