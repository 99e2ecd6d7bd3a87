import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { accountReplaced } from '../../test/builders/owed.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

describe('paying again what failed', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let running = 0;

  beforeAll(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
  });
  afterAll(() => db.close());

  const reader = () => db.database.reader;
  const actor = () => desk.office.preparer;

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
    const payments = await desk.payments(made.runId);
    expect(payments.map((p) => p.reasonCode ?? '')).toEqual(codes);
    return { ...made, payments };
  };
  const mend = (beneficiaryId = '') => {
    running += 1;
    return accountReplaced(reader(), beneficiaryId, {
      bin: INSTANT_BIN,
      number: `77${running}000`,
    });
  };

  it('is refused when nothing failed, and to who may not prepare', async () => {
    const { batchId } = await failed('');
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.nothing-to-reissue',
    });
    await expect(
      desk.reissuing.reissue({ actor: desk.office.holder, batchId }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('is refused while nothing is mended, saying what is missing for each', async () => {
    const { batchId, payments } = await failed('AC01', 'AC04', 'MD07');
    const why = ['account_not_mended', 'held', 'held'];
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.not-mended',
      details: {
        left: payments.map((p, at) => ({
          paymentId: p.id,
          reasonCode: p.reasonCode,
          why: why[at],
        })),
      },
    });
    // A mended account does not end a hold: somebody must have looked.
    await mend(payments[1]?.beneficiaryId);
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.not-mended',
    });
  });

  it('takes the mended ones only, under a new reference, new signatures and a link to the failed one', async () => {
    const { batchId, payments } = await failed('AC01', '', 'AC01');
    const [mended] = payments;
    await mend(mended?.beneficiaryId);
    const reissued = await desk.reissuing.reissue({ actor: actor(), batchId });
    expect(reissued).toMatchObject({
      reissued: 1,
      left: [{ paymentId: payments[2]?.id, why: 'account_not_mended' }],
    });
    expect(reissued.batchId).not.toBe(batchId);
    // A draft: nothing is paid before others have signed it.
    await desk.passTime(60_000);
    expect(await lineage(mended?.entitlementId)).toHaveLength(1);

    const signed = await desk.sign(reissued.batchId);
    await desk.createRun.handle(signed);
    await desk.passTime(1000);
    const [first, second] = await lineage(mended?.entitlementId);
    expect(first).toMatchObject({ state: 'rejected', reissueOf: null });
    expect(second).toMatchObject({ state: 'settled', reissueOf: mended?.id });
    expect(second?.reference).not.toBe(first?.reference);
    expect(second?.approvalId).not.toBe(first?.approvalId);
    expect(second?.accountId).not.toBe(first?.accountId);
    // The failed one's reference is void: no word drives it again.
    const [late] = await db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'instant-bank',
        items: [{ reference: mended?.reference ?? '', fact: { kind: 'settled', sequence: 99 } }],
        cause: 'notice',
        sourceId: null,
        at: desk.clock.now(),
      }),
    );
    expect(late?.result).toBe('conflict');
    await expect(
      desk.reissuing.reissue({ actor: actor(), batchId, paymentIds: [mended?.id ?? ''] }),
    ).rejects.toMatchObject({ code: 'payments.nothing-to-reissue' });
  });

  it('to the same account needs an officer’s reason in writing', async () => {
    const { batchId } = await failed('AC06');
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.not-mended',
    });
    const sameAccountBecause = 'ngân hàng đã mở phong tỏa, công văn 12/CV';
    const { batchId: followUp } = await desk.reissuing.reissue({
      actor: actor(),
      batchId,
      sameAccountBecause,
    });
    const kept = await one<{ because: string }>(
      reader(),
      `select detail ->> 'sameAccountBecause' as because from audit_entry
        where action = 'payments.reissued' and subject_id = $1`,
      [followUp],
    );
    expect(kept?.because).toBe(sameAccountBecause);
  });

  it('of a failure that had nothing to do with the payee needs no mending', async () => {
    const { batchId } = await failed('AM04');
    expect(await desk.reissuing.reissue({ actor: actor(), batchId })).toMatchObject({
      reissued: 1,
    });
  });

  it('twice at once is done once', async () => {
    const { batchId, payments } = await failed('AC01', 'AC01', 'AC01');
    for (const p of payments) await mend(p.beneficiaryId);
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => desk.reissuing.reissue({ actor: actor(), batchId })),
    );
    const done = answers.filter((a) => a.status === 'fulfilled');
    expect(done).toHaveLength(1);
    for (const a of answers) {
      if (a.status === 'rejected') expect(a.reason).toMatchObject({ code: /payments|batches/ });
    }
    const lines = await rows(reader(), `select 1 from batch_line where reissue_of = any($1)`, [
      payments.map((p) => p.id),
    ]);
    expect(lines).toHaveLength(3);
  });

  it('that is signed is still not sent when the bank says meanwhile that the failed one was paid after all', async () => {
    const { batchId, payments } = await failed('AM04', 'AM04');
    const [paidAfterAll] = payments;
    const { batchId: followUp } = await desk.reissuing.reissue({ actor: actor(), batchId });
    await desk.createRun.handle(await desk.sign(followUp));
    await db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'instant-bank',
        items: [{ reference: paidAfterAll?.reference ?? '', fact: { kind: 'settled' } }],
        cause: 'statement',
        sourceId: null,
        at: desk.clock.now(),
      }),
    );
    await desk.passTime(1000);
    const again = await desk.payments(await desk.runOf(followUp));
    expect(again.map((p) => p.state).sort()).toEqual(['cancelled', 'rejected']);
    const [stopped] = await lineage(paidAfterAll?.entitlementId).then((all) => all.slice(1));
    expect(stopped).toMatchObject({ state: 'cancelled' });
    expect(desk.instant.sendingsOf(stopped?.reference ?? '')).toEqual([]);
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.not-mended',
      details: { left: [{ paymentId: paidAfterAll?.id, why: 'held' }] },
    });
  });

  it('that the bank says it paid after all needs a reason in writing, whoever has released the hold and why', async () => {
    const { batchId, payments } = await failed('AM04');
    const [payment] = payments;
    const says = () =>
      db.database.transaction((tx) =>
        desk.outcomes.record(tx, {
          bankCode: 'instant-bank',
          items: [{ reference: payment?.reference ?? '', fact: { kind: 'settled' } }],
          cause: 'notice',
          sourceId: null,
          at: desk.clock.now(),
        }),
      );
    await says();
    await execute(
      reader(),
      `update beneficiary set hold_reason = null, held_at = null where id = $1`,
      [payment?.beneficiaryId],
    );
    // The same word again is no news and holds nobody again.
    await says();
    const sameAccountBecause = 'người nhận đã xác nhận số tài khoản';
    await expect(
      desk.reissuing.reissue({ actor: actor(), batchId, sameAccountBecause }),
    ).rejects.toMatchObject({
      code: 'payments.not-mended',
      details: { left: [{ paymentId: payment?.id, why: 'paid_after_all' }] },
    });
    const paidAfterAllBecause = 'ngân hàng báo nhầm, công văn 15/NH';
    expect(
      await desk.reissuing.reissue({ actor: actor(), batchId, paidAfterAllBecause }),
    ).toMatchObject({ reissued: 1 });
  });

  it('of a follow-up batch that was cancelled can be done again', async () => {
    const { batchId, payments } = await failed('AC01');
    await mend(payments[0]?.beneficiaryId);
    const first = await desk.reissuing.reissue({ actor: actor(), batchId });
    await expect(desk.reissuing.reissue({ actor: actor(), batchId })).rejects.toMatchObject({
      code: 'payments.not-mended',
    });
    await desk.batches.cancelling.cancel({
      actor: actor(),
      batchId: first.batchId,
      reason: 'lập nhầm',
    });
    expect(await desk.reissuing.reissue({ actor: actor(), batchId })).toMatchObject({
      reissued: 1,
    });
  });

  it('counts the lines that came of it, not those that were asked for', async () => {
    desk.instant.script('555001', refuses('AC01'));
    desk.instant.script('555002', refuses('AC01'));
    const to = (number: string) => ({ account: { bin: INSTANT_BIN, number } });
    const { batchId, runId } = await desk.running([
      { ...to('555001'), recipientUntil: '2026-11-21' },
      to('555002'),
    ]);
    await desk.work();
    for (const p of await desk.payments(runId)) await mend(p.beneficiaryId);
    // The authorised recipient's paper is good no longer: the batch itself leaves that one out.
    desk.clock.advanceMs(3 * 86_400_000);
    expect(await desk.reissuing.reissue({ actor: actor(), batchId })).toMatchObject({
      reissued: 1,
      left: [],
    });
  });

  function lineage(entitlementId = '') {
    return rows<{
      state: string;
      reference: string;
      reissueOf: string | null;
      approvalId: string;
      accountId: string;
    }>(
      reader(),
      `select state, reference, reissue_of as "reissueOf", approval_id as "approvalId", account_id as "accountId"
         from payment where entitlement_id = $1 order by id`,
      [entitlementId],
    );
  }
});
