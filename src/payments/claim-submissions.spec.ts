import {
  INSTANT_BIN,
  partsOf,
  paymentDesk,
  type PaymentDesk,
} from '../../test/builders/payment-desk.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';

const START = new Date('2026-11-20T02:00:00Z');
const atInstant = { account: { bin: INSTANT_BIN } };
const many = (count: number) => Array.from({ length: count }, () => atInstant);

describe('messages of one payment that are claimed together', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(START);
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());
  beforeEach(() => {
    desk.doorbell.take();
    desk.instant.usually(MOODS.settles);
  });

  const sendings = (payments: readonly { reference: string }[]) =>
    payments.map(({ reference }) => desk.instant.sendingsOf(reference).length);
  const postings = async (runId: string) =>
    one<{ count: number; attempts: number }>(
      db.database.reader,
      `select count(distinct h.posting_id)::int as count, count(distinct h.source_id)::int as attempts
         from payment_history h join payment p on p.id = h.payment_id
        where p.run_id = $1 and h.cause = 'sending'`,
      [runId],
    );

  it('go once each, rung for twice in two processes at the same moment, in few transactions', async () => {
    const { runId } = await desk.running(many(60));
    const payments = await desk.payments(runId);
    const other = partsOf(db, clock, desk.banks).sending;
    const rings = payments.flatMap(({ submissionId }) =>
      [desk.sending, other, desk.sending].map((each) => each.handle({ submissionId })),
    );
    await Promise.all(rings);
    expect(new Set(sendings(payments))).toEqual(new Set([1]));
    expect(new Set(await desk.states(runId))).toEqual(new Set(['settled']));
    const written = await postings(runId);
    expect(written?.attempts).toBe(60);
    expect(written?.count).toBeLessThan(20);
  });

  it('go without the one that is not what was signed, and its run stops', async () => {
    const { runId: sound } = await desk.running(many(3));
    const { runId: altered } = await desk.running(many(3));
    await db.database.transaction(async (tx) => {
      await execute(tx, `set local session_replication_role = replica`);
      const sql = `update payment set amount = amount + 1 where run_id = $1 and line_no = 2`;
      await execute(tx, sql, [altered]);
    });
    const [whole, strayed] = [await desk.payments(sound), await desk.payments(altered)];
    const all = [...whole, ...strayed].map(({ submissionId }) => ({ submissionId }));
    await Promise.all(all.map((ring) => desk.sending.handle(ring)));
    expect(sendings(whole)).toEqual([1, 1, 1]);
    expect(sendings(strayed)[1]).toBe(0);
    expect(await desk.runs.find(db.database.reader, altered)).toMatchObject({ state: 'paused' });
    expect(await desk.runs.find(db.database.reader, sound)).toMatchObject({ state: 'running' });
  });

  it('keep each its own attempt, its own answer and its own doubt', async () => {
    const { runId } = await desk.running(many(3));
    const [settled, refused, doubtful] = await desk.payments(runId);
    desk.instant.script(refused?.reference ?? '', refuses('AC01'));
    desk.instant.script(doubtful?.reference ?? '', MOODS.doubtfulBooked);
    const payments = [settled, refused, doubtful].flatMap((p) => (p ? [p] : []));
    await Promise.all(payments.map(({ submissionId }) => desk.sending.handle({ submissionId })));
    expect(await desk.states(runId)).toEqual(['settled', 'rejected', 'unknown']);
    const told = await one<{ own: boolean; outcomes: string }>(
      db.database.reader,
      `select bool_and(a.submission_id = p.submission_id) as own,
              string_agg(distinct a.outcome, ',' order by a.outcome) as outcomes
         from payment_history h join payment p on p.id = h.payment_id join attempt a on a.id = h.source_id::uuid
        where p.run_id = $1 and h.cause in ('sending', 'answer')`,
      [runId],
    );
    expect(told).toEqual({ own: true, outcomes: 'answered,unknown' });
  });

  it('stay away from a bank that is switched off, and are rung for anew once it is on', async () => {
    const { runId } = await desk.running(many(4));
    const payments = await desk.payments(runId);
    const switched = (to: 'on' | 'off') =>
      desk.switching.switch({
        actor: desk.office.accountant,
        bankCode: 'instant-bank',
        to,
        reason: 'bảo trì',
      });
    await switched('off');
    await Promise.all(payments.map(({ submissionId }) => desk.sending.handle({ submissionId })));
    expect(sendings(payments)).toEqual([0, 0, 0, 0]);
    expect(new Set(await desk.states(runId))).toEqual(new Set(['ready']));
    await switched('on');
    await desk.passTime(1000);
    expect(sendings(payments)).toEqual([1, 1, 1, 1]);
  });
});
