import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import {
  Clock,
  firstDayOf,
  InvalidValueError,
  newId,
  parsePeriod,
  type Money,
} from '../kernel/index.js';
import { Funds } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { drawMoney } from './draw-money.js';
import {
  allotsNothing,
  fundsShort,
  noSuchFund,
  notAYearOrMonth,
  takingBackNeedsNote,
} from './ledger.errors.js';
import { Ledger } from './ledger.js';
import { availableFor, insertAllotment, lockFunds } from './ledger.store.js';
import type { Movement } from './stages.js';

export interface AllotOrder {
  readonly actor: Actor;
  /** Code of a fund in config/funds.yaml. */
  readonly fund: string;
  /** `2026`: may be spent from January on; `2026-11` or `11/2026`: from that month's lists on. */
  readonly period: string;
  /** Below zero takes money back, as far as it is not reserved or spent. */
  readonly amount: Money;
  readonly decisionNumber: string;
  /** ISO 8601 date. */
  readonly decisionDate: string;
  readonly note: string | null;
}

/** Enters a decision that gives a fund money for a year or month; a correction is another decision. */
@Injectable()
export class AllotFunds {
  constructor(
    private readonly database: Database,
    private readonly funds: Funds,
    private readonly ledger: Ledger,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `ledger.funds-short` when more is taken back than is left. */
  async allot(order: AllotOrder): Promise<{ allotmentId: string }> {
    const { actor, amount, note } = order;
    assertMay(actor, 'fund.allot');
    const fund = this.funds.find(order.fund);
    if (!fund) throw noSuchFund(order.fund);
    const { period, month } = budgetPeriod(order.period);
    if (amount.isZero()) throw allotsNothing();
    if (!amount.isPositive() && note === null) throw takingBackNeedsNote();
    const [allotmentId, transactionId] = [newId(), newId()];
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      await this.ledger.post(tx, {
        id: transactionId,
        kind: 'allotment',
        source: { type: 'allotment', id: allotmentId },
        at,
        movements: amount.isPositive()
          ? [{ fund: fund.code, month, from: 'allotted', to: 'available', amount }]
          : await takeBack(tx, {
              fund: fund.code,
              month,
              amount: amount.minus(amount).minus(amount),
            }),
      });
      await insertAllotment(tx, {
        ...order,
        id: allotmentId,
        fund: fund.code,
        period,
        month,
        transactionId,
        by: actor,
        at,
      });
      await this.audit.record(tx, {
        actor,
        action: 'fund.allotted',
        subject: { type: 'allotment', id: allotmentId },
        detail: { fund: fund.code, period, amount: amount.toString(), transactionId },
      });
    });
    return { allotmentId };
  }
}

/** @throws DomainError `ledger.funds-short` */
async function takeBack(
  tx: Tx,
  of: { fund: string; month: string; amount: Money },
): Promise<Movement[]> {
  const { fund, month, amount } = of;
  await lockFunds(tx, { funds: [fund], year: month.slice(0, 4) });
  const available = await availableFor(tx, { fund, month });
  const short = amount.minus(available);
  if (short.isPositive()) throw fundsShort([{ fund, month, needed: amount, available, short }]);
  return drawMoney(tx, { ...of, to: 'allotted' });
}

/** A year's money may be spent from its January on. @throws DomainError `ledger.not-a-year-or-month` */
function budgetPeriod(text: string): { period: string; month: string } {
  const period = readPeriod(text);
  if (!/^\d{4}(-\d{2})?$/.test(period)) throw notAYearOrMonth(text);
  return { period, month: firstDayOf(period).slice(0, 7) };
}

function readPeriod(text: string): string {
  try {
    return parsePeriod(text);
  } catch (error) {
    if (error instanceof InvalidValueError) throw notAYearOrMonth(text);
    throw error;
  }
}
