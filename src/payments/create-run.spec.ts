import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { railSchema } from '../banks/index.js';
import { bankReferenceOf, ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

const AT = new Date('2026-11-20T02:00:00Z');

describe('the run of an approved batch', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(AT));
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  const counts = (batchId: string) =>
    one<{ runs: number; payments: number; submissions: number; born: number }>(
      reader(),
      `select (select count(*)::int from payment_run where batch_id = $1) as runs,
              (select count(*)::int from payment where batch_id = $1) as payments,
              (select count(*)::int from submission s join payment_run r on r.id = s.run_id
                where r.batch_id = $1) as submissions,
              (select count(*)::int from payment_history h join payment p on p.id = h.payment_id
                where p.batch_id = $1) as born`,
      [batchId],
    );
  /** As somebody would who may switch the database's own promises off. */
  const tamper = (sql: string, parameters: unknown[]) =>
    db.database.transaction(async (tx) => {
      await execute(tx, `set local session_replication_role = replica`);
      await execute(tx, sql, parameters);
    });

  it('is not born of a batch that nobody has approved', async () => {
    const { batchId } = await desk.approved([{}]);
    await expect(desk.createRun.handle({ batchId, approvalId: newId() })).rejects.toThrow(
      'an approval without its approved batch',
    );
    expect(await counts(batchId)).toMatchObject({ runs: 0, payments: 0 });
  });

  it.each([
    ['amount', `update batch_line set amount = amount + 1 where batch_id = $1 and line_no = 2`],
    [
      'account',
      `update batch_line set account_number = '999999999' where batch_id = $1 and line_no = 1`,
    ],
    ['number of lines', `delete from batch_line where batch_id = $1 and line_no = 3`],
    ['day', `update batch set pay_on = '2026-11-21' where id = $1`],
  ])('is not born when the %s is not what was signed', async (_, sql) => {
    const batch = await desk.approved([{}, {}, {}]);
    await tamper(sql, [batch.batchId]);
    await expect(desk.createRun.handle(batch)).rejects.toThrow('not the ones that were signed');
    expect(await counts(batch.batchId)).toEqual({ runs: 0, payments: 0, submissions: 0, born: 0 });
  });

  it('is born whole or not at all', async () => {
    const batch = await desk.approved([{}, {}, {}, { account: { bin: INSTANT_BIN } }]);
    // The last of its payments collides with another's, after everything else was written.
    const [stranger] = (await desk.payments((await desk.running([{}])).runId)) ?? [];
    const [line] = await rows<{ entitlementId: string }>(
      reader(),
      `select entitlement_id as "entitlementId" from batch_line
        where batch_id = $1 and bank_bin = '${INSTANT_BIN}'`,
      [batch.batchId],
    );
    const move = `update payment set entitlement_id = $2 where id = $1`;
    await tamper(move, [stranger?.id, line?.entitlementId]);
    await expect(desk.createRun.handle(batch)).rejects.toThrow('payment_one_live_per_entitlement');
    expect(await counts(batch.batchId)).toEqual({ runs: 0, payments: 0, submissions: 0, born: 0 });
    await tamper(move, [stranger?.id, stranger?.entitlementId]);
    await desk.createRun.handle(batch);
    expect(await counts(batch.batchId)).toMatchObject({ runs: 1, payments: 4 });
  });

  it('is born once, however often and at once the approval is told', async () => {
    const batch = await desk.approved([{}, {}]);
    await Promise.all(Array.from({ length: 10 }, () => desk.createRun.handle(batch)));
    await desk.createRun.handle(batch);
    expect(await counts(batch.batchId)).toEqual({ runs: 1, payments: 2, submissions: 1, born: 2 });
  });

  it('pays every line exactly once, grouped per bank, with sums that are the batch', async () => {
    const owed = Array.from({ length: 11 }, (_, nth) => ({
      amount: String(1_000_000 + nth),
      account: nth % 3 === 0 ? { bin: INSTANT_BIN } : {},
    }));
    const batch = await desk.approved(owed);
    await desk.createRun.handle(batch);
    const payments = await desk.payments(await desk.runOf(batch.batchId));
    expect(payments).toHaveLength(11);
    expect(new Set(payments.map((p) => p.entitlementId)).size).toBe(11);
    for (const p of payments) expect(p.reference).toBe(bankReferenceOf(p.id));
    const submissions = await rows(
      reader(),
      `select s.bank_code as bank, s.mode, s.payment_count as count, s.reference ~ '^CM[0-9A-F]{32}$' as named,
              s.payment_count = count(p.*) and s.total_amount = sum(p.amount)
                and bool_and(p.bank_code = s.bank_code) as whole
         from submission s join payment_run r on r.id = s.run_id join payment p on p.submission_id = s.id
        where r.batch_id = $1 group by s.id order by 1, 3`,
      [batch.batchId],
    );
    const one = (bank: string, mode: string, count: number) => ({
      bank,
      mode,
      count,
      named: true,
      whole: true,
    });
    expect(submissions).toEqual([
      one('bulk-bank', 'bulk', 1),
      one('bulk-bank', 'bulk', 3),
      one('bulk-bank', 'bulk', 3),
      ...Array.from({ length: 4 }, () => one('instant-bank', 'single', 1)),
    ]);
    const sums = await rows(
      reader(),
      `select r.payment_count = (select count(*) from payment p where p.run_id = r.id)
              and r.total_amount = (select sum(amount) from payment p where p.run_id = r.id) as whole
         from payment_run r where r.batch_id = $1`,
      [batch.batchId],
    );
    expect(sums).toEqual([{ whole: true }]);
  });

  describe('at a bank with rails', () => {
    const HIGH = {
      code: 'high-value',
      minAmount: '500000000',
      open: { days: 'working', from: '08:00', to: '16:00' },
    };
    const railed = async (maxPerSubmission: number, ...rails: Record<string, unknown>[]) => {
      const own = await testDatabase();
      const bulk = { maxPerSubmission, rails: rails.map((rail) => railSchema.parse(rail)) };
      return { own, desk: await paymentDesk(own, new ManualClock(AT), { bulk }) };
    };
    const packed = (own: TestDatabase) =>
      rows<{ count: number; total: string }>(
        own.database.reader,
        `select s.rail, s.payment_count as count, s.total_amount as total, s.not_before as "notBefore",
                s.payment_count = count(p.*) and s.total_amount = sum(p.amount)
                  and bool_and(p.rail = s.rail and p.bank_code = s.bank_code) as whole
           from submission s join payment p on p.submission_id = s.id group by s.id order by s.rail, s.id`,
      );
    const of = (amount: string) => ({ amount, kind: 'arrears' as const });

    it('each payment takes the first rail that carries it, keeps it, and the rule is written down', async () => {
      const { own, desk: other } = await railed(
        10,
        { code: 'instant', maxAmount: '499999999' },
        HIGH,
      );
      // 24 November is a day off: what goes on working days is due on the 23rd, the rest on its day.
      const batch = await other.approved(['499999999', '500000000', '1'].map(of), {
        payOn: '2026-11-24',
      });
      await other.createRun.handle(batch);
      const runId = await other.runOf(batch.batchId);
      const routed = await rows(
        own.database.reader,
        `select rail, rail_rule as rule from payment order by line_no`,
      );
      expect(routed).toEqual([
        { rail: 'instant', rule: 'preferred' },
        { rail: 'high-value', rule: 'instant:above-max' },
        { rail: 'instant', rule: 'preferred' },
      ]);
      const [on23, on24] = [new Date('2026-11-22T17:00:00Z'), new Date('2026-11-23T17:00:00Z')];
      expect(await packed(own)).toEqual([
        { rail: 'high-value', count: 1, total: '500000000', notBefore: on23, whole: true },
        { rail: 'instant', count: 2, total: '500000000', notBefore: on24, whole: true },
      ]);
      const run = await other.runs.find(own.database.reader, runId);
      expect(run).toMatchObject({
        scheduledFor: on23,
        deadlineAt: new Date('2026-11-24T17:00:00Z'),
      });
      const [created] = await other.runs.history(own.database.reader, runId);
      expect(created?.reason).toContain('24/11/2026 (Ngày Văn hóa Việt Nam) là ngày nghỉ');
      expect(created?.reason).toContain('không dời sớm hơn được');
      for (const sql of [
        `update payment set rail = 'instant' where rail = 'high-value'`,
        `update payment set rail_rule = 'because'`,
        `update submission set rail = 'instant' where rail = 'high-value'`,
        `update payment set submission_id = (select id from submission where rail = 'instant')`,
      ]) {
        await expect(execute(own.database.reader, sql)).rejects.toThrow(
          /does not change|violates|update or delete/,
        );
      }
      await own.close();
    });

    it('a message holds no more than its rail allows, in payments and in đồng', async () => {
      const limits = { perMessage: { payments: 3, amount: '10' }, perDay: { payments: 1000 } };
      const { own, desk: other } = await railed(100, { code: 'limited', limits });
      await other.createRun.handle(
        await other.approved(['6', '5', '5', '1', '1', '1', '9', '2'].map(of)),
      );
      const sums = (await packed(own)).map((s) => [s.count, s.total]);
      expect(sums).toEqual([
        [1, '6'],
        [2, '10'],
        [3, '3'],
        [1, '9'],
        [1, '2'],
      ]);
      await own.close();
    });
  });

  it('waits for the morning of its day at the office', async () => {
    const batch = await desk.approved([{}], { payOn: '2026-11-23' });
    await desk.createRun.handle(batch);
    const runId = await desk.runOf(batch.batchId);
    const run = await desk.runs.find(reader(), runId);
    expect(run).toMatchObject({
      state: 'scheduled',
      scheduledFor: new Date('2026-11-22T17:00:00Z'),
      deadlineAt: new Date('2026-11-23T17:00:00Z'),
    });
    await desk.passTime(86_400_000);
    expect(await desk.states(runId)).toEqual(['ready']);
    desk.clock.set(new Date('2026-11-22T16:59:59Z'));
    await desk.passTime(999);
    expect(await desk.states(runId)).toEqual(['ready']);
    await desk.passTime(1);
    expect(await desk.states(runId)).toEqual(['settled']);
  });
});
