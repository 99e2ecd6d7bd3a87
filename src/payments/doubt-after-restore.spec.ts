import {
  INSTANT_BIN,
  paymentDesk,
  type PaymentDesk,
  type PaymentSeen,
} from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import type { PaymentOrder } from '../banks/index.js';
import { SYSTEM } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { Ledger } from '../ledger/index.js';
import { rows } from '../platform/database/index.js';
import { DoubtAfterRestore } from './doubt-after-restore.js';
import { PaymentBooks } from './payment-books.js';
import { VerifyBooks } from './verify-books.read.js';

const AT = new Date('2026-11-20T02:00:00Z');
const DAY_MS = 24 * 3_600_000;
const INSTANT = { account: { bin: INSTANT_BIN } };

describe('a database that was restored is older than the bank, and so', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let doubting: DoubtAfterRestore;

  beforeEach(async () => {
    const clock = new ManualClock(AT);
    db = await testDatabase();
    desk = await paymentDesk(db, clock, { instant: { idempotentByReference: false } });
    const books = new PaymentBooks(new Ledger());
    const audit = new AuditTrail(clock);
    doubting = new DoubtAfterRestore(db.database, desk.createRun, books, audit, clock);
  });
  afterEach(() => db.close());

  /** What the lost database had sent: the bank books it, and ours knows nothing of it. */
  async function sentInTheLostTime(payment: { reference: string; accountNumber: string }) {
    const order = { ...payment, amount: '1' } as unknown as PaymentOrder;
    await desk.instant.pay(order, { attemptId: newId() } as never);
  }
  const differences = () => db.database.atOneMoment((tx) => new VerifyBooks().verify(tx));

  it('nobody may who may not operate runs', async () => {
    const nobody = { ...SYSTEM, permissions: new Set<never>() };
    await expect(doubting.doubt(nobody)).rejects.toMatchObject({ code: 'identity.forbidden' });
  });

  it('what the bank has is not sent again, and what it never had is sent once the run is resumed', async () => {
    const { runId } = await desk.running([INSTANT, INSTANT, INSTANT]);
    // Rings that the restored queue still held come to nothing.
    const [first, second, third] = await desk.payments(runId);
    await sentInTheLostTime(first as PaymentSeen);
    const told = await doubting.doubt(SYSTEM);
    expect(told).toEqual([expect.objectContaining({ runId, doubted: 3, isNew: false })]);
    expect(await desk.states(runId)).toEqual(['unknown', 'unknown', 'unknown']);
    await desk.work();
    expect(await differences()).toEqual([]);
    // The bank is asked, and says of two that it never had them; before its window nothing is believed.
    await desk.passTime(DAY_MS, 3_600_000);
    expect(await desk.states(runId)).toEqual(['settled', 'ready', 'ready']);
    expect(desk.instant.sendingsOf(second?.reference ?? '')).toEqual([]);
    await desk.operating.resume({ actor: SYSTEM, runId });
    await desk.passTime(3_600_000, 60_000);
    expect(await desk.states(runId)).toEqual(['settled', 'settled', 'settled']);
    expect(desk.instant.paidTwice()).toEqual([]);
    for (const { reference } of [first, second, third] as PaymentSeen[]) {
      expect(desk.instant.sendingsOf(reference)).toHaveLength(1);
    }
    expect(await differences()).toEqual([]);
  });

  it('a batch that has no run yet gets a paused one, to be compared with the statement', async () => {
    const batch = await desk.approved([INSTANT, INSTANT]);
    const told = await doubting.doubt(SYSTEM);
    const runId = await desk.runOf(batch.batchId);
    expect(told).toEqual([expect.objectContaining({ runId, doubted: 0, isNew: true })]);
    await desk.createRun.handle(batch);
    await desk.passTime(3_600_000, 60_000);
    expect(await desk.states(runId)).toEqual(['ready', 'ready']);
    expect(desk.instant.calls).toEqual([]);
  });

  it('a run that was cancelled takes nothing back before the bank has been asked', async () => {
    const { runId } = await desk.running([INSTANT]);
    const [only] = await desk.payments(runId);
    await sentInTheLostTime(only as PaymentSeen);
    await desk.operating.cancel({ actor: SYSTEM, runId, reason: 'một lý do' });
    await doubting.doubt(SYSTEM);
    await desk.passTime(DAY_MS, 3_600_000);
    expect(await desk.states(runId)).toEqual(['settled']);
  });

  it('given twice it doubts nobody twice, and leaves its trace', async () => {
    const { runId } = await desk.running([INSTANT, {}]);
    const first = await doubting.doubt(SYSTEM);
    const again = await doubting.doubt(SYSTEM);
    expect([...first, ...again].map(({ doubted }) => doubted)).toEqual([2, 0]);
    expect(await desk.states(runId)).toEqual(['unknown', 'unknown']);
    const trail = await rows<{ detail: { doubted: number } }>(
      db.database.reader,
      `select detail from audit_entry where action = 'run.doubted-after-restore' order by id`,
    );
    expect(trail.map(({ detail }) => detail.doubted)).toEqual([2, 0]);
  });
});
