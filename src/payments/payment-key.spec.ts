import { idAt } from '../../test/builders/id-at.js';
import { paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { bankReferenceOf, ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { ArchiveParts, MakeParts } from '../platform/partitions/index.js';
import { PAYMENTS_BY_MONTH } from './payments.partitions.js';
import { VerifyBooks } from './verify-books.read.js';

const DAY = 86_400_000;
const YEAR = 366 * DAY;
const TALLY = 'select sum(payments)::int as n, sum(total)::text as total from payment_tally';

describe('what holds of payments over all months', () => {
  let db: TestDatabase;
  let desk: PaymentDesk;
  let clock: ManualClock;
  let paid: string;
  let failed: string;
  /** In a month that has a part of its own. */
  let later: Date;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
    desk.bulk.script('5550001', refuses('AC01'));
    const { runId } = await desk.running([{}, { account: { number: '5550001' } }]);
    await desk.work();
    const payments = await desk.payments(runId);
    paid = payments.find(({ state }) => state === 'settled')?.id ?? '';
    failed = payments.find(({ state }) => state === 'rejected')?.id ?? '';
    const { at } = (await one<{ at: Date }>(
      db.database.reader,
      `select uuidv7_time(min(month_floor(to_date(right(relname, 7), 'YYYY_MM'))::text)::uuid) as at
         from pg_class where relname ~ '^payment_20[0-9_]{5}$'`,
    )) ?? { at: clock.now() };
    later = new Date(at.getTime() + 10 * DAY);
  });
  afterEach(() => db.close());

  /** By a hand that switched off whatever can be switched off for a session. */
  const byHand = (sql: string, parameters: unknown[] = []) =>
    db.database.transaction(async (tx) => {
      await execute(tx, 'set local session_replication_role = replica');
      return execute(tx, sql, parameters);
    });
  /** A payment like `of`, and all that is of one payment only is its own; but for what is said otherwise. */
  const bear = async (of: string, different: Record<string, string>, at = later) => {
    const id = idAt(at);
    const own: Record<string, string> = {
      id: `'${id}'`,
      reference: `'${bankReferenceOf(id)}'`,
      batch_line_id: 'gen_random_uuid()',
      entitlement_id: 'gen_random_uuid()',
      state: `'ready'`,
      reason_code: 'null',
      ...different,
    };
    const columns = await rows<{ name: string }>(
      db.database.reader,
      `select attname as name from pg_attribute
        where attrelid = 'payment'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    );
    const names = columns.map(({ name }) => name);
    await byHand(
      `insert into payment (${names.join(', ')})
       select ${names.map((name) => own[name] ?? name).join(', ')} from payment where id = $1`,
      [of],
    );
    return id;
  };
  const placeOf = async (id: string) => {
    const sql = 'select tableoid::regclass::text as part from payment where id = $1';
    return (await one<{ part: string }>(db.database.reader, sql, [id]))?.part ?? null;
  };
  const faults = async () =>
    (await new VerifyBooks().verify(db.database.reader)).filter(
      ({ what }) => what === 'key-differs',
    );

  it('an entitlement has one live payment, in whatever month the other one is born', async () => {
    const same = { entitlement_id: 'entitlement_id' };
    await expect(bear(paid, same)).rejects.toThrow('payment_one_live_per_entitlement');
    await expect(bear(paid, same, new Date())).rejects.toThrow('payment_one_live_per_entitlement');
    const again = await bear(failed, same);
    expect(await placeOf(again)).not.toBe(await placeOf(failed));
    await expect(bear(failed, same, new Date())).rejects.toThrow(
      'payment_one_live_per_entitlement',
    );
    // What failed does not come to life beside what was paid in its stead.
    const revived = `update payment set state = 'settled' where id = $1`;
    await expect(byHand(revived, [failed])).rejects.toThrow('payment_one_live_per_entitlement');
    expect(await faults()).toEqual([]);
  });

  it('of two that are born at the same moment in two months, one is', async () => {
    const same = { entitlement_id: 'entitlement_id' };
    const born = await Promise.allSettled([
      bear(failed, same),
      bear(failed, same, new Date()),
      bear(failed, same),
    ]);
    expect(born.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['reference', 'payment_reference_key'],
    ['batch_line_id', 'payment_batch_line_id_key'],
  ])('a %s is of one payment', async (column, key) => {
    await expect(bear(paid, { [column]: column })).rejects.toThrow(key);
    await expect(bear(failed, { [column]: column })).rejects.toThrow(key);
  });

  it('what failed is reissued in another month, once, and again when that was cancelled', async () => {
    const reissue = { reissue_of: `'${failed}'` };
    const first = await bear(failed, reissue);
    expect(await placeOf(first)).not.toBe(await placeOf(failed));
    await expect(bear(failed, reissue, new Date())).rejects.toThrow('payment_reissued_once');
    await byHand(`update payment set state = 'cancelled' where id = $1`, [first]);
    await bear(failed, reissue, new Date());
    await expect(
      byHand(`update payment set state = 'ready' where id = $1`, [first]),
    ).rejects.toThrow('payment_reissued_once');
    expect(await faults()).toEqual([]);
  });

  it('a payment reissues one that is there', async () => {
    await expect(
      execute(
        db.database.reader,
        `with one as (select * from payment where id = $1) update payment p set reissue_of = $2 from one where p.id = one.id`,
        [paid, newId()],
      ),
    ).rejects.toThrow('does not change');
    const added = `insert into payment_conflict (payment_id, at, state, says, cause) values ($1, now(), 'settled', 'rejected', 'notice')`;
    await expect(execute(db.database.reader, added, [newId()])).rejects.toThrow('foreign key');
    await expect(
      execute(
        db.database.reader,
        `insert into payment_history (payment_id, at, to_state, cause) values ($1, now(), 'ready', 'run')`,
        [newId()],
      ),
    ).rejects.toMatchObject({ driverError: { code: '23503' } });
  });

  it('a part is not written to past its name, and keys are written by payments only', async () => {
    const part = (await placeOf(paid)) ?? '';
    for (const act of [
      `update ${part} set changed_at = now()`,
      `insert into ${part} (id) values (gen_random_uuid())`,
      `delete from ${part}`,
      `truncate ${part}`,
      `update payment_key set is_live = false`,
      `insert into payment_key select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), null, true, false, 'CT0'`,
      `delete from payment_key`,
      `truncate payment_key cascade`,
    ])
      await expect(execute(db.database.reader, act)).rejects.toThrow(
        /append-only|written to as payment only|written by payment/,
      );
  });

  it('keys that were tampered with are seen', async () => {
    expect(await faults()).toEqual([]);
    for (const [act, where] of [
      [`update payment_key set is_live = not is_live where payment_id = $1`, paid],
      [`update payment_key set is_cancelled = true where payment_id = $1`, failed],
      [`update payment_key set reference = 'CT0' where payment_id = $1`, paid],
      [`update payment_key set entitlement_id = payment_id where payment_id = $1`, failed],
      [`delete from payment_key where payment_id = $1`, paid],
    ] as const)
      await db.database
        .transaction(async (tx) => {
          await execute(tx, 'set local session_replication_role = replica');
          await execute(tx, act, [where]);
          expect(await new VerifyBooks().verify(tx)).toMatchObject([
            { what: 'key-differs', where },
          ]);
          throw new Error('undo');
        })
        .catch((error: unknown) => expect(error).toMatchObject({ message: 'undo' }));
  });

  it('goes on to hold when the payments themselves lie in the archive', async () => {
    const again = await bear(failed, { entitlement_id: 'entitlement_id', state: `'settled'` });
    expect(await archived(new Date(later.getTime() + 14 * YEAR))).toContain(await placeName(paid));
    const lying = `select count(*)::int as n from archive.payment where id = any($1::uuid[])`;
    expect(await one(db.database.reader, lying, [[paid, failed, again]])).toEqual({ n: 3 });
    expect(await faults()).toEqual([]);
    const young = await desk.running([{}]);
    const [other] = await desk.payments(young.runId);
    for (const [column, key] of [
      ['entitlement_id', 'payment_one_live_per_entitlement'],
      ['reference', 'payment_reference_key'],
      ['batch_line_id', 'payment_batch_line_id_key'],
    ] as const) {
      const old = `(select ${column} from archive.payment where id = '${again}')`;
      await expect(bear(other?.id ?? '', { [column]: old }, new Date())).rejects.toThrow(key);
    }
    for (const table of ['archive.payment', `archive.${await placeName(paid)}`])
      await expect(
        execute(db.database.reader, `update ${table} set changed_at = now()`),
      ).rejects.toThrow(/append-only|written to as payment only/);
  });

  it('a part stays, however old, while a payment of it is under way', async () => {
    const open = await bear(failed, { state: `'unknown'`, unknown_since: 'now()' });
    const left = await archived(new Date(later.getTime() + 14 * YEAR));
    expect(left).not.toContain(await placeOf(open));
    expect(await placeOf(open)).not.toBeNull();
  });

  it('a stray comes home into its month, and is counted once', async () => {
    const far = new Date(later.getTime() + YEAR);
    const stray = await bear(failed, {}, far);
    expect(await placeOf(stray)).toBe('payment_default');
    const before = await one(db.database.reader, TALLY);
    const maker = new MakeParts(db.database, new ManualClock(far), PAYMENTS_BY_MONTH);
    expect((await maker.make({ homeStrays: true })).blocked).toEqual([]);
    expect(await placeOf(stray)).toMatch(/^payment_20/);
    const moved = `update payment set changed_at = now() where id = $1`;
    expect(await execute(db.database.reader, moved, [stray])).toBe(1);
    expect(await faults()).toEqual([]);
    expect(await one(db.database.reader, TALLY)).toEqual(before);
    // With room in its pages for moves in place, as the others have.
    const room = `select reloptions as room from pg_class where oid = $1::regclass`;
    expect(await one(db.database.reader, room, [await placeOf(stray)])).toEqual({
      room: ['fillfactor=35'],
    });
  });

  const placeName = async (id: string) =>
    (
      await one<{ part: string }>(
        db.database.reader,
        `select regexp_replace(tableoid::regclass::text, '^archive[.]', '') as part from archive.payment where id = $1`,
        [id],
      )
    )?.part;
  const archived = async (at: Date) => {
    const told = await new ArchiveParts(
      db.database,
      new ManualClock(at),
      PAYMENTS_BY_MONTH,
    ).archive({ before: null, table: 'payment', record: () => Promise.resolve() });
    return told.left.map(({ part }) => part.name);
  };
});
