import { afterPayments } from '../../test/builders/after-payment.modules.js';
import { handOverDesk, type HandOverDesk } from '../../test/builders/hand-over-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import { ApprovalsModule } from '../approvals/index.js';
import type { Actor } from '../identity/index.js';
import { ManualClock } from '../kernel/index.js';
import { ReportsModule } from './reports.module.js';
import { WaitingForYou } from './waiting-for-you.js';

describe('lists to carry to a bank, on the first page', () => {
  const clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
  let db: TestDatabase;
  let http: HttpUnderTest;
  let hands: HandOverDesk;
  let preparer: Actor;

  beforeAll(async () => {
    db = await testDatabase();
    hands = await handOverDesk(db, clock, { maxPerSubmission: 2 });
    preparer = hands.desk.office.preparer;
    http = await httpUnderTest(db, {
      clock,
      imports: [...afterPayments(clock, hands.banks), ApprovalsModule, ReportsModule],
    });
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  const toCarry = async (actor: Actor) => {
    const waiting = await http.app.get(WaitingForYou).of(actor);
    return waiting.find(({ kind }) => kind === 'carry');
  };

  it('are not spoken of while there are none, nor to who may not see payments', async () => {
    expect(await toCarry(preparer)).toBeUndefined();
    await hands.desk.running(Array.from({ length: 4 }, () => ({})));
    expect(await toCarry({ ...preparer, permissions: new Set(['alert.read']) })).toBeUndefined();
  });

  it('wait for whoever may carry them, with their money, and are only watched by others', async () => {
    const since = clock.now();
    clock.advanceMs(3_600_000);
    expect(await toCarry(preparer)).toEqual({
      kind: 'carry',
      count: 2,
      total: String(4 * 2_789_000),
      oldest: since,
      pressing: 0,
      isYours: true,
    });
    const onlooker = { ...preparer, permissions: new Set(['payment.read'] as const) };
    expect(await toCarry(onlooker)).toMatchObject({ count: 2, isYours: false });
  });

  it('wait at every step until the bank has them; then it is the bank’s turn', async () => {
    const [{ submissionId } = { submissionId: '' }] = await hands.waiting();
    const { list } = await hands.handOver(submissionId);
    const fileId = list.file.id;
    expect(await toCarry(preparer)).toMatchObject({ count: 2 });
    await hands.download(fileId);
    expect(await toCarry(preparer)).toMatchObject({ count: 2 });
    const uploadedAt = clock.now();
    await hands.carrying.noteUpload({ actor: preparer, fileId, uploadedAt, note: null });
    expect(await toCarry(preparer)).toMatchObject({ count: 1, total: String(2 * 2_789_000) });
    expect(await hands.waiting('awaiting-result')).toHaveLength(1);
  });
});
