import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { PaymentList, type PaymentListFilter } from './payment-list.read.js';
import { PaymentReads } from './payment.read.js';

describe('the list of payments', () => {
  const list = new PaymentList();
  let db: TestDatabase;
  let desk: PaymentDesk;
  /** Refused by the bulk bank; beside it one of the instant bank that is settled. */
  let failed: { runId: string; batchId: string };
  /** Nothing of it is sent. */
  let waiting: { runId: string; batchId: string };

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
    desk.bulk.usually(refuses('AC01'));
    failed = await desk.running([
      { name: 'Nông Thị Đậu' },
      { communeCode: '05983' },
      { account: { bin: INSTANT_BIN } },
    ]);
    await desk.work();
    waiting = await desk.running([{}, {}]);
    desk.doorbell.take();
  });
  afterAll(() => db.close());

  const found = (filter: PaymentListFilter, page: { before?: string; limit?: number } = {}) =>
    list.list(db.database.reader, { ...filter, before: null, limit: 50, ...page });
  const totals = (filter: PaymentListFilter) => list.totals(db.database.reader, filter);
  const count = async (filter: PaymentListFilter) => (await found(filter)).length;

  it('is empty for what there is not', async () => {
    expect(await count({ runId: newId() })).toBe(0);
    expect(await count({ period: '1999-01' })).toBe(0);
    expect(await count({ search: 'khong co ai' })).toBe(0);
    expect(await count({ states: ['returned'] })).toBe(0);
    expect(await totals({ states: ['returned'] })).toEqual({ count: 0, total: '0' });
  });

  it('shows the newest first, page after page without a gap', async () => {
    const all = await found({});
    expect(all).toHaveLength(5);
    expect(all.slice(0, 2).map(({ batchId }) => batchId)).toEqual([
      waiting.batchId,
      waiting.batchId,
    ]);
    const first = await found({}, { limit: 3 });
    const rest = await found({}, { before: first.at(-1)?.id });
    expect([...first, ...rest]).toEqual(all);
  });

  it('finds by every filter what it is about, and nothing else', async () => {
    expect(await count({ states: ['rejected'] })).toBe(2);
    expect(await count({ states: ['ready'] })).toBe(2);
    expect(await count({ states: ['settled', 'rejected'] })).toBe(3);
    expect(await count({ batchId: failed.batchId })).toBe(3);
    expect(await count({ runId: failed.runId, states: ['settled'] })).toBe(1);
    expect(await count({ bankCode: 'instant-bank' })).toBe(1);
    expect(await count({ communeCode: '05983' })).toBe(1);
    expect(await count({ programme: 'NCC_MONTHLY' })).toBe(5);
    expect(await count({ fund: 'NSDP' })).toBe(0);
    expect(await count({ month: '1999-01' })).toBe(0);
    const [any] = await found({});
    expect(await count({ month: any?.period })).toBe(2);
    const [refused] = await found({ states: ['rejected'], communeCode: '05983' });
    expect(await count({ reasonCode: refused?.reasonCode ?? 'none' })).toBe(2);
    expect(await count({ reasonCode: 'AC99' })).toBe(0);
  });

  it('finds a person by name, personal number and account', async () => {
    expect((await found({ search: 'nong dau' })).map(({ payeeName }) => payeeName)).toEqual([
      'Nông Thị Đậu',
    ]);
    const [one] = await found({ communeCode: '05983' });
    expect(await found({ search: one?.accountNumber ?? '' })).toEqual([one]);
  });

  it('counts and sums what is few, and says nothing of what may be millions', async () => {
    expect(await totals({ batchId: failed.batchId })).toEqual({ count: 3, total: '8367000' });
    expect(await totals({ states: ['rejected'] })).toEqual({ count: 2, total: '5578000' });
    const [{ period: month } = { period: '' }] = await found({ runId: waiting.runId });
    expect(await totals({ month, payeeBank: '970405' })).toEqual({ count: 2, total: '5578000' });
    expect(await totals({ month, monthTo: '2099-01' })).toBeNull();
    expect(await totals({})).toBeNull();
    expect(await totals({ states: ['settled'] })).toBeNull();
  });

  it('knows which payment pays which line', async () => {
    const reads = new PaymentReads();
    const rows = await reads.list(db.database.reader, { ...failed, after: null, limit: 10 });
    const paid = await reads.ofLines(
      db.database.reader,
      rows.map(({ batchLineId }) => batchLineId),
    );
    expect(paid).toHaveLength(3);
    expect(paid.find(({ id }) => id === rows[0]?.id)).toMatchObject({
      lineId: rows[0]?.batchLineId,
      state: rows[0]?.state,
    });
    const counts = await desk.runs.counts(db.database.reader, {
      runIds: [failed.runId, waiting.runId],
      states: ['rejected', 'ready'],
    });
    expect(counts).toHaveLength(2);
    expect(counts).toContainEqual({ runId: failed.runId, state: 'rejected', count: 2 });
    expect(counts).toContainEqual({ runId: waiting.runId, state: 'ready', count: 2 });
  });
});
