import { Injectable } from '@nestjs/common';
import { batchApproved } from '../approvals/index.js';
import { BankRegistry } from '../banks/index.js';
import { SignedLines } from '../batches/index.js';
import { bankText, Clock, InvariantError, newId, startOfOfficeDay } from '../kernel/index.js';
import { AppConfig } from '../platform/config/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { OnEvent } from '../platform/queue/index.js';
import { insertPayments, insertSubmissions, linesToPay, type Birth } from './birth.store.js';
import { messageReferenceOf, pack, type Packing } from './grouping.rules.js';
import {
  appendRunHistory,
  approvedBatch,
  insertRun,
  RUN_BY_SYSTEM,
  type NewRun,
} from './run.store.js';

/** Lines that become payments in one round trip; bounds the memory, not the batch. */
const LINES_PER_PAGE = 5000;
const NARRATIVE_MAX = 25;

/**
 * An approved batch becomes a run of payments: all of them or none, once, and only when its lines are still the
 * ones that were signed. They are grouped per bank into submissions and wait for their day.
 */
@OnEvent(batchApproved, { subscriber: 'payments.create-run' })
@Injectable()
export class CreateRun {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly signedLines: SignedLines,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws InvariantError when the lines are not what was signed, or no bank pays to one of them. */
  async handle(approved: { batchId: string; approvalId: string }): Promise<void> {
    await this.database.transaction(async (tx) => {
      const batch = await approvedBatch(tx, approved);
      if (!batch) throw new InvariantError('an approval without its approved batch', approved);
      const at = this.clock.now();
      const scheduledFor = startOf(batch.payOn, at);
      const run: NewRun = {
        ...batch,
        ...approved,
        id: newId(),
        scheduledFor,
        deadlineAt: new Date(
          scheduledFor.getTime() + this.config.settings.RUN_DEADLINE_HOURS * 3_600_000,
        ),
        at,
      };
      if (!(await insertRun(tx, run))) return;
      const signed = await this.signedLines.verify(tx, approved.batchId);
      if (!signed.ok)
        throw new InvariantError('the lines are not the ones that were signed', approved);
      const born = await this.bearPayments(tx, run);
      if (born !== batch.lineCount) {
        throw new InvariantError('not every line became a payment', { ...approved, born });
      }
      await appendRunHistory(tx, [{ runId: run.id, from: null, to: 'scheduled' }], {
        happened: 'created',
        at,
        actor: RUN_BY_SYSTEM,
      });
    });
  }

  private async bearPayments(tx: Tx, run: NewRun): Promise<number> {
    const narrative = bankText(`${run.programme} ${run.period}`, NARRATIVE_MAX);
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
      const packs = pack(lines, (line) => this.packingFor(line.bankBin));
      await insertSubmissions(
        tx,
        packs.map((p) => ({
          id: p.submissionId,
          runId: run.id,
          bankCode: p.packing.bankCode,
          mode: p.packing.mode,
          reference: messageReferenceOf(p.submissionId),
          paymentCount: p.items.length,
          total: p.total.toString(),
          notBefore: run.scheduledFor,
        })),
        run.at,
      );
      const births = packs.flatMap((p) =>
        p.items.map((line): Birth => ({
          paymentId: newId(),
          lineId: line.id,
          submissionId: p.submissionId,
          bankCode: p.packing.bankCode,
        })),
      );
      born += await insertPayments(tx, births, { runId: run.id, narrative, at: run.at });
    }
  }

  private packingFor(bankBin: string): Packing {
    const bankCode = this.banks.route(bankBin);
    if (bankCode === null) throw new InvariantError('no bank pays to this one', { bankBin });
    const { mode, maxPerSubmission } = this.banks.of(bankCode).settings;
    return { bankCode, mode, maxPerSubmission };
  }
}

/** The start of the pay date at the office, or now when there is none or it has passed. */
function startOf(payOn: string | null, now: Date): Date {
  if (payOn === null) return now;
  const start = startOfOfficeDay(payOn);
  return start > now ? start : now;
}
