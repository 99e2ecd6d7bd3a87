import {
  aLetter,
  doubtDesk,
  PAST_THE_WINDOW_MS,
  type DoubtDesk,
} from '../../test/builders/doubt-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { SYSTEM } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

const NONE = { reference: null, note: null, file: null };

describe('proposing how a doubt ends', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: DoubtDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await doubtDesk(db, clock);
  });
  afterAll(() => db.close());

  const rulingCount = async () =>
    (await rows<{ n: number }>(db.database.reader, `select count(*)::int n from doubt_ruling`))[0]
      ?.n;
  const fileOf = (bytes: Buffer, fileName = 'công văn.pdf') => ({
    reference: null,
    note: null,
    file: { fileName, bytes },
  });

  it('is for people who may, with evidence that can be kept', async () => {
    const { ids } = await desk.inDoubt();
    const before = await rulingCount();
    const { holder } = desk.office;
    await expect(desk.propose(ids, { actor: holder })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(desk.propose(ids, { actor: SYSTEM })).rejects.toMatchObject({ kind: 'forbidden' });
    const system = { ...desk.office.preparer, kind: 'api-key' as const };
    await expect(desk.propose(ids, { actor: system })).rejects.toMatchObject({
      code: 'payments.ruled-by-people',
    });
    await expect(
      desk.propose(ids, { evidence: { ...NONE, note: 'ngân hàng nói qua điện thoại' } }),
    ).rejects.toMatchObject({ code: 'payments.evidence-missing' });
    await expect(
      desk.propose(ids, {
        evidence: fileOf(Buffer.from('<script>alert(1)</script>'), 'letter.pdf'),
      }),
    ).rejects.toMatchObject({ code: 'payments.evidence-not-taken' });
    const large = Buffer.concat([aLetter(), Buffer.alloc(5 * 1024 * 1024)]);
    await expect(desk.propose(ids, { evidence: fileOf(large) })).rejects.toMatchObject({
      code: 'payments.evidence-too-large',
    });
    expect(await rulingCount()).toBe(before);
  });

  it('leaves doubts counted by their age, and says how many of them wait for a signature', async () => {
    desk.instant.onEnquiry('unknown');
    const { bankCode } = (await desk.inDoubt(3)).first;
    const oldOnes = (await desk.doubts.byAge(db.database.reader, clock.now()))[0]?.count ?? 0;
    clock.advanceMs(2 * 3_600_000);
    const { ids } = await desk.inDoubt(2);
    await desk.propose(ids.slice(0, 1));
    const [age] = await desk.doubts.byAge(db.database.reader, clock.now());
    expect(age).toMatchObject({
      bankCode,
      count: oldOnes + 2,
      underHour: 2,
      underDay: oldOnes,
      older: 0,
      ruled: 1,
    });
    desk.instant.onEnquiry('truth');
  });

  it('is for payments in doubt only, of one bank, each in one open proposal at most', async () => {
    desk.instant.usually(MOODS.settles);
    const settled = await desk.running([{ account: { bin: '970436' } }]);
    await desk.work();
    const settledIds = (await desk.payments(settled.runId)).map((p) => p.id);
    const { ids } = await desk.inDoubt(2);
    const certain = desk.propose([...ids, ...settledIds]);
    await expect(certain).rejects.toMatchObject({
      code: 'payments.not-in-doubt',
      details: { payments: [{ paymentId: settledIds[0], state: 'settled' }] },
    });
    await expect(desk.propose([...ids, newId()])).rejects.toMatchObject({ kind: 'not-found' });
    desk.bulk.usually(MOODS.doubtfulBooked);
    const bulk = await desk.running([{}]);
    await desk.work();
    const bulkIds = (await desk.payments(bulk.runId)).map((p) => p.id);
    await expect(desk.propose([...ids, ...bulkIds])).rejects.toMatchObject({
      code: 'payments.doubts-of-several-banks',
    });
    const { rulingId } = await desk.propose(ids.slice(0, 1));
    await expect(desk.propose(ids)).rejects.toMatchObject({
      code: 'payments.in-another-ruling',
      details: { payments: [{ paymentId: ids[0], rulingId }] },
    });
    expect(await desk.states(bulk.runId)).toEqual(['unknown']);
  });

  it('of two proposals at once about one payment, one stands', async () => {
    const { ids } = await desk.inDoubt(3);
    const tries = await Promise.allSettled([
      desk.propose(ids),
      desk.propose(ids.toReversed()),
      desk.propose(ids.slice(1, 2)),
    ]);
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
    for (const refused of tries.filter((t) => t.status === 'rejected')) {
      expect(refused.reason).toMatchObject({ code: 'payments.in-another-ruling' });
    }
  });

  it('"it never happened" waits for the bank\'s own window after the last sending, and says until when', async () => {
    const sentAt = clock.now();
    const { ids, runId } = await desk.inDoubt();
    // The call may take 5 s to begin and 5 s to time out; the bank's window is ten minutes.
    const until = new Date(sentAt.getTime() + 10_000 + 600_000).toISOString();
    const tooYoung = { code: 'payments.doubt-too-young', details: { until } };
    await expect(desk.propose(ids, { outcome: 'rejected' })).rejects.toMatchObject(tooYoung);
    clock.advanceMs(10_000 + 600_000 - 1);
    await expect(desk.propose(ids, { outcome: 'rejected' })).rejects.toMatchObject(tooYoung);
    clock.advanceMs(1);
    await desk.propose(ids, { outcome: 'rejected' });
    expect(await desk.states(runId)).toEqual(['unknown']);
  });

  it('what the bank wrote while it could still book is no evidence that it did not, however late it is handed in', async () => {
    const sentAt = clock.now();
    const { ids } = await desk.inDoubt();
    const until = new Date(sentAt.getTime() + 10_000 + 600_000);
    clock.advanceMs(24 * 3_600_000);
    const asOf = (ms: number) => ({ evidence: { asOf: new Date(until.getTime() + ms) } });
    await expect(desk.propose(ids, { outcome: 'rejected', ...asOf(-1) })).rejects.toMatchObject({
      code: 'payments.doubt-too-young',
      details: { until: until.toISOString() },
    });
    const tomorrow = { evidence: { asOf: new Date(clock.now().getTime() + 1) } };
    await expect(desk.propose(ids, tomorrow)).rejects.toMatchObject({
      code: 'payments.evidence-of-tomorrow',
    });
    await desk.propose(ids, { outcome: 'rejected', ...asOf(0) });
  });

  it.each([null, 'nonsense', 'DUPL', 'AB05', 'DT06'])(
    '"it never happened" for %s is no reason that opens an entitlement again',
    async (reasonCode) => {
      const { ids } = await desk.inDoubt();
      clock.advanceMs(PAST_THE_WINDOW_MS);
      await expect(desk.propose(ids, { outcome: 'rejected', reasonCode })).rejects.toMatchObject({
        code: 'payments.reason-not-fit',
      });
    },
  );

  it('"it was settled" may be said at once; nothing moves, and all that was said is kept', async () => {
    const { ids, runId, all } = await desk.inDoubt(2);
    const { rulingId } = await desk.propose(ids, {
      evidence: fileOf(aLetter(), '../sao\u202E kê.pdf'),
    });
    expect(await desk.states(runId)).toEqual(['unknown', 'unknown']);
    const tx = db.database.reader;
    expect(await desk.rulings.find(tx, rulingId)).toMatchObject({
      bankCode: 'instant-bank',
      outcome: 'settled',
      reasonCode: null,
      state: 'proposed',
      payments: 2,
      total: String(all.reduce((sum, p) => sum + BigInt(p.amount), 0n)),
      fileName: 'sao kê.pdf',
      fileType: 'application/pdf',
      proposedLogin: 'lap.bang',
    });
    expect((await desk.rulings.evidence(tx, rulingId))?.bytes).toEqual(aLetter());
    expect(await desk.rulings.history(tx, rulingId)).toMatchObject([{ happened: 'proposed' }]);
    const audit = await rows(
      tx,
      `select detail->>'payments' n from audit_entry where subject_id = $1`,
      [rulingId],
    );
    expect(audit).toEqual([{ n: '2' }]);
  });
});
