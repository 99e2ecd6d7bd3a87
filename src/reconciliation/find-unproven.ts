import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../banks/index.js';
import { HoldBeneficiaries } from '../beneficiaries/index.js';
import { Clock, Money, officeDate } from '../kernel/index.js';
import { Calendar } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import type { FoundException } from './exception.rules.js';
import { endExceptions, insertExceptions } from './exception.store.js';
import { payeesOf } from './matching.store.js';
import { officeMidnight, workingDaysBefore } from './span.rules.js';
import {
  factsGone,
  returnedAfterUndoing,
  returnsUnproven,
  scanTurn,
  settledUnproven,
  storeScan,
  unknownNotThere,
  type Unproven,
} from './unproven.store.js';

/** Payments that one transaction looks at. */
const AT_ONCE = 5_000;
/** More transactions than a bank without any statement needs for a national run. */
const ROUNDS = 2_000;
/** What was told while an earlier search read may be committed after it. */
const OVERLAP_MS = 10 * 60_000;
const PAID_AFTER_ALL = 'DUPL';

/**
 * Finds what our books say and no statement proves, and ends what has been proven meanwhile. Looks at each settled
 * payment when it is told and when it has come of age, not at all of them every time.
 */
@Injectable()
export class FindUnproven {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly calendar: Calendar,
    private readonly holds: HoldBeneficiaries,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @returns how many exceptions are new. */
  async find(): Promise<number> {
    const at = this.clock.now();
    const days = this.config.settings.PAID_MISSING_AFTER_DAYS;
    const lastDay = workingDaysBefore(this.calendar, officeDate(at), days);
    // The first instant that is not due yet.
    const dueBefore = officeMidnight(lastDay, 1);
    let found = 0;
    found += await this.settled('told', { upTo: at, settledBefore: dueBefore, at });
    found += await this.settled('aged', { upTo: dueBefore, settledBefore: null, at });
    found += await this.inTurns(at, (tx) => returnsUnproven(tx, { dueBefore, limit: AT_ONCE }));
    found += await this.inTurns(at, (tx) =>
      unknownNotThere(tx, { banks: this.windows(), limit: AT_ONCE }),
    );
    found += await this.inTurns(at, (tx) => this.paidAfterAll(tx, at));
    await this.end(at);
    return found;
  }

  /** Of the settled payments that were told since the last search, those that are due and have no debit. */
  private async settled(
    scan: 'told' | 'aged',
    span: { upTo: Date; settledBefore: Date | null; at: Date },
  ): Promise<number> {
    const { upTo, settledBefore, at } = span;
    const found = await this.inTurns(at, async (tx) => {
      const until = await scanTurn(tx, scan);
      const after = new Date(until.getTime() - OVERLAP_MS);
      return settledUnproven(tx, { after, upTo, settledBefore, limit: AT_ONCE });
    });
    await this.database.transaction((tx) => storeScan(tx, { scan, until: upTo }));
    return found;
  }

  private async inTurns(at: Date, look: (tx: Tx) => Promise<Unproven[]>): Promise<number> {
    let told = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const found = await this.database.transaction(async (tx) => {
        const unproven = await look(tx);
        told += await insertExceptions(tx, unproven.map(asException), {
          reconciliationId: null,
          at,
        });
        return unproven.length;
      });
      if (found < AT_ONCE) break;
    }
    return told;
  }

  /**
   * A credit took back the debit that was one too many, and then the bank's notice said that the payment came back:
   * one payment is out, and its entitlement is owed again.
   */
  private async paidAfterAll(tx: Tx, at: Date): Promise<Unproven[]> {
    const found = await returnedAfterUndoing(tx, AT_ONCE);
    const beneficiaryIds = await payeesOf(
      tx,
      found.map(({ paymentId }) => paymentId),
    );
    await this.holds.hold(tx, {
      beneficiaryIds,
      reasonCode: PAID_AFTER_ALL,
      cause: 'statement',
      at,
    });
    return found;
  }

  private async end(at: Date): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const ended = await this.database.transaction(async (tx) => {
        const ids = await factsGone(tx, AT_ONCE);
        return endExceptions(tx, { ids, why: 'fact-gone', at });
      });
      if (ended < AT_ONCE) break;
    }
  }

  private windows(): { bank: string; windowMs: number }[] {
    return this.banks
      .all()
      .map(({ code, settings }) => ({ bank: code, windowMs: settings.enquiry.notFoundWindowMs }));
  }
}

function asException(unproven: Unproven): FoundException {
  const { kind, bank, paymentId, since, amount, currency, covered } = unproven;
  const day = officeDate(since);
  return {
    kind,
    fingerprint: `${unproven.mark} ${paymentId}${unproven.episode}`,
    bank,
    from: day,
    to: day,
    paymentId,
    amount: Money.of(amount, currency),
    detail: { since: since.toISOString(), ...(covered !== null && { covered }) },
  };
}
