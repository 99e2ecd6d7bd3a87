import { AuditTrail } from '../../src/audit/index.js';
import {
  BankGate,
  BankRegistry,
  bankFileSchema,
  NoteCall,
  SwitchBank,
  type BankFile,
  type ClosableAdapter,
} from '../../src/banks/index.js';
import { CallMetrics } from '../../src/banks/call.metrics.js';
import { HoldBeneficiaries } from '../../src/beneficiaries/index.js';
import { EntitlementMoves } from '../../src/entitlements/index.js';
import type { Clock, ManualClock } from '../../src/kernel/index.js';
import { Ledger } from '../../src/ledger/index.js';
import { CheckSigned } from '../../src/payments/check-signed.js';
import { AskAfterAccepted } from '../../src/payments/ask-after-accepted.js';
import { ClaimSubmissions } from '../../src/payments/claim-submissions.js';
import { CreateRun } from '../../src/payments/create-run.js';
import { EnquirePayments, ENQUIRE_PAYMENTS } from '../../src/payments/enquire-payments.js';
import {
  FailedPaymentReads,
  OperateRun,
  RecordOutcomes,
  ReissueOrderReads,
  ReissuePayments,
  ReissueSelected,
  RunReads,
} from '../../src/payments/index.js';
import { SweepPayments } from '../../src/payments/jobs/sweep-payments.js';
import { PaymentBooks } from '../../src/payments/payment-books.js';
import { OutcomeMetrics } from '../../src/payments/outcome.metrics.js';
import { RailGate } from '../../src/payments/rail-gate.js';
import { RecordAttempt } from '../../src/payments/record-attempt.js';
import { SendSubmission, SEND_SUBMISSION } from '../../src/payments/send-submission.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { rows } from '../../src/platform/database/index.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import type { Doorbell } from '../../src/platform/queue/index.js';
import type { TestDatabase } from '../setup/database.js';
import { batchDesk } from './batch-desk.js';
import { anOffice, type Office } from './officers.js';
import { areOwed, type Owed } from './owed.js';
import { repositoryReference } from './reference.js';
import { RecordingDoorbell, type Rung } from './recording-doorbell.js';
import { ScriptedBank } from './scripted-bank.js';
import { signingRoom } from './signing-room.js';

/** BIN of a payee bank that the instant bank pays to; every other goes through the bulk bank. */
export const INSTANT_BIN = '970436';

const FILES = {
  bulk: { code: 'bulk-bank', receives: '*', mode: 'bulk', maxPerSubmission: 3 },
  instant: { code: 'instant-bank', receives: [INSTANT_BIN], mode: 'single', maxPerSubmission: 1 },
} as const;

/** What is unusual about a bank's file. */
export type BankOddities = Partial<Omit<BankFile, 'code' | 'adapter' | 'receives' | 'mode'>>;

const fileOf = (
  which: keyof typeof FILES,
  odd: BankOddities & Partial<Pick<BankFile, 'receives'>> = {},
): BankFile =>
  bankFileSchema.parse({
    name: `Bank ${which}`,
    adapter: 'scripted',
    concurrency: 4,
    rateLimit: { max: 1000, perMs: 1000 },
    timeoutMs: 5000,
    retry: { baseMs: 1000, capMs: 60_000, jitter: 0 },
    enquiry: {
      intervalsMs: [60_000, 300_000, 1_800_000],
      acceptedAfterMs: 7_200_000,
      maxPerEnquiry: 100,
      notFoundWindowMs: 600_000,
    },
    idempotentByReference: true,
    ...FILES[which],
    ...odd,
  });

/** A batch that everybody has signed. */
export interface SignedBatch {
  readonly batchId: string;
  readonly approvalId: string;
  readonly lineCount: number;
}

export interface PaymentSeen {
  id: string;
  reference: string;
  state: string;
  bankCode: string;
  submissionId: string;
  accountNumber: string;
  amount: string;
  entitlementId: string;
  beneficiaryId: string;
  reasonCode: string | null;
  enquiries: number;
  nextEnquiryAt: Date | null;
}

/**
 * Everything from a signed batch to settled payments on a real database: the real use cases, two scripted banks,
 * a clock in the hand, and a doorbell that collects its rings until `work` answers them. Time and order are the
 * caller's.
 */
export async function paymentDesk(
  db: Pick<TestDatabase, 'database' | 'url'>,
  clock: ManualClock,
  odd: {
    bulk?: BankOddities;
    instant?: BankOddities;
    office?: Office;
    /** In place of the scripted bulk bank. */
    bulkAdapter?: ClosableAdapter;
    /** Payee banks of the instant bank, where not INSTANT_BIN. */
    instantReceives?: string[];
  } = {},
) {
  const { database } = db;
  const receives = odd.instantReceives ?? [INSTANT_BIN];
  const files = [fileOf('bulk', odd.bulk), fileOf('instant', { ...odd.instant, receives })];
  const made = new Map<string, ScriptedBank>();
  const scripted = {
    create: (file: BankFile) => {
      if (file.code === FILES.bulk.code && odd.bulkAdapter) return odd.bulkAdapter;
      const bank = new ScriptedBank(file);
      made.set(file.code, bank);
      return bank;
    },
  };
  const banks = BankRegistry.of(files, clock, new Map([['scripted', scripted]]));
  const batches = batchDesk(database, clock);
  const room = signingRoom(database, clock);
  const office = odd.office ?? (await anOffice(database.reader));
  const parts = partsOf(db, clock, banks);
  const doorbell = new RecordingDoorbell();
  const sweeper = parts.sweeperOf(doorbell);

  const sign = async (batchId: string): Promise<SignedBatch> => {
    const seen = await batches.proposing.propose({ actor: office.preparer, batchId });
    await room.signing.sign({ actor: office.accountant, batchId, seen });
    const { approvalId } = await room.signing.sign({ actor: office.holder, batchId, seen });
    if (approvalId === null) throw new Error('the office has too few signers for this batch');
    return { batchId, approvalId, lineCount: seen.lineCount };
  };

  return {
    ...parts,
    banks,
    batches,
    clock,
    doorbell,
    office,
    room,
    sweeper,
    get bulk(): ScriptedBank {
      return bankOf(made, 'bulk-bank');
    },
    instant: bankOf(made, 'instant-bank'),

    sign,

    /** A batch of these people, assembled, proposed and signed by the office. */
    async approved(owed: readonly Owed[], order: { payOn?: string } = {}): Promise<SignedBatch> {
      const period = nextPeriod();
      await areOwed(
        database.reader,
        owed.map((one) => ({ ...one, period })),
      );
      const { batchId } = await batches.assembling.assemble({
        actor: office.preparer,
        programme: 'NCC_MONTHLY',
        period,
        ...order,
      });
      return sign(batchId);
    },

    /** A run of `count` people (at the bulk bank unless said otherwise), started but not rung for. */
    async running(owed: readonly Owed[]): Promise<{ runId: string } & SignedBatch> {
      const batch = await this.approved(owed);
      await parts.createRun.handle(batch);
      await sweeper.sweep();
      return { ...batch, runId: await this.runOf(batch.batchId) };
    },

    async runOf(batchId: string): Promise<string> {
      const sql = 'select id from payment_run where batch_id = $1';
      const [run] = await rows<{ id: string }>(database.reader, sql, [batchId]);
      if (!run) throw new Error('the batch has no run');
      return run.id;
    },

    /** Answers the rings that were collected, one after the other, in the order given; tells how many. */
    async work(order: (rings: Rung[]) => Rung[] = (rings) => rings): Promise<number> {
      const rings = order(doorbell.take());
      for (const ring of rings) await this.answerRing(ring);
      return rings.length;
    },

    async answerRing({ ring }: Rung): Promise<void> {
      const { submissionId, bankCode } = ring.payload;
      if (ring.name === SEND_SUBMISSION) {
        await parts.sending.handle({ submissionId: String(submissionId) });
      } else if (ring.name === ENQUIRE_PAYMENTS) {
        await parts.enquiring.handle({ bankCode: String(bankCode) });
      }
    },

    /** Sweeps and works until `ms` have passed on the clock, looking every `stepMs`. */
    async passTime(ms: number, stepMs = ms): Promise<void> {
      for (let passed = 0; passed < ms; passed += stepMs) {
        clock.advanceMs(stepMs);
        await sweeper.sweep();
        await this.work();
      }
    },

    payments(runId: string): Promise<PaymentSeen[]> {
      return rows<PaymentSeen>(
        database.reader,
        `select id, reference, state, bank_code as "bankCode", submission_id as "submissionId",
                account_number as "accountNumber", amount, entitlement_id as "entitlementId",
                beneficiary_id as "beneficiaryId", reason_code as "reasonCode", enquiries,
                next_enquiry_at as "nextEnquiryAt"
           from payment where run_id = $1 order by line_no`,
        [runId],
      );
    },

    async states(runId: string): Promise<string[]> {
      return (await this.payments(runId)).map((p) => p.state);
    },
  };
}

export type PaymentDesk = Awaited<ReturnType<typeof paymentDesk>>;

/** The use cases of payments, put together by hand. */
export function partsOf(
  { database, url }: Pick<TestDatabase, 'database' | 'url'>,
  clock: Clock,
  banks: BankRegistry,
  { subscribers = new SubscriberRegistry(), metrics = new Metrics() } = {},
) {
  const { signedLines, followUps } = batchDesk(database, clock);
  const audit = new AuditTrail(clock);
  const outbox = new Outbox(subscribers, clock);
  const holds = new HoldBeneficiaries(clock);
  const moves = new EntitlementMoves();
  const books = new PaymentBooks(new Ledger());
  const { reasons, calendar } = repositoryReference();
  const counted = new OutcomeMetrics(metrics, database, reasons);
  const outcomes = new RecordOutcomes(banks, moves, holds, books, outbox, counted);
  const recording = new RecordAttempt(database, outcomes, books, clock, metrics);
  const config = new AppConfig(readSettings({ NODE_ENV: 'test' }), {}, url);
  const rails = new RailGate(banks, calendar);
  const checking = new CheckSigned(signedLines, clock);
  const gate = new BankGate();
  const noting = new NoteCall(database, gate, clock, new CallMetrics(metrics));
  const claiming = new ClaimSubmissions(database, gate, rails, checking, moves, books, clock);
  return {
    noting,
    switching: new SwitchBank(database, banks, audit, clock),
    outcomes,
    createRun: new CreateRun(database, banks, signedLines, calendar, config, clock),
    sending: new SendSubmission(database, banks, claiming, recording, noting, clock),
    enquiring: new EnquirePayments(database, banks, gate, noting, outcomes, books, clock),
    operating: new OperateRun(database, signedLines, audit, clock),
    reissuing: new ReissuePayments(database, followUps, reasons, audit),
    selecting: new ReissueSelected(database, followUps, reasons, audit, clock),
    failures: new FailedPaymentReads(reasons),
    reissueOrders: new ReissueOrderReads(),
    runs: new RunReads(),
    sweeperOf: (doorbell: Doorbell) => {
      const accepted = new AskAfterAccepted(database, clock);
      return new SweepPayments(
        database,
        banks,
        gate,
        moves,
        books,
        rails,
        accepted,
        doorbell,
        clock,
      );
    },
  };
}

function bankOf(made: ReadonlyMap<string, ScriptedBank>, code: string): ScriptedBank {
  const bank = made.get(code);
  if (!bank) throw new Error('no such bank');
  return bank;
}

let months = 0;

/** Another month for every batch, so that two batches of one database never want the same people. */
function nextPeriod(): string {
  months += 1;
  const year = 2030 + Math.floor(months / 12);
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}`;
}
