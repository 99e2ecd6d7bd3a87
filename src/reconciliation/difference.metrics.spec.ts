import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { DifferenceMetrics } from './difference.metrics.js';
import { DifferenceReads } from './difference.read.js';

/** A Monday at the office. */
const MONDAY = new Date('2026-11-16T03:00:00Z');
const DAY_SECONDS = 24 * 3600;

describe('the figures of what does not fit', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  let clock: ManualClock;
  let metrics: Metrics;
  beforeEach(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    clock = new ManualClock(MONDAY);
    desk = reconciliationDesk(db.database, clock);
    metrics = new Metrics();
    const reads = new DifferenceReads(db.database);
    expect(new DifferenceMetrics(metrics, reads, desk.desk.banks, clock)).toBeDefined();
  });
  afterEach(() => db.close());

  const figure = async (name: string, labels: string): Promise<number | null> => {
    const text = await metrics.registry.getSingleMetricAsString(name);
    const line = text.split('\n').find((row) => row.startsWith(`${name}{${labels}}`));
    return line === undefined ? null : Number(line.split(' ').at(-1));
  };
  const unreconciled = () => figure('chitra_payment_unreconciled_age_seconds', 'bank="sandbox"');
  const paid = async () => {
    const [first] = await db.database.transaction((tx) =>
      sentPayments(tx, office, 1, { state: 'settled', since: MONDAY }),
    );
    if (!first) throw new Error('no payment');
    await execute(
      db.database.reader,
      `insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at, ended_at, outcome)
       select gen_random_uuid(), bank_code, 'pay', submission_id, 1, 1, $2, $2, 'answered' from payment where id = $1`,
      [first.paymentId, MONDAY],
    );
    return first;
  };
  const tell = async (to: string, entries: Parameters<typeof statementOf>[0], closing?: string) => {
    desk.says.pages = [statementOf(entries, closing === undefined ? {} : { closing })];
    await desk.fetching.fetch({ bank: 'sandbox', from: '2026-11-16', to });
    await desk.matching.match('sandbox');
  };

  it('say nothing where nothing was sent and everything fits', async () => {
    expect(await unreconciled()).toBeNull();
    const text = await metrics.registry.metrics();
    expect(text).not.toMatch(/^chitra_reconciliation_exception\w+\{/m);
  });

  it('tell how long money has been out that no statement proves, until one does', async () => {
    const payment = await paid();
    clock.set(new Date('2026-11-18T03:00:00Z'));
    expect(await unreconciled()).toBe(2 * DAY_SECONDS);
    await tell('2026-11-17', [debitOf(payment, { bookedAt: MONDAY })]);
    expect(await unreconciled()).toBeNull();
  });

  it('go on telling of a payment that its statement should have and has not', async () => {
    await paid();
    clock.set(new Date('2026-11-19T03:00:00Z'));
    await tell('2026-11-18', []);
    expect(await unreconciled()).toBeNull();
    await desk.unproven.find();
    // Since the beginning of its day at the office.
    expect(await unreconciled()).toBe(3 * DAY_SECONDS + 10 * 3600);
    expect(
      await figure('chitra_reconciliation_exceptions_open', 'bank="sandbox",kind="paid-missing"'),
    ).toBe(1);
  });

  it('tell by how much a statement does not add up, and since when', async () => {
    await tell('2026-11-16', [], '5');
    clock.advanceMs(60_000);
    const of = 'bank="sandbox",kind="statement-difference"';
    expect(await figure('chitra_reconciliation_exceptions_open', of)).toBe(1);
    expect(await figure('chitra_reconciliation_exceptions_dong', of)).toBe(99_999_995);
    expect(await figure('chitra_reconciliation_exception_age_seconds', of)).toBe(60);
  });
});
