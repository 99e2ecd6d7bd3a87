import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { foldTally, longTallies } from './tally.store.js';

const atInstant = { account: { bin: INSTANT_BIN } };

describe('how many payments stand where', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;

  beforeEach(async () => {
    db = await testDatabase();
    desk = await paymentDesk(db, new ManualClock(new Date('2026-11-20T02:00:00Z')));
  });
  afterEach(() => db.close());

  const MARKS = 'run_id, bank_code, rail, fund, state';
  const told = () =>
    rows<{ run_id: string; state: string }>(
      db.database.reader,
      `select ${MARKS}, sum(payments)::int as payments, sum(total)::text as total
         from payment_tally group by ${MARKS} having sum(payments) <> 0 order by ${MARKS}`,
    );
  const counted = () =>
    rows(
      db.database.reader,
      `select ${MARKS}, count(*)::int as payments, sum(amount)::text as total
         from payment group by ${MARKS} order by ${MARKS}`,
    );
  const paid = async () => {
    desk.instant.usually(refuses('AC04'));
    await desk.running([atInstant, {}]);
    await desk.work();
    desk.instant.usually(MOODS.doubtfulNotBooked);
    const batch = await desk.running([atInstant, atInstant, {}, {}, {}]);
    await desk.work();
    return batch;
  };

  it('is what a count of the payments says, after their birth and after every move', async () => {
    await desk.running([atInstant, {}]);
    expect(await told()).toEqual(await counted());
    await paid();
    const after = await told();
    expect(new Set(after.map(({ state }) => state)).size).toBeGreaterThan(2);
    expect(after).toEqual(await counted());
  });

  it('is so as well where one comes and another goes in the same statement, of another amount', async () => {
    await desk.running([
      { ...atInstant, amount: '1000' },
      { ...atInstant, amount: '70' },
    ]);
    const move = (states: string) =>
      execute(
        db.database.reader,
        `update payment p set state = m.state, first_sent_at = now(), unknown_since = now()
           from (values ('1000', split_part($1, ' ', 1)), ('70', split_part($1, ' ', 2))) as m (amount, state)
          where p.amount = m.amount::numeric`,
        [states],
      );
    await move('sending accepted');
    await move('accepted settled');
    expect(await told()).toEqual(await counted());
    const [run] = await rows<{ id: string }>(db.database.reader, 'select id from payment_run');
    await db.database.transaction((tx) => foldTally(tx, run?.id ?? ''));
    expect(await told()).toEqual(await counted());
  });

  it('is the same when it is folded, by two at once as well', async () => {
    const { runId } = await paid();
    expect(await longTallies(db.database.reader, 3)).toContain(runId);
    const before = await told();
    const fold = () => db.database.transaction((tx) => foldTally(tx, runId));
    await Promise.all([fold(), fold()]);
    await fold();
    expect(await told()).toEqual(before);
    const [{ n } = { n: 0 }] = await rows<{ n: number }>(
      db.database.reader,
      'select count(*)::int as n from payment_tally where run_id = $1',
      [runId],
    );
    expect(n).toBe(before.filter((row) => row.run_id === runId).length);
    expect(await longTallies(db.database.reader, n)).not.toContain(runId);
  });

  it('no move on the straight way writes an index, so that no index holds what changes there', async () => {
    const changing = ['state', 'changed_at', 'first_sent_at', 'last_sent_at', 'settled_at'];
    const found = await rows<{ name: string; columns: string[] }>(
      db.database.reader,
      `select i.indexrelid::regclass::text as name,
              array(select a.attname::text from pg_attribute a
                     where a.attrelid = i.indrelid
                       and (a.attnum = any(i.indkey::int2[])
                            or pg_get_expr(i.indpred, i.indrelid) ~ ('\\m' || a.attname || '\\M'))) as columns
         from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am am on am.oid = c.relam
        where i.indrelid = 'payment'::regclass and am.amname <> 'brin'`,
    );
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter(({ columns }) => columns.some((one) => changing.includes(one)))).toEqual(
      [],
    );
  });

  it('a payment cannot be told to stand elsewhere than its state says', async () => {
    await paid();
    const lie = execute(
      db.database.reader,
      `update payment set aside = 'returned', is_live = false`,
    );
    await expect(lie).rejects.toThrow('can only be updated to DEFAULT');
    expect(
      await one(
        db.database.reader,
        `select bool_and(is_live = (state not in ('rejected', 'returned', 'cancelled'))
                         and (aside is null) = (state in ('ready', 'sending', 'accepted', 'settled'))
                         and coalesce(aside, state) = state) as sound from payment`,
      ),
    ).toEqual({ sound: true });
  });
});
