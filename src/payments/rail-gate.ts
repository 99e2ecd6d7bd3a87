import { Injectable } from '@nestjs/common';
import {
  BankRegistry,
  nextDayOf,
  openAt,
  railOf,
  type Bank,
  type ClosedBecause,
  type Rail,
} from '../banks/index.js';
import { Money, officeDate, startOfOfficeDay } from '../kernel/index.js';
import { Calendar } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import {
  addToDay,
  lockDay,
  recountDay,
  shareDay,
  type OfDay,
  type RailDay,
} from './rail-day.store.js';
import {
  putOffDue,
  putOffOne,
  releaseWaiting,
  waitingSubmissions,
  type PutOff,
  type WaitingSubmission,
} from './rail.store.js';

/** Why a submission waits by rule, and not because nobody came. */
export type WaitsBecause = ClosedBecause | 'day-limit' | 'no-such-rail';

const HOURS: readonly ClosedBecause[] = [
  'closed-day',
  'before-hours',
  'after-cut-off',
  'after-hours',
];

/** A full day is counted anew at most so often: what was surely not sent leaves room again. */
const RECOUNT_AFTER_MS = 60_000;
/** A rail that the bank's file no longer has is looked for again after this. */
const LOOK_AGAIN_AFTER_MS = 15 * 60_000;
/** Submissions that one look at a rail puts off or lets go. */
const MOVED_AT_ONCE = 10_000;
const DAY_MS = 24 * 3_600_000;

const log = logger('payments');

/** A submission that its rail lets through now. Counted when it is known what is really sent. */
export interface Admission {
  readonly submissionId: string;
  /** Null where the rail has no limit a day. */
  readonly day: OfDay | null;
}

/** What of a day is let through by this claim already. */
interface Before {
  payments: number;
  amount: Money;
}

/**
 * Whether a rail takes what waits for it: its hours, its working days, and its limits a day. What it does not take
 * is put off to when it does, and says why; nothing is tried, nothing takes another rail.
 */
@Injectable()
export class RailGate {
  constructor(
    private readonly banks: BankRegistry,
    private readonly calendar: Calendar,
  ) {}

  /**
   * At the claim, before anything of it is written: those of these submissions that may be claimed. Others are not
   * there to claim, or were put off. Takes a day's counter where there is a limit, before any other lock: nobody who
   * holds another asks for it.
   */
  async admit(tx: Tx, given: { submissionIds: readonly string[]; at: Date }): Promise<Admission[]> {
    const admitted: Admission[] = [];
    const sofar = new Map<string, Before>();
    for (const waiting of await waitingSubmissions(tx, given)) {
      const { submissionId, bankCode } = waiting;
      const rail = railOf(this.banks.of(bankCode).settings.rails, waiting.rail);
      const day = rail && hasDayLimit(rail) ? dayOf(waiting, given.at) : null;
      const before = sofar.get(waiting.rail) ?? { payments: 0, amount: Money.zero() };
      const putOff =
        this.closed(waiting, rail, given.at) ??
        (rail && day && (await this.full(tx, { waiting, rail, day, before })));
      if (putOff) {
        await putOffOne(tx, { submissionId, at: given.at, ...putOff });
        continue;
      }
      before.payments += waiting.payments;
      before.amount = before.amount.plus(Money.of(waiting.amount));
      sofar.set(waiting.rail, before);
      admitted.push({ submissionId, day });
    }
    return admitted;
  }

  /** What the claim really sends today. */
  async count(
    tx: Tx,
    admissions: readonly Admission[],
    sent: readonly { readonly submissionId: string; readonly amount: string }[],
  ): Promise<void> {
    const days = new Map(admissions.flatMap(({ day }) => (day ? [[day.rail, day] as const] : [])));
    for (const day of days.values()) {
      const own = new Set(
        admissions.filter((one) => one.day?.rail === day.rail).map((one) => one.submissionId),
      );
      const payments = sent.filter(({ submissionId }) => own.has(submissionId));
      if (payments.length === 0) continue;
      const amount = Money.sum(payments.map((payment) => Money.of(payment.amount))).toString();
      await addToDay(tx, { ...day, payments: payments.length, amount });
    }
  }

  /** The sweeper's part: whatever waits for a bank is put off or let go as a whole, before anybody is rung for it. */
  async arrange(tx: Tx, bank: Bank, at: Date): Promise<void> {
    for (const rail of bank.settings.rails) {
      const of = { bankCode: bank.code, rail: rail.code, at, limit: MOVED_AT_ONCE };
      const opening = openAt(rail, this.calendar, at);
      if (!opening.isOpen) {
        await putOffDue(tx, { ...of, because: opening.why, until: opening.until });
        continue;
      }
      await releaseWaiting(tx, { ...of, because: HOURS });
      if (hasDayLimit(rail)) await this.share(tx, rail, of);
    }
  }

  private closed(
    { bankCode, rail: code }: WaitingSubmission,
    rail: Rail | null,
    at: Date,
  ): PutOff | null {
    if (!rail) {
      log.error({ bank: bankCode, rail: code }, 'payments wait for a rail that is not configured');
      const until = new Date(at.getTime() + LOOK_AGAIN_AFTER_MS);
      return { because: 'no-such-rail' satisfies WaitsBecause, until };
    }
    const opening = openAt(rail, this.calendar, at);
    return opening.isOpen ? null : { because: opening.why, until: opening.until };
  }

  private async full(
    tx: Tx,
    given: { waiting: WaitingSubmission; rail: Rail; day: OfDay; before: Before },
  ): Promise<PutOff | null> {
    const { waiting, rail, day, before } = given;
    const isFull = (sent: RailDay): boolean => {
      const left = leftOf(rail, sent);
      const amount = before.amount.plus(Money.of(waiting.amount));
      return (
        (left.payments !== null && before.payments + waiting.payments > left.payments) ||
        (left.amount !== null && amount.compare(left.amount) > 0)
      );
    };
    if (!isFull(await this.counted(tx, day, isFull))) return null;
    return { because: 'day-limit', until: nextDayOf(rail, this.calendar, day.at) };
  }

  /** The day's count; taken from the payments themselves when it would say no and is not fresh. */
  private async counted(tx: Tx, day: OfDay, isFull: (sent: RailDay) => boolean): Promise<RailDay> {
    const sent = await lockDay(tx, day);
    const isFresh = day.at.getTime() - sent.countedAt.getTime() < RECOUNT_AFTER_MS;
    return isFresh || !isFull(sent) ? sent : ((await recountDay(tx, day)) ?? sent);
  }

  private async share(
    tx: Tx,
    rail: Rail,
    of: { bankCode: string; rail: string; at: Date; limit: number },
  ): Promise<void> {
    const sent = await this.counted(tx, dayOf(of, of.at), () => true);
    const { payments, amount } = leftOf(rail, sent);
    await shareDay(tx, {
      ...of,
      left: { payments, amount: amount?.toString() ?? null },
      because: 'day-limit',
      until: nextDayOf(rail, this.calendar, of.at),
    });
  }
}

function hasDayLimit({ limits: { perDay } }: Rail): boolean {
  return perDay.payments !== undefined || perDay.amount !== undefined;
}

/** What is left of the day, never less than nothing; null where it knows no such limit. */
function leftOf(
  { limits: { perDay } }: Rail,
  sent: RailDay,
): { payments: number | null; amount: Money | null } {
  const amount =
    perDay.amount === undefined ? null : Money.of(perDay.amount).minus(Money.of(sent.amount));
  return {
    payments: perDay.payments === undefined ? null : Math.max(0, perDay.payments - sent.payments),
    amount: amount === null || amount.isPositive() ? amount : Money.zero(),
  };
}

function dayOf({ bankCode, rail }: { bankCode: string; rail: string }, at: Date): OfDay {
  const day = officeDate(at);
  const from = startOfOfficeDay(day);
  return { bankCode, rail, at, day, from, to: new Date(from.getTime() + DAY_MS) };
}
