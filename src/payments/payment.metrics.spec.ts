import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { OutcomeMetrics } from './outcome.metrics.js';
import { PaymentFigures } from './payment-figures.read.js';
import { PaymentMetrics } from './payment.metrics.js';

const AT = new Date('2026-11-20T02:00:00Z');

async function figures(metrics: Metrics, name: string): Promise<Record<string, number>> {
  const text = await metrics.registry.getSingleMetricAsString(name);
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(name.length, at), Number(line.slice(at + 1))];
    }),
  );
}

describe('the figures of payments', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let clock: ManualClock;
  let metrics: Metrics;
  const show = () => new PaymentMetrics(metrics, db.database, new PaymentFigures(), clock);

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(AT);
    metrics = new Metrics();
    desk = await paymentDesk(db, clock, { bulk: { maxPerSubmission: 1000 } });
    show();
  });
  afterEach(() => db.close());

  it('say nothing where nothing is paid', async () => {
    for (const name of ['chitra_payments', 'chitra_payments_dong']) {
      expect(await figures(metrics, name)).toEqual({});
    }
    expect(await figures(metrics, 'chitra_payment_unsettled_age_seconds')).toEqual({});
  });

  it('tell payments and their amounts by bank, rail and state', async () => {
    desk.bulk.usually(MOODS.accepts);
    desk.instant.usually(MOODS.settles);
    await desk.running([{}, {}, { account: { bin: INSTANT_BIN } }]);
    await desk.work();
    const counts = await figures(metrics, 'chitra_payments');
    expect(counts).toEqual({
      '{bank="bulk-bank",rail="default",state="accepted"}': 2,
      '{bank="instant-bank",rail="default",state="settled"}': 1,
    });
    const amounts = await figures(metrics, 'chitra_payments_dong');
    const accepted = amounts['{bank="bulk-bank",rail="default",state="accepted"}'];
    expect(accepted).toBeGreaterThan(0);
    expect(Number.isInteger(accepted)).toBe(true);
  });

  it('tell how old the oldest is that is neither paid nor failed, of banks that have such', async () => {
    desk.bulk.usually(MOODS.accepts);
    desk.instant.usually(MOODS.settles);
    await desk.running([{}, { account: { bin: INSTANT_BIN } }]);
    await desk.work();
    clock.advanceMs(90_000);
    const ages = await figures(metrics, 'chitra_payment_unsettled_age_seconds');
    expect(Object.keys(ages)).toEqual(['{bank="bulk-bank"}']);
    expect(ages['{bank="bulk-bank"}']).toBeGreaterThanOrEqual(90);
  });
});

describe('the figures of outcomes', () => {
  let db: TestDatabase;
  let metrics: Metrics;
  let outcomes: OutcomeMetrics;
  const payment = { bankCode: 'a-bank', rail: 'napas', amount: '2789000', firstSentAt: AT };
  const at = new Date(AT.getTime() + 12_000);

  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());
  beforeEach(() => {
    metrics = new Metrics();
    outcomes = new OutcomeMetrics(metrics, db.database, repositoryReference().reasons);
  });

  it('count nothing of what was rolled back', async () => {
    const failing = db.database.transaction(() => {
      outcomes.moved([{ ...payment, state: 'settled' }], { at, reasonOf: () => 'NARR' });
      return Promise.reject(new Error('no'));
    });
    await expect(failing).rejects.toThrow('no');
    expect(await figures(metrics, 'chitra_payment_outcomes_total')).toEqual({});
  });

  it('name a reason by the list, and every other alike', () => {
    const reasons = ['AC01', 'AC01', 'ZZ99', 'anything a bank may write'];
    for (const reason of reasons) {
      outcomes.moved([{ ...payment, state: 'rejected' }], { at, reasonOf: () => reason });
    }
    return expect(figures(metrics, 'chitra_payment_failures_total')).resolves.toEqual({
      '{bank="a-bank",reason="AC01"}': 2,
      '{bank="a-bank",reason="unlisted"}': 2,
    });
  });

  it('tell what was settled, its amount, and how long after its first sending', async () => {
    await db.database.transaction(() => {
      outcomes.moved(
        [
          { ...payment, state: 'settled' },
          { ...payment, state: 'settled', firstSentAt: new Date(at.getTime() + 5000) },
        ],
        { at, reasonOf: () => 'NARR' },
      );
      return Promise.resolve();
    });
    const of = '{bank="a-bank",rail="napas",outcome="settled"}';
    expect(await figures(metrics, 'chitra_payment_outcomes_total')).toEqual({ [of]: 2 });
    expect(await figures(metrics, 'chitra_payment_outcomes_dong_total')).toEqual({ [of]: 5578000 });
    expect(await figures(metrics, 'chitra_payment_settlement_seconds')).toMatchObject({
      '_bucket{le="0.5",bank="a-bank"}': 1,
      '_bucket{le="10",bank="a-bank"}': 1,
      '_bucket{le="30",bank="a-bank"}': 2,
      '_sum{bank="a-bank"}': 12,
    });
  });
});
