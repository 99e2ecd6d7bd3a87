import { Injectable } from '@nestjs/common';
import { batchApproved } from '../approvals/index.js';
import { BankRegistry, railFor, worksOnWorkingDaysOnly, type Rail } from '../banks/index.js';
import { SignedLines } from '../batches/index.js';
import { bankText, Clock, InvariantError, Money, newId } from '../kernel/index.js';
import { Calendar } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { Database, lookAtGrown, type Tx } from '../platform/database/index.js';
import { OnEvent } from '../platform/queue/index.js';
import {
  growSubmissions,
  insertPayments,
  insertSubmissions,
  linesToPay,
  type Birth,
  type LineToPay,
  type NewSubmission,
} from './birth.store.js';
import {
  messageReferenceOf,
  Packer,
  packingOf,
  type Pack,
  type Packing,
} from './grouping.rules.js';
import { planDeadline, planStart, type Planned } from './run-schedule.rules.js';
import {
  appendRunHistory,
  approvedBatch,
  insertRun,
  RUN_BY_SYSTEM,
  scheduleRun,
  type NewRun,
} from './run.store.js';

/** Lines that become payments in one round trip; bounds the memory, not the batch. */
const LINES_PER_PAGE = 5000;
/** What has a row for each payment of a new run. */
const RUN_TABLES = ['payment', 'payment_key', 'payment_history', 'submission'];
const NARRATIVE_MAX = 25;

/** A line with the bank, the rail and the rule that will carry it. */
interface RoutedLine extends LineToPay {
  readonly packing: Packing;
  readonly rail: Rail;
  readonly rule: string;
}

/** The starts of a run's parts, as they come up: a rail of working days may have another one. */
type Starts = Map<boolean, Planned>;

/**
 * An approved batch becomes a run of payments: all of them or none, once, and only when its lines are still the
 * ones that were signed. Each is routed to a bank by its BIN and to a rail of that bank by its amount; they are
 * grouped per bank and rail into submissions and wait for their day.
 */
@OnEvent(batchApproved, { subscriber: 'payments.create-run' })
@Injectable()
export class CreateRun {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly signedLines: SignedLines,
    private readonly calendar: Calendar,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws InvariantError when the lines are not what was signed, or no bank pays to one of them. */
  async handle(approved: { batchId: string; approvalId: string }): Promise<void> {
    const added = await this.database.transaction(async (tx) => {
      const batch = await approvedBatch(tx, approved);
      if (!batch) throw new InvariantError('an approval without its approved batch', approved);
      const at = this.clock.now();
      const run: NewRun = {
        ...batch,
        ...approved,
        id: newId(),
        scheduledFor: at,
        deadlineAt: at,
        at,
      };
      if (!(await insertRun(tx, run))) return 0;
      const signed = await this.signedLines.verify(tx, approved.batchId);
      if (!signed.ok)
        throw new InvariantError('the lines are not the ones that were signed', approved);
      const starts: Starts = new Map();
      const born = await this.bearPayments(tx, run, starts);
      if (born !== batch.lineCount) {
        throw new InvariantError('not every line became a payment', { ...approved, born });
      }
      const notes = await this.schedule(tx, run, starts);
      await appendRunHistory(tx, [{ runId: run.id, from: null, to: 'scheduled' }], {
        happened: 'created',
        at,
        actor: RUN_BY_SYSTEM,
        reason: notes.join(' ') || undefined,
      });
      return born;
    });
    await lookAtGrown(this.database.reader, { tables: RUN_TABLES, added });
  }

  private async bearPayments(tx: Tx, run: NewRun, starts: Starts): Promise<number> {
    const narrative = bankText(`${run.programme} ${run.period}`, NARRATIVE_MAX);
    const packer = new Packer<RoutedLine>();
    let born = 0;
    for (let afterLineNo = 0; ;) {
      const lines = await linesToPay(tx, {
        batchId: run.batchId,
        afterLineNo,
        limit: LINES_PER_PAGE,
      });
      const last = lines.at(-1);
      if (!last) return born;
      afterLineNo = last.lineNo;
      const packs = packer.add(
        lines.map((line) => this.routed(line)),
        (line) => line.packing,
      );
      const submissions = packs.map((pack) =>
        submissionOf(pack, run, this.startOf(pack, run, starts)),
      );
      await insertSubmissions(
        tx,
        submissions.filter((_, nth) => packs[nth]?.isNew),
        run.at,
      );
      await growSubmissions(
        tx,
        submissions.filter((_, nth) => !packs[nth]?.isNew),
      );
      born += await insertPayments(tx, packs.flatMap(birthsOf), {
        runId: run.id,
        narrative,
        at: run.at,
      });
    }
  }

  private routed(line: LineToPay): RoutedLine {
    const { bankBin } = line;
    const bankCode = this.banks.route(bankBin);
    if (bankCode === null) throw new InvariantError('no bank pays to this one', { bankBin });
    const bank = this.banks.of(bankCode);
    const routed = railFor(bank.settings.rails, { amount: Money.of(line.amount), bankBin });
    if (!routed) {
      throw new InvariantError('no rail of the bank carries so much', {
        bankCode,
        lineId: line.id,
      });
    }
    return { ...line, ...routed, packing: packingOf(bank, routed.rail) };
  }

  private startOf({ items: [first] }: Pack<RoutedLine>, run: NewRun, starts: Starts): Date {
    const onWorkingDaysOnly = first !== undefined && worksOnWorkingDaysOnly(first.rail);
    const { payOn, at: now } = run;
    const start =
      starts.get(onWorkingDaysOnly) ??
      planStart({ payOn, now, onWorkingDaysOnly, calendar: this.calendar });
    starts.set(onWorkingDaysOnly, start);
    return start.at;
  }

  /** Now that it is known which rails carry the run, it gets its start and its deadline; gives what to tell of them. */
  private async schedule(tx: Tx, run: NewRun, starts: Starts): Promise<string[]> {
    const planned = [...starts.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
    const deadline = planDeadline({
      lastStartAt: planned.at(-1)?.at ?? run.at,
      hours: this.config.settings.RUN_DEADLINE_HOURS,
      calendar: this.calendar,
    });
    await scheduleRun(tx, {
      runId: run.id,
      scheduledFor: planned[0]?.at ?? run.at,
      deadlineAt: deadline.at,
    });
    return [...planned, deadline].flatMap(({ note }) => (note === null ? [] : [note]));
  }
}

function submissionOf(
  { submissionId, packing, items, total }: Pack<RoutedLine>,
  run: NewRun,
  notBefore: Date,
): NewSubmission {
  return {
    id: submissionId,
    runId: run.id,
    bankCode: packing.bankCode,
    rail: packing.rail,
    mode: packing.mode,
    reference: messageReferenceOf(submissionId),
    paymentCount: items.length,
    total: total.toString(),
    notBefore,
  };
}

function birthsOf({ submissionId, packing, items }: Pack<RoutedLine>): Birth[] {
  const { bankCode, rail } = packing;
  return items.map((line) => ({
    paymentId: newId(),
    lineId: line.id,
    submissionId,
    bankCode,
    rail,
    railRule: line.rule,
  }));
}
