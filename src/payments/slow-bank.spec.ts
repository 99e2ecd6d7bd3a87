import { INSTANT_BIN, paymentDesk } from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

const SECOND = 1000;
const atInstant = { account: { bin: INSTANT_BIN } };
const times = <T>(n: number, each: T): T[] => Array.from({ length: n }, () => each);
const INSTANT = 'instant-bank';

describe('a slow bank', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
  });
  afterEach(() => db.close());

  it('holds no connection and no lock while it hangs: more calls than connections, and the other pays', async () => {
    const desk = await paymentDesk(db, clock, {
      bulk: { timeoutMs: 300_000, maxPerSubmission: 1 },
    });
    const hangs = gate();
    desk.bulk.beforeAnswer = () => hangs.passed;
    const { runId } = await desk.running([...times(14, {}), ...times(5, atInstant)]);
    const rings = desk.doorbell.take();
    const slow = rings.filter(({ queue }) => queue === 'bank-bulk-bank');
    const sending = Promise.all(slow.map((ring) => desk.answerRing(ring)));
    for (let tries = 0; tries < 4000 && desk.bulk.calls.length < 14; tries += 1) await tick();
    expect(desk.bulk.calls).toHaveLength(14);
    for (const ring of rings.filter((one) => !slow.includes(one))) await desk.answerRing(ring);
    await desk.sweeper.sweep();
    expect((await desk.states(runId)).sort()).toEqual([
      ...times(14, 'sending'),
      ...times(5, 'settled'),
    ]);
    hangs.open();
    await sending;
    expect(await desk.states(runId)).toEqual(times(19, 'settled'));
  });

  it('does not make the lost sender or asker of a fast bank wait as long as its own would', async () => {
    const desk = await paymentDesk(db, clock, {
      bulk: { timeoutMs: 300_000 },
      instant: { timeoutMs: 1000 },
    });
    await desk.running([atInstant, {}]);
    const stuck = gate();
    desk.instant.beforeAnswer = () => stuck.passed;
    desk.bulk.beforeAnswer = () => stuck.passed;
    const calls = Promise.all(desk.doorbell.take().map((rung) => desk.answerRing(rung)));
    const made = () => desk.instant.calls.length + desk.bulk.calls.length;
    for (let tries = 0; tries < 400 && made() < 2; tries += 1) await tick();
    clock.advanceMs(11 * SECOND + 1);
    await desk.sweeper.sweep();
    const lost = await rows<{ bank: string }>(
      db.database.reader,
      `select bank_code as bank from attempt where outcome = 'lost'`,
    );
    expect(lost).toEqual([{ bank: INSTANT }]);
    stuck.open();
    await calls;
  });
});

function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((wake) => (open = wake));
  return { passed, open };
}

const tick = () => new Promise((wake) => setTimeout(wake, 5));
