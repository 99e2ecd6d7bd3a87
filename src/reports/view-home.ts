import { Injectable } from '@nestjs/common';
import { may, type Actor } from '../identity/index.js';
import { Clock, officeDate, type Period } from '../kernel/index.js';
import { Calendar } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import { upcoming, type Deadline } from './deadline.rules.js';
import { equationOf, summed, termOf, type Equation, type Figure } from './equation.rules.js';
import { MonthMoneyRead, type FailureRow, type RunUnderWay } from './month-money.read.js';
import { ReportSettings } from './report.settings.js';
import { WaitingForYou, type WaitingItem } from './waiting-for-you.js';

/** A programme's money of the month. The rows behind a figure have these filters: month, programme, states of the term. */
export interface MoneyOf extends Equation {
  /** Null: of all programmes. */
  readonly programme: string | null;
  readonly batches: number;
  /** Of the approved: signed once more for payments that had failed. */
  readonly approvedAgain: Figure;
}

export interface MonthMoney {
  /** Budget month, `2026-11`. */
  readonly month: Period;
  readonly all: MoneyOf;
  readonly programmes: readonly MoneyOf[];
}

export interface Home {
  readonly asOf: Date;
  readonly waiting: readonly WaitingItem[];
  /** Null for who may not see payments. */
  readonly money: MonthMoney | null;
  readonly failures: readonly FailureRow[];
  readonly runs: readonly RunUnderWay[];
  readonly deadlines: readonly Deadline[];
}

const CAUSES_SHOWN = 10;

/** Everything that the first page shows. Reads only. */
@Injectable()
export class ViewHome {
  constructor(
    private readonly database: Database,
    private readonly waiting: WaitingForYou,
    private readonly read: MonthMoneyRead,
    private readonly settings: ReportSettings,
    private readonly calendar: Calendar,
    private readonly clock: Clock,
  ) {}

  /** @param month `yyyy-mm`; this month at the office when absent. */
  async of(actor: Actor, month?: Period): Promise<Home> {
    const asOf = this.clock.now();
    const wanted = month ?? officeDate(asOf).slice(0, 7);
    const seesPayments = may(actor, 'payment.read');
    const { reader } = this.database;
    const [waiting, money, failures, runs] = await Promise.all([
      this.waiting.of(actor),
      seesPayments ? this.moneyOf(wanted) : null,
      seesPayments ? this.read.failures(reader, wanted, CAUSES_SHOWN) : [],
      seesPayments ? this.read.runsUnderWay(reader) : [],
    ]);
    return { asOf, waiting, money, failures, runs, deadlines: this.deadlines() };
  }

  /** Runs that are not finished, with what became of their payments so far; cheap enough to be asked again and again. */
  runsUnderWay(): Promise<RunUnderWay[]> {
    return this.read.runsUnderWay(this.database.reader);
  }

  /** What was signed for a month against what became of it, by programme and in all. */
  async moneyOf(month: Period): Promise<MonthMoney> {
    const { approved, standing } = await this.read.standing(this.database.reader, month);
    const codes = [...new Set([...approved, ...standing].map(({ programme }) => programme))].sort();
    const moneyOf = (of: (programme: string) => boolean, programme: string | null): MoneyOf => {
      const signed = approved.filter((row) => of(row.programme));
      const again = signed.map((row) => ({ count: row.againCount, total: row.againTotal }));
      const unborn = signed.map((row) => ({ count: row.unbornCount, total: row.unbornTotal }));
      const parts = standing
        .filter((row) => of(row.programme))
        .map(({ state, count, total }) => ({ term: termOf(state), count, total }));
      return {
        programme,
        batches: signed.reduce((sum, { batches }) => sum + batches, 0),
        approvedAgain: summed(again),
        ...equationOf(summed(signed), [
          ...parts,
          ...unborn.map((figure) => ({ term: 'inFlight' as const, ...figure })),
        ]),
      };
    };
    return {
      month,
      all: moneyOf(() => true, null),
      programmes: codes.map((code) => moneyOf((programme) => programme === code, code)),
    };
  }

  /** The next time of one deadline; null when the office has none of that code. */
  deadline(code: string): Deadline | null {
    return this.deadlines().find((one) => one.code === code) ?? null;
  }

  private deadlines(): Deadline[] {
    const today = officeDate(this.clock.now());
    return upcoming(this.settings.deadlines, { today, calendar: this.calendar });
  }
}
