import { alertDesk } from '../../test/builders/alert-desk.js';
import { handOverDesk, type HandOverDesk } from '../../test/builders/hand-over-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';

const HOUR = 3_600_000;

describe('lists that wait for a person', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let hands: HandOverDesk;
  let alerts: ReturnType<typeof alertDesk>;
  beforeEach(async () => {
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    db = await testDatabase();
    hands = await handOverDesk(db, clock, { maxPerSubmission: 2 });
    alerts = alertDesk(db.database, clock, undefined, undefined, hands.banks);
    await hands.desk.running(Array.from({ length: 4 }, () => ({})));
  });
  afterEach(() => db.close());

  const after = async (hours: number) => {
    clock.advanceMs(hours * HOUR);
    await alerts.evaluating.evaluate();
    const found = await alerts.read.list({ before: null, limit: 100 });
    return found
      .filter(({ state, rule }) => state !== 'resolved' && rule !== 'run-late')
      .map(({ rule, count }) => `${rule} ${count}`);
  };

  it('alarm once per bank when nobody makes, downloads or uploads them, and no worker is blamed', async () => {
    expect(await after(23)).toEqual([]);
    expect(await after(2)).toEqual(['hand-over-waiting 2']);
    const [first, second] = await hands.waiting();
    const { list } = await hands.handOver(first?.submissionId ?? '');
    expect(await after(1)).toEqual(['hand-over-waiting 1']);
    await hands.handOver(second?.submissionId ?? '');
    expect(await after(1)).toEqual([]);
    expect(await after(24)).toEqual(['hand-over-waiting 2']);
    await hands.download(list.file.id);
    expect(await after(1)).toEqual(['hand-over-waiting 1']);
    expect(await after(24)).toContain('hand-over-waiting 2');
  });

  it('alarm when an uploaded list has no result after it was due, and are over with the result', async () => {
    const actor = hands.desk.office.preparer;
    for (const { submissionId } of await hands.waiting()) {
      const { list } = await hands.handOver(submissionId);
      await hands.download(list.file.id);
      const uploadedAt = clock.now();
      await hands.carrying.noteUpload({ actor, fileId: list.file.id, uploadedAt, note: null });
    }
    expect(await after(47)).toEqual([]);
    const doubts = await after(2);
    expect(doubts).toContain('hand-over-waiting 2');
    const [{ runId } = { runId: '' }] = await hands.waiting('awaiting-result');
    const paid = await hands.desk.payments(runId);
    await hands.bringResult(
      paid.map((p) => [p.reference, p.accountNumber, p.amount, 'Thành công', '']),
    );
    expect(await after(1)).toEqual([]);
  });
});
