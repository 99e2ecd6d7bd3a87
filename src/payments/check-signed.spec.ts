import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { SignedLines, type Verified } from '../batches/index.js';
import { execute } from '../platform/database/index.js';
import { CheckSigned } from './check-signed.js';
import { PaymentAlarms } from './alarm.read.js';

const atInstant = { account: { bin: INSTANT_BIN } };
const SEAL_AGAIN = `update batch_line set line_digest = repeat('a', 64) where batch_id = $1`;

describe('what is sent is what was signed', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let clock: ManualClock;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());

  /** As somebody would who may switch the database's own promises off. */
  const tamper = (sql: string, parameters: unknown[]) =>
    db.database.transaction(async (tx) => {
      await execute(tx, `set local session_replication_role = replica`);
      await execute(tx, sql, parameters);
    });
  const stopped = async (runId: string) => {
    const alarms = await new PaymentAlarms().stoppedRuns(db.database.reader);
    return alarms.some((alarm) => alarm.runId === runId);
  };
  const happened = async (runId: string) =>
    (await desk.runs.history(db.database.reader, runId)).map((event) => event.happened);

  const PAYMENT = 'update payment set';
  const LINE = 'update batch_line set';
  it.each([
    [`${PAYMENT} amount = amount * 10 where batch_id = $1 and line_no = 2`],
    [`${PAYMENT} account_number = '999' where batch_id = $1 and line_no = 1`],
    [`${PAYMENT} account_name = 'KE GIAN' where batch_id = $1 and line_no = 1`],
    [`${PAYMENT} bank_bin = '970407' where batch_id = $1 and line_no = 1`],
    [`${PAYMENT} fund = 'NSDP' where batch_id = $1 and line_no = 1`],
    [`${PAYMENT} reference = 'CTSENTONCEMORE' where batch_id = $1 and line_no = 1`],
    [`${PAYMENT} bank_code = 'instant-bank' where batch_id = $1 and line_no = 1`],
    [`${LINE} amount = amount + 1 where batch_id = $1 and line_no = 1`],
    [`${LINE} payee_name = 'Kẻ Gian' where batch_id = $1 and line_no = 1`],
    [`delete from batch_line where batch_id = $1 and line_no = 1`],
    [SEAL_AGAIN],
  ])('after `%s` nothing is sent, the run stops, and it is to be seen', async (sql) => {
    const { runId, batchId } = await desk.running([{}, {}]);
    await tamper(sql, [batchId]);
    const calls = desk.bulk.calls.length;
    await desk.work();
    expect(desk.bulk.calls).toHaveLength(calls);
    expect(await desk.states(runId)).toEqual(['ready', 'ready']);
    expect(await desk.runs.find(db.database.reader, runId)).toMatchObject({ state: 'paused' });
    expect(await stopped(runId)).toBe(true);
    expect(await happened(runId)).toEqual(['created', 'started', 'paused']);
    const actor = desk.office.preparer;
    if (!sql.startsWith(PAYMENT) && sql !== SEAL_AGAIN) {
      await expect(desk.operating.resume({ actor, runId })).rejects.toMatchObject({
        code: 'payments.not-as-signed',
      });
    } else {
      // What the lines say is whole: the run may go on, and stops again before anything is sent.
      await desk.operating.resume({ actor, runId });
      await desk.passTime(60_000);
      expect(desk.bulk.calls).toHaveLength(calls);
      expect(await desk.runs.find(db.database.reader, runId)).toMatchObject({ state: 'paused' });
    }
  });

  it('a line that goes between two sendings of a run stops it too', async () => {
    const { runId, batchId } = await desk.running([atInstant, atInstant]);
    const [first, second] = await desk.payments(runId);
    await desk.sending.handle({ submissionId: first?.submissionId ?? '' });
    await tamper(
      `delete from batch_line where id = (select batch_line_id from payment where id = $1)`,
      [second?.id],
    );
    await desk.sending.handle({ submissionId: second?.submissionId ?? '' });
    expect(desk.instant.sendingsOf(second?.reference ?? '')).toEqual([]);
    expect(await stopped(runId)).toBe(true);
    expect(batchId).toBeDefined();
  });

  it('many senders that find it at once all stop, and the run is paused once', async () => {
    const { runId, batchId } = await desk.running(Array.from({ length: 6 }, () => atInstant));
    await tamper(`${PAYMENT} amount = amount + 1 where batch_id = $1`, [batchId]);
    const payments = await desk.payments(runId);
    const calls = desk.instant.calls.length;
    await Promise.all(payments.map(({ submissionId }) => desk.sending.handle({ submissionId })));
    expect(desk.instant.calls).toHaveLength(calls);
    expect(await happened(runId)).toEqual(['created', 'started', 'paused']);
    expect(new Set(await desk.states(runId))).toEqual(new Set(['ready']));
  });

  it('the whole batch is looked at once for many senders, and again after a while', async () => {
    const { batchId } = await desk.running([{}, {}]);
    const lines = new CountingLines();
    const checking = new CheckSigned(lines, clock);
    const look = () => checking.wholeBatch(db.database.reader, batchId);
    expect(await Promise.all(Array.from({ length: 8 }, look))).not.toContain(false);
    expect(lines.looks).toBe(1);
    clock.advanceMs(9_999);
    await look();
    expect(lines.looks).toBe(1);
    clock.advanceMs(1);
    await tamper(`${LINE} amount = amount + 1 where batch_id = $1`, [batchId]);
    expect(await look()).toBe(false);
    expect(await look()).toBe(false);
    expect(lines.looks).toBe(3);
  });

  it('a batch that takes long to look at is believed for longer, and never looked at under a claim', async () => {
    const { batchId } = await desk.running([{}]);
    const lines = new CountingLines(() => clock.advanceMs(6_000));
    const checking = new CheckSigned(lines, clock);
    await checking.wholeBatch(db.database.reader, batchId);
    clock.advanceMs(119_999);
    await checking.wholeBatch(db.database.reader, batchId);
    expect(lines.looks).toBe(1);
  });
});

class CountingLines extends SignedLines {
  looks = 0;

  constructor(private readonly meanwhile: () => void = () => undefined) {
    super();
  }

  override verify(...given: Parameters<SignedLines['verify']>): Promise<Verified> {
    this.looks += 1;
    this.meanwhile();
    return super.verify(...given);
  }
}
