import { doubtDesk, PAST_THE_WINDOW_MS, type DoubtDesk } from '../../test/builders/doubt-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, rows } from '../platform/database/index.js';
import { VerifyBooks } from './verify-books.read.js';

describe('signing how a doubt ends', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: DoubtDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await doubtDesk(db, clock);
  });
  afterEach(async () => {
    // Whatever people ruled, the ledger says the same as the payments.
    expect(await new VerifyBooks().verify(db.database.reader)).toEqual([]);
  });
  afterAll(() => db.close());

  const rejected = async (count = 1) => {
    const doubt = await desk.inDoubt(count);
    clock.advanceMs(PAST_THE_WINDOW_MS);
    return { ...doubt, ...(await desk.propose(doubt.ids, { outcome: 'rejected' })) };
  };
  const bankSays = (
    reference: string,
    fact: 'settled' | 'accepted' | 'rejected',
    sequence?: number,
  ) =>
    db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'instant-bank',
        items: [
          {
            reference,
            fact:
              fact === 'rejected'
                ? { kind: fact, reason: { code: 'AC01' }, sequence }
                : { kind: fact, sequence },
          },
        ],
        cause: 'notice',
        sourceId: 'n-1',
        at: clock.now(),
      }),
    );
  const historyOf = (paymentId: string) =>
    rows(
      db.database.reader,
      `select from_state as "from", to_state as "to", cause, source_id as "sourceId"
         from payment_history where payment_id = $1 order by id`,
      [paymentId],
    );
  const holdsOf = (beneficiaryId: string) =>
    rows(db.database.reader, `select hold_reason from beneficiary where id = $1`, [beneficiaryId]);

  it('belongs to another person, who is a registered signatory and saw this very ruling', async () => {
    const { ids, runId } = await desk.inDoubt();
    const { accountant, holder, preparer } = desk.office;
    const { rulingId } = await desk.propose(ids, { actor: accountant });
    await expect(desk.sign(rulingId, preparer)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(desk.sign(rulingId, accountant)).rejects.toMatchObject({
      code: 'payments.own-ruling',
    });
    await expect(
      desk.refusing.refuse({ actor: accountant, rulingId, reason: 'tự từ chối' }),
    ).rejects.toMatchObject({ code: 'payments.own-ruling' });
    const digest = 'a'.repeat(64);
    await expect(desk.signing.sign({ actor: holder, rulingId, digest })).rejects.toMatchObject({
      code: 'payments.another-ruling-seen',
      kind: 'precondition-failed',
    });
    const unregistered = { ...holder, id: preparer.id };
    const other = await desk.inDoubt();
    const theirs = await desk.propose(other.ids, { actor: accountant });
    await expect(desk.sign(theirs.rulingId, unregistered)).rejects.toMatchObject({
      code: 'payments.ruling-needs-signatory',
    });
    expect(await desk.states(runId)).toEqual(['unknown']);
    expect(await desk.sign(rulingId, desk.office.otherAccountant)).toMatchObject({
      state: 'confirmed',
    });
  });

  it('a signatory who was disabled meanwhile signs nothing', async () => {
    const { ids, runId } = await desk.inDoubt();
    const { rulingId } = await desk.propose(ids);
    const { delegate } = desk.office;
    await execute(db.database.reader, `update app_user set disabled_at = now() where id = $1`, [
      delegate.id,
    ]);
    await expect(desk.sign(rulingId, delegate)).rejects.toMatchObject({
      code: 'payments.ruling-needs-signatory',
    });
    expect(await desk.states(runId)).toEqual(['unknown']);
  });

  it('of two signers at once one ends it, and the other is told so', async () => {
    const { ids, runId } = await desk.inDoubt(3);
    const { rulingId } = await desk.propose(ids);
    const { holder, accountant, otherAccountant } = desk.office;
    const signed = await Promise.allSettled(
      [holder, accountant, otherAccountant].map((actor) => desk.sign(rulingId, actor)),
    );
    expect(signed.filter((s) => s.status === 'fulfilled')).toHaveLength(1);
    for (const late of signed.filter((s) => s.status === 'rejected')) {
      expect(late.reason).toMatchObject({
        kind: 'conflict',
        code: 'payments.ruling-decided',
        details: { state: 'confirmed' },
      });
    }
    expect(await desk.states(runId)).toEqual(['settled', 'settled', 'settled']);
    expect(
      (await historyOf(ids[0] ?? '')).filter((h) => JSON.stringify(h).includes('operator')),
    ).toHaveLength(1);
  });

  it('of a signature, a refusal and a withdrawal at once one stands', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { ids, runId } = await desk.inDoubt();
      const { rulingId } = await desk.propose(ids);
      const { holder, accountant, colleague } = desk.office;
      const reason = 'không đủ căn cứ';
      const acts = [
        desk.sign(rulingId, holder),
        desk.refusing.refuse({ actor: accountant, rulingId, reason }),
        desk.withdrawing.withdraw({ actor: colleague, rulingId, reason }),
      ];
      const done = await Promise.allSettled(acts);
      expect(done.filter((d) => d.status === 'fulfilled')).toHaveLength(1);
      const state = (await desk.rulings.find(db.database.reader, rulingId))?.state;
      expect(await desk.states(runId)).toEqual([state === 'confirmed' ? 'settled' : 'unknown']);
      if (state !== 'confirmed') await desk.propose(ids);
    }
  });

  it("a bank's answer at the same moment: one end, and the bank's word wins where it came first", async () => {
    for (let round = 0; round < 12; round += 1) {
      const { first, rulingId } = await rejected();
      const [signed, told] = (await Promise.all(
        round % 2 === 0
          ? [desk.sign(rulingId), bankSays(first.reference, 'settled', 7)]
          : [bankSays(first.reference, 'settled', 7), desk.sign(rulingId)].toReversed(),
      )) as [Awaited<ReturnType<DoubtDesk['sign']>>, { result: string }[]];
      const state = await rows<{ state: string }>(
        db.database.reader,
        `select state from payment where id = $1`,
        [first.id],
      );
      if (signed.state === 'overtaken') {
        expect([state[0]?.state, told[0]?.result]).toEqual(['settled', 'moved']);
        expect(await desk.entitlementOf(first.id)).toBe('paid');
      } else {
        expect([state[0]?.state, told[0]?.result]).toEqual(['rejected', 'conflict']);
        expect(await holdsOf(first.beneficiaryId)).toEqual([{ hold_reason: 'DUPL' }]);
      }
    }
  });

  it("the bank's proof that it never had it, at the same moment: sent again or rejected, never both", async () => {
    desk.instant.onEnquiry('not-found');
    for (let round = 0; round < 8; round += 1) {
      const { first, runId, rulingId } = await rejected();
      const [signed] = await Promise.all([
        desk.sign(rulingId),
        desk.enquiring.handle({ bankCode: 'instant-bank' }),
      ]);
      const [state] = await desk.states(runId);
      expect([signed.state, state]).toEqual(
        signed.state === 'overtaken' ? ['overtaken', 'ready'] : ['confirmed', 'rejected'],
      );
      expect(await desk.entitlementOf(first.id)).toBe(state === 'ready' ? 'in_batch' : 'open');
    }
    desk.instant.onEnquiry('truth');
  });

  it('what left the doubt meanwhile is left alone, and said so; the rest moves', async () => {
    const { ids, all, runId, rulingId } = await rejected(3);
    const [settled, refused, doubtful] = all;
    await bankSays(settled?.reference ?? '', 'settled');
    await bankSays(refused?.reference ?? '', 'rejected');
    const signed = await desk.sign(rulingId);
    expect(signed).toEqual({
      rulingId,
      state: 'confirmed',
      moved: [doubtful?.id],
      overtaken: [
        { paymentId: settled?.id, state: 'settled' },
        { paymentId: refused?.id, state: 'rejected' },
      ],
    });
    expect(await desk.states(runId)).toEqual(['settled', 'rejected', 'rejected']);
    const reasons = (await desk.payments(runId)).map((p) => p.reasonCode);
    expect(reasons).toEqual([null, 'AC01', 'TS01']);
    const items = await desk.rulings.items(db.database.reader, rulingId);
    expect(items.map((i) => [i.result, i.foundState])).toEqual([
      ['overtaken', 'settled'],
      ['overtaken', 'rejected'],
      ['moved', null],
    ]);
    expect(items.map((i) => i.paymentId)).toEqual(ids);
  });

  it('evidence about one sending ends no doubt about the next one', async () => {
    const { first, runId, rulingId } = await rejected();
    // The bank proves that it never had it, and it is sent again; that sending is in doubt now.
    desk.instant.onEnquiry('not-found');
    await desk.passTime(60_000);
    desk.instant.onEnquiry('truth');
    desk.instant.usually(MOODS.doubtfulBooked);
    await desk.passTime(5_000);
    expect(await desk.states(runId)).toEqual(['unknown']);
    expect(desk.instant.sendingsOf(first.reference)).toHaveLength(2);
    expect(await desk.sign(rulingId)).toMatchObject({
      state: 'overtaken',
      moved: [],
      overtaken: [{ paymentId: first.id, state: 'unknown' }],
    });
    expect(await desk.states(runId)).toEqual(['unknown']);
  });

  it('"it never happened" is final and opens the entitlement: paid again only in a batch signed anew', async () => {
    const { first, runId, batchId, rulingId } = await rejected();
    await desk.sign(rulingId);
    expect(await historyOf(first.id)).toMatchObject([
      { to: 'ready' },
      { to: 'sending' },
      { to: 'unknown' },
      { from: 'unknown', to: 'rejected', cause: 'operator', sourceId: rulingId },
    ]);
    expect(await desk.entitlementOf(first.id)).toBe('open');
    await desk.passTime(3_600_000, 600_000);
    expect(desk.instant.sendingsOf(first.reference)).toHaveLength(1);
    expect(await desk.states(runId)).toEqual(['rejected']);
    const { preparer } = desk.office;
    const again = await desk.reissuing.reissue({ actor: preparer, batchId });
    expect(again).toMatchObject({ reissued: 1, left: [] });
  });

  it.each([
    ['settled', 3],
    ['settled', undefined],
    ['accepted', 0],
    ['accepted', undefined],
  ] as const)(
    'a bank that says %s (number %s) after people said it never happened is a contradiction, and the person is held',
    async (fact, sequence) => {
      const { first, runId, rulingId } = await rejected();
      await desk.sign(rulingId);
      expect(await bankSays(first.reference, fact, sequence)).toMatchObject([
        { result: 'conflict' },
      ]);
      expect(await desk.states(runId)).toEqual(['rejected']);
      const kept = await rows(
        db.database.reader,
        `select state, says from payment_conflict where payment_id = $1`,
        [first.id],
      );
      expect(kept).toEqual([{ state: 'rejected', says: fact }]);
      expect(await holdsOf(first.beneficiaryId)).toEqual([{ hold_reason: 'DUPL' }]);
    },
  );

  it('a bank that refuses what people said was settled is a contradiction, and nothing is owed again', async () => {
    const { first, ids, runId } = await desk.inDoubt(1, MOODS.doubtfulBooked);
    await desk.sign((await desk.propose(ids)).rulingId);
    expect(await bankSays(first.reference, 'rejected', 3)).toMatchObject([{ result: 'conflict' }]);
    expect(await desk.states(runId)).toEqual(['settled']);
    expect(await desk.entitlementOf(first.id)).toBe('paid');
  });

  it('a refusal leaves the doubt as it was, with its reason, and every act is in the audit trail', async () => {
    const { ids, runId } = await desk.inDoubt();
    const { rulingId } = await desk.propose(ids);
    const reason = 'văn bản không có dấu';
    await desk.refusing.refuse({ actor: desk.office.holder, rulingId, reason });
    await expect(desk.sign(rulingId)).rejects.toMatchObject({ code: 'payments.ruling-decided' });
    const second = await desk.propose(ids);
    await desk.withdrawing.withdraw({ actor: desk.office.preparer, ...second, reason });
    const third = await desk.propose(ids);
    await desk.sign(third.rulingId);
    expect(await desk.states(runId)).toEqual(['settled']);
    const acts = await rows<{ action: string }>(
      db.database.reader,
      `select action from audit_entry where subject_id = any($1) order by at, id`,
      [[rulingId, second.rulingId, third.rulingId]],
    );
    expect(acts.map((a) => a.action.replace('doubt-ruling.', '')).sort()).toEqual(
      ['proposed', 'refused', 'proposed', 'withdrawn', 'proposed', 'confirmed'].sort(),
    );
  });
});
