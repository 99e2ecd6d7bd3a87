import { EvaluateOnFailure } from '../../src/alerts/jobs/evaluate-on-failure.js';
import { batchApproved } from '../../src/approvals/index.js';
import { AuditTrail } from '../../src/audit/index.js';
import { BankRegistry, bankFileSchema, type BankFile } from '../../src/banks/index.js';
import { HoldBeneficiaries, ReleaseHold, ReplaceAccount } from '../../src/beneficiaries/index.js';
import { SignatoryRegister } from '../../src/identity/index.js';
import { AllotFunds, Ledger } from '../../src/ledger/index.js';
import { ProposeRuling } from '../../src/payments/propose-ruling.js';
import { SignRuling } from '../../src/payments/sign-ruling.js';
import { paymentsFailed } from '../../src/payments/payments.events.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { Database } from '../../src/platform/database/index.js';
import type { Metrics } from '../../src/platform/metrics/index.js';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';
import { DeliverEvent } from '../../src/platform/queue/deliver-event.js';
import { OutboxRelay } from '../../src/platform/queue/outbox-relay.js';
import { FetchStatement } from '../../src/reconciliation/fetch-statement.js';
import { ReadStatementPages } from '../../src/reconciliation/read-statement-pages.js';
import { FindUnproven } from '../../src/reconciliation/find-unproven.js';
import { RunRequestedReconciliation } from '../../src/reconciliation/jobs/run-requested-reconciliation.js';
import { SweepReconciliations } from '../../src/reconciliation/jobs/sweep-reconciliations.js';
import { MatchEntries } from '../../src/reconciliation/match-entries.js';
import { reconciliationRequested } from '../../src/reconciliation/reconciliation.events.js';
import { ReconciliationMetrics } from '../../src/reconciliation/reconciliation.metrics.js';
import { RequestReconciliation } from '../../src/reconciliation/request-reconciliation.js';
import { RunReconciliation } from '../../src/reconciliation/run-reconciliation.js';
import { TakeOverStatement } from '../../src/reconciliation/take-over-statement.js';
import { ApplyNotices } from '../../src/settlements/apply-notices.js';
import { ApplyReceivedNotice } from '../../src/settlements/jobs/apply-received-notice.js';
import { SweepNotices } from '../../src/settlements/jobs/sweep-notices.js';
import { NoticeMetrics } from '../../src/settlements/notice.metrics.js';
import { NoticeRefusals } from '../../src/settlements/notice-refusals.js';
import { ReceiveNotice } from '../../src/settlements/receive-notice.js';
import { noticeReceived } from '../../src/settlements/settlements.events.js';
import { alertDesk } from '../builders/alert-desk.js';
import { batchDesk } from '../builders/batch-desk.js';
import { INSTANT_BIN, partsOf } from '../builders/payment-desk.js';
import { repositoryReference } from '../builders/reference.js';
import { signingRoom } from '../builders/signing-room.js';
import type { Random } from './random.js';
import { SimulatedBank } from './simulated-bank.js';
import type { SimulatedQueue } from './simulated-queue.js';
import type { SimulatedSource } from './simulated-source.js';
import type { Surroundings } from './surroundings.js';

/** Nobody reads these figures, and the process's own watchers of memory and loops are not started thousandfold. */
export const noMetrics = {
  counter: () => ({ inc: () => undefined }),
  gauge: () => ({ set: () => undefined }),
  histogram: () => ({ observe: () => undefined }),
} as unknown as Metrics;

const KINDS = {
  bulk: { code: 'bulk-bank', receives: '*', mode: 'bulk', maxPerSubmission: 3 },
  instant: { code: 'instant-bank', receives: [INSTANT_BIN], mode: 'single', maxPerSubmission: 1 },
} as const;

function fileOf(kind: keyof typeof KINDS, random: Random): BankFile {
  return bankFileSchema.parse({
    name: `Bank ${kind}`,
    adapter: 'simulated',
    concurrency: 4,
    rateLimit: { max: 1000, perMs: 1000 },
    timeoutMs: 5000,
    retry: { baseMs: 1000, capMs: 60_000, jitter: 0.5 },
    enquiry: {
      intervalsMs: [30_000, 300_000, 1_800_000],
      acceptedAfterMs: random.pick([600_000, 7_200_000]),
      maxPerEnquiry: random.pick([2, 100]),
      notFoundWindowMs: random.pick([60_000, 600_000, 3_600_000, 14_400_000]),
    },
    idempotentByReference: random.chance(0.35),
    ...KINDS[kind],
  });
}

/** The real use cases, jobs and sweepers, put together by hand over the simulated surroundings. */
export function theDesk(given: {
  source: SimulatedSource;
  queue: SimulatedQueue;
  around: Surroundings;
  random: Random;
}) {
  const { queue, around, random } = given;
  const { clock } = around;
  const database = new Database(given.source.asSource());
  const subscribers = new SubscriberRegistry();
  const banks = new Map<string, SimulatedBank>();
  const simulated = {
    create: (file: BankFile) => {
      const bank = new SimulatedBank(file, around, random.chance(0.7));
      banks.set(file.code, bank);
      return bank;
    },
  };
  const files = [fileOf('bulk', random), fileOf('instant', random)];
  const registry = BankRegistry.of(files, clock, new Map([['simulated', simulated]]));
  const url = 'postgres://unused';
  const shared = { subscribers, metrics: noMetrics };
  const payments = partsOf({ database, url }, clock, registry, shared);
  const batches = batchDesk(database, clock, registry);
  const room = signingRoom(database, clock, subscribers);
  const alerts = alertDesk(database, clock, undefined, noMetrics, registry);
  const audit = new AuditTrail(clock);
  const outbox = new Outbox(subscribers, clock);

  const noticeMetrics = new NoticeMetrics(noMetrics, clock);
  const applying = new ApplyNotices(database, payments.outcomes, clock, noticeMetrics);
  const statementMetrics = new ReconciliationMetrics(noMetrics);
  const config = new AppConfig(readSettings({ NODE_ENV: 'test' }), {}, url);
  const { directory, calendar, funds, reasons } = repositoryReference();
  const takingOver = new TakeOverStatement(clock);
  const fetching = new FetchStatement(
    registry,
    database,
    new ReadStatementPages(database),
    takingOver,
    clock,
  );
  const holds = new HoldBeneficiaries(clock);
  const matching = new MatchEntries(database, payments.outcomes, holds, clock, statementMetrics);
  const unproven = new FindUnproven(database, registry, calendar, holds, config, clock);
  const reconciling = new RunReconciliation(
    database,
    fetching,
    matching,
    unproven,
    outbox,
    clock,
    statementMetrics,
  );
  const evaluating = {
    evaluate: () => {
      if (around.tasks.current) around.tasks.current.evaluating = true;
      return alerts.evaluating.evaluate();
    },
  } as typeof alerts.evaluating;

  subscribers.register('payments.create-run', batchApproved, payments.createRun);
  subscribers.register(
    'settlements.apply-notices',
    noticeReceived,
    new ApplyReceivedNotice(applying),
  );
  subscribers.register(
    'reconciliation.run',
    reconciliationRequested,
    new RunRequestedReconciliation(reconciling),
  );
  subscribers.register(
    'alerts.on-failure',
    paymentsFailed,
    new EvaluateOnFailure(evaluating, alerts.delivering),
  );

  const sweepers = {
    payments: payments.sweeperOf(queue),
    notices: new SweepNotices(database, applying, clock),
    reconciliation: new SweepReconciliations(database, reconciling, clock),
    alerts: { sweep: () => evaluating.evaluate() },
  };
  return {
    database,
    banks,
    registry,
    batches,
    room,
    payments,
    sweepers,
    /** Another process each time: jobs of one process claim and record together, and would die together. */
    worker: () => partsOf({ database, url }, clock, registry, shared),
    /** Another process each time: a relay remembers what it is at. */
    relay: () => new OutboxRelay(config, database, outbox, queue),
    delivering: new DeliverEvent(database, outbox, subscribers),
    /** Another process each time, as of a worker. */
    door: () =>
      new ReceiveNotice(
        registry,
        database,
        outbox,
        clock,
        noticeMetrics,
        new NoticeRefusals(database, clock),
      ),
    requesting: new RequestReconciliation(registry, database, outbox, audit, clock),
    replacing: new ReplaceAccount(database, directory, audit, clock),
    allotting: new AllotFunds(database, funds, new Ledger(), audit, clock),
    ruling: new ProposeRuling(database, registry, reasons, audit, clock),
    signingRulings: new SignRuling(
      database,
      payments.outcomes,
      new SignatoryRegister(),
      audit,
      clock,
    ),
    releasing: new ReleaseHold(database, audit, clock),
  };
}

export type Desk = ReturnType<typeof theDesk>;
