import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { accountReplaced } from '../../test/builders/owed.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import type { SelectedOrder } from './reissue-selected.js';

const AMOUNT = 2_789_000n;

describe('paying again many that failed', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let running = 0;

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;

  /** A run in which each of these failed for its reason (`''`: it did not fail). */
  const failed = async (...codes: string[]) => {
    running += 1;
    const owed = codes.map((code, nth) => {
      const number = `66${running}00${nth}`;
      desk.instant.script(number, code === '' ? MOODS.settles : refuses(code));
      return { account: { bin: INSTANT_BIN, number } };
    });
    const made = await desk.running(owed);
    await desk.work();
    return { ...made, payments: await desk.payments(made.runId) };
  };
  const mend = (beneficiaryId = '') => {
    running += 1;
    return accountReplaced(reader(), beneficiaryId, {
      bin: INSTANT_BIN,
      number: `77${running}000`,
    });
  };
  const reissue = (
    choice: SelectedOrder['choice'],
    count: number,
    different: Partial<SelectedOrder> = {},
  ) =>
    desk.selecting.reissue({
      actor: desk.office.preparer,
      choice,
      seen: { count, total: String(AMOUNT * BigInt(count)) },
      ...different,
    });
  const outcomeOf = async (orderId: string) => ({
    into: await desk.reissueOrders.into(reader(), orderId),
    because: await desk.reissueOrders.stayedBecause(reader(), orderId),
    stayed: await desk.reissueOrders.stayed(reader(), { id: orderId, after: null, limit: 10 }),
  });

  it('is refused to who may not prepare, and when nothing waits', async () => {
    await expect(reissue({ code: 'AC01' }, 1, { actor: desk.office.holder })).rejects.toMatchObject(
      { kind: 'forbidden' },
    );
    await expect(reissue({ code: 'AC13' }, 0)).rejects.toMatchObject({
      code: 'payments.nothing-selected',
    });
  });

  it('is refused, and does nothing, when the count or the amount is not what was seen', async () => {
    const { batchId, payments } = await failed('AC01', 'AC01');
    for (const p of payments) await mend(p.beneficiaryId);
    await expect(reissue({ batchId }, 3)).rejects.toMatchObject({
      code: 'payments.other-count-now',
      details: { seen: { count: 3 }, now: { count: 2 } },
    });
    await expect(reissue({ batchId }, 2, { seen: { count: 2, total: '1' } })).rejects.toMatchObject(
      { kind: 'precondition-failed' },
    );
    expect(await desk.failures.figures(reader(), { batchId, standing: 'open' })).toMatchObject({
      count: 2,
    });
  });

  it('takes what is ready of every batch, and tells of each that stayed why', async () => {
    const first = await failed('AC02', 'AC02', '');
    const second = await failed('AC02', 'AC02', 'AC02');
    await mend(first.payments[0]?.beneficiaryId);
    await mend(second.payments[0]?.beneficiaryId);
    await mend(second.payments[1]?.beneficiaryId);
    await execute(
      reader(),
      `update beneficiary set hold_reason = 'AC04', held_at = $2 where id = $1`,
      [second.payments[1]?.beneficiaryId, desk.clock.now()],
    );
    const [cause] = await desk.failures.causes(reader(), { code: 'AC02' });
    expect(cause).toMatchObject({
      count: 5,
      total: String(AMOUNT * 5n),
      ready: 2,
      notYet: [
        { why: 'account_not_mended', count: 2 },
        { why: 'held', count: 1 },
      ],
      inBatch: 0,
    });
    const { orderId, reissued } = await reissue({ code: 'AC02' }, 5);
    expect(reissued).toBe(2);
    const { into, because, stayed } = await outcomeOf(orderId);
    expect(into.map(({ count, batchState }) => [count, batchState])).toEqual([
      [1, 'draft'],
      [1, 'draft'],
    ]);
    expect(because).toMatchObject([
      { stayed: 'account_not_mended', count: 2 },
      { stayed: 'held', count: 1 },
    ]);
    expect(stayed).toHaveLength(3);
    expect((await desk.failures.causes(reader(), { code: 'AC02' }))[0]).toMatchObject({
      count: 3,
      ready: 0,
      inBatch: 2,
    });
    // The same form again: those of before are in a batch, so it is another count.
    await expect(reissue({ code: 'AC02' }, 5)).rejects.toMatchObject({
      code: 'payments.other-count-now',
    });
  });

  it('agrees with itself on what is ready, in its list as in its figures', async () => {
    const { batchId, payments } = await failed('AC06', 'AM04', 'MD07', 'AC06');
    await mend(payments[3]?.beneficiaryId);
    const all = await desk.failures.list(reader(), { batchId }, { after: null, limit: 10 });
    expect(all.map(({ notYet }) => notYet)).toEqual(['account_not_mended', null, 'held', null]);
    for (const ready of [true, false]) {
      const listed = await desk.failures.list(
        reader(),
        { batchId, ready },
        { after: null, limit: 10 },
      );
      expect(listed.map(({ paymentId }) => paymentId)).toEqual(
        all.filter(({ notYet }) => (notYet === null) === ready).map(({ paymentId }) => paymentId),
      );
    }
    const [last] = all.slice(-1);
    expect(last?.accountNumber).not.toBe(last?.oldAccountNumber);
    const [before] = all;
    if (!before) throw new Error('nothing failed');
    expect(
      await desk.failures.list(reader(), { batchId }, { after: before, limit: 2 }),
    ).toMatchObject([{ reasonCode: 'AM04' }, { reasonCode: 'MD07' }]);
  });

  it('ticked ones go to the same account for a reason in writing only', async () => {
    const { payments } = await failed('AC06', 'AC06');
    const paymentIds = payments.map(({ id }) => id);
    const refused = await reissue({ paymentIds }, 2);
    expect(refused.reissued).toBe(0);
    expect((await outcomeOf(refused.orderId)).because).toMatchObject([
      { stayed: 'account_not_mended', count: 2 },
    ]);
    const sameAccountBecause = 'ngân hàng đã mở phong tỏa, công văn 12/CV';
    const { orderId, reissued } = await reissue({ paymentIds }, 2, { sameAccountBecause });
    expect(reissued).toBe(2);
    expect(await desk.reissueOrders.find(reader(), orderId)).toMatchObject({
      count: 2,
      chosen: { ticked: 2 },
      sameAccountBecause,
    });
  });

  it('makes no empty batch of what a batch itself leaves out, and the others go', async () => {
    desk.instant.script('555001', refuses('AC03'));
    const { runId } = await desk.running([
      { account: { bin: INSTANT_BIN, number: '555001' }, recipientUntil: '2026-11-21' },
    ]);
    await desk.work();
    const [expired] = await desk.payments(runId);
    const { payments } = await failed('AC03');
    for (const p of [expired, ...payments]) await mend(p?.beneficiaryId);
    desk.clock.advanceMs(3 * 86_400_000);
    const { orderId, reissued } = await reissue({ code: 'AC03' }, 2);
    expect(reissued).toBe(1);
    const { into, stayed } = await outcomeOf(orderId);
    expect(into).toHaveLength(1);
    expect(stayed).toMatchObject([{ paymentId: expired?.id, stayed: 'recipient_expired' }]);
    // It was not taken into the batch that came to nothing.
    expect(await desk.failures.find(reader(), expired?.id ?? '')).toMatchObject({
      entitlementState: 'open',
      notYet: null,
    });
  });

  it('twice at once is done once', async () => {
    const { batchId, payments } = await failed('AC01', 'AC01');
    for (const p of payments) await mend(p.beneficiaryId);
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => reissue({ batchId }, 2)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'payments.other-count-now' });
    }
  });
});
