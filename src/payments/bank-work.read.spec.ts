import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { FundMovements } from '../ledger/index.js';
import { rows } from '../platform/database/index.js';
import { BankWorkReads } from './bank-work.read.js';
import { PostedPayments } from './posted.read.js';

const atInstant = { account: { bin: INSTANT_BIN } };
const FUND = 'NSTW_NCC';
const BANKS = ['instant-bank', 'bulk-bank'];

describe('what banks have before them', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;
  let work: BankWorkReads;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
    work = new BankWorkReads(db.database);
  });
  afterEach(() => db.close());

  const waiting = () => work.waiting({ banks: BANKS, now: clock.now() });

  it('is nothing while nothing runs, and for a bank that nobody knows', async () => {
    expect(await work.waiting({ banks: ['nobody'], now: clock.now() })).toEqual([
      {
        ...{ bankCode: 'nobody', waiting: 0, total: '0', isMore: false, nextAt: null },
        ...{ because: null, inDoubt: 0 },
      },
    ]);
    expect(await work.tally('nobody')).toEqual([]);
  });

  it('is counted by bank until it is sent; then the calls are there, the newest first', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    await desk.running([atInstant, atInstant, {}]);
    const [instant, bulk] = await waiting();
    expect(instant).toMatchObject({ bankCode: 'instant-bank', waiting: 2, inDoubt: 0 });
    expect(bulk).toMatchObject({ bankCode: 'bulk-bank', waiting: 1, isMore: false, because: null });
    await desk.work();
    expect((await waiting())[1]).toMatchObject({ waiting: 0, total: '0', nextAt: null });
    expect((await waiting())[0]).toMatchObject({ waiting: 2 });
    const calls = await work.calls({ bankCode: 'instant-bank', before: null, limit: 10 });
    expect(calls).toHaveLength(2);
    expect(calls[0]).toMatchObject({ kind: 'pay', payments: 1, outcome: 'not-sent' });
    const before = { startedAt: calls[0]?.startedAt.toISOString() ?? '', id: calls[0]?.id ?? '' };
    const next = await work.calls({ bankCode: 'instant-bank', before, limit: 10 });
    expect(next).toEqual(calls.slice(1));
    expect(await work.tally('instant-bank')).toEqual([{ outcome: 'not-sent', calls: 2 }]);
  });

  it('a doubt is not waiting; the money of what moved is named by its posting', async () => {
    desk.bulk.usually(MOODS.doubtfulBooked);
    const { runId, batchId } = await desk.running([{}, {}]);
    await desk.work();
    expect((await waiting())[1]).toMatchObject({ waiting: 0, inDoubt: 2 });
    const [payment] = await desk.payments(runId);
    const [signed] = await rows<{ year: string }>(
      db.database.reader,
      'select left(budget_month, 4) as year from approval_view where batch_id = $1',
      [batchId],
    );
    const ofYear = { fund: FUND, from: `${signed?.year}-01`, to: `${signed?.year}-12` };
    const moved = await new FundMovements(db.database).list(
      { ...ofYear, stage: 'in_transit' },
      { before: null, limit: 5 },
    );
    const posted = new PostedPayments(db.database);
    const of = { postingId: moved[0]?.transactionId ?? '', after: null, limit: 5 };
    const behind = await posted.list(of);
    expect(behind.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'ready sending',
      'ready sending',
    ]);
    expect(behind.map(({ paymentId }) => paymentId)).toContain(payment?.id);
    expect(await posted.list({ ...of, after: behind[0]?.id ?? null })).toEqual(behind.slice(1));
    const reserved = await new FundMovements(db.database).list(
      { ...ofYear, stage: 'reserved' },
      { before: null, limit: 50 },
    );
    const approval = reserved.find(({ sourceType }) => sourceType === 'approval');
    expect(await posted.batchOf(approval?.sourceId ?? '')).toMatchObject({ batchId });
  });
});
