import { ManualClock, newId } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { anOffice } from '../../test/builders/officers.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

const MINUTE = 60_000;

describe('work that nobody takes', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let desk: ReturnType<typeof alertDesk>;
  let runId: string;
  beforeEach(async () => {
    clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
    db = await testDatabase();
    desk = alertDesk(db.database, clock);
    const [payment] = await db.database.transaction(async (tx) =>
      sentPayments(tx, await anOffice(tx), 2, { state: 'ready' }),
    );
    runId = payment?.runId ?? '';
    await sql(`update submission set state = 'waiting', not_before = $1`, [clock.now()]);
  });
  afterEach(() => db.close());

  const sql = (text: string, parameters: unknown[] = []) =>
    execute(db.database.reader, text, parameters);
  const rulesAfter = async (minutes: number) => {
    clock.advanceMs(minutes * MINUTE);
    await desk.evaluating.evaluate();
    const found = await desk.read.list({ before: null, limit: 100 });
    return found.filter(({ state }) => state !== 'resolved').map(({ rule }) => rule);
  };
  const callTheBank = () =>
    sql(
      `insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at)
       select $1, 'sandbox', 'pay', id, 1, 2, $2 from submission`,
      [newId(), clock.now()],
    );

  it('alarms once it has been due for minutes, and is over when a bank is called', async () => {
    expect(await rulesAfter(4)).toEqual([]);
    expect(await rulesAfter(2)).toEqual(['work-untaken']);
    expect(await rulesAfter(10)).toEqual(['work-untaken']);
    await callTheBank();
    expect(await rulesAfter(1)).toEqual([]);
  });

  it('is no alarm while its run is paused, nor at once when it is resumed', async () => {
    await sql(`update payment_run set state = 'paused', pause_reason = 'chờ'`);
    expect(await rulesAfter(60)).toEqual([]);
    await sql(`update payment_run set state = 'running', pause_reason = null`);
    await sql(
      `insert into run_history (run_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name)
       values ($1, $2, 'resumed', 'paused', 'running', 'user', 'x', 'x')`,
      [runId, clock.now()],
    );
    expect(await rulesAfter(1)).toEqual([]);
    expect(await rulesAfter(5)).toEqual(['work-untaken']);
  });

  it('is no alarm while it waits for its next try', async () => {
    await sql(`update submission set not_before = $1`, [
      new Date(clock.now().getTime() + 60 * MINUTE),
    ]);
    expect(await rulesAfter(30)).toEqual([]);
  });
});
