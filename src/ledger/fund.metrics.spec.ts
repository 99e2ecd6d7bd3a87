import { anOffice } from '../../test/builders/officers.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, Money, newId } from '../kernel/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { FundControl } from './fund-control.js';
import { FundMetrics } from './fund.metrics.js';
import { FundPositions } from './fund-positions.read.js';
import { Ledger } from './ledger.js';

const AT = new Date('2026-11-10T02:00:00Z');

describe('the figures of funds', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
    await anOffice(db.database.reader);
  });
  afterAll(() => db.close());

  const figures = async (clock: ManualClock): Promise<string> => {
    const metrics = new Metrics();
    const shown = new FundMetrics(metrics, db.database, new FundPositions(), clock);
    expect(shown).toBeDefined();
    return metrics.registry.getSingleMetricAsString('chitra_fund_dong');
  };

  it('say nothing of a year that has no books', async () => {
    expect(await figures(new ManualClock(new Date('2199-03-01T00:00:00Z')))).not.toContain('{');
  });

  it('tell what is available and what is reserved', async () => {
    const needs = [{ fund: 'NSDP', amount: Money.of('500000') }];
    const approved = { id: newId(), month: '2026-11', needs, at: AT };
    const read = async (stage: string) =>
      Number(
        new RegExp(`fund="NSDP",stage="${stage}"\\} (\\d+)`).exec(
          await figures(new ManualClock(AT)),
        )?.[1],
      );
    const before = await read('available');
    await db.database.transaction((tx) => new FundControl(new Ledger()).reserve(tx, approved));
    expect(await read('reserved')).toBe(500_000);
    expect(await read('available')).toBe(before - 500_000);
  });
});
