import { paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { VerifyLedger } from '../ledger/index.js';
import { execute, migrate, one, rows, type Tx } from '../platform/database/index.js';
import { ArchiveParts } from '../platform/partitions/index.js';
import { PAYMENTS_BY_MONTH } from './payments.partitions.js';
import { VerifyBooks } from './verify-books.read.js';

const FUND = 'NSTW_NCC';
const HOUR = 3_600_000;

describe('the ledger and the payments', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
  });
  afterEach(() => db.close());

  /** Balances of the fund as payments name them, without what tests allotted; nothing may differ. */
  const books = async (): Promise<Record<string, string>> => {
    const tx = db.database.reader;
    expect(await new VerifyBooks().verify(tx)).toEqual([]);
    expect((await new VerifyLedger().verify(tx)).faults).toEqual([]);
    const found = await rows<{ stage: string; balance: string }>(
      tx,
      `select stage, sum(amount)::text as balance from ledger_entry
        where fund = $1 and stage not in ('allotted', 'available') group by 1 having sum(amount) <> 0`,
      [FUND],
    );
    return Object.fromEntries(found.map(({ stage, balance }) => [stage, balance]));
  };
  const account = (number: string) => ({ account: { number }, amount: '1000' });

  it('agree at every step of a life: signed, made, sent, settled, refused, come back', async () => {
    desk.bulk.script('5550001', refuses('AC01'));
    desk.bulk.script('5550002', MOODS.doubtfulBooked);
    desk.bulk.script('5550003', MOODS.accepts);
    const batch = await desk.approved([
      { amount: '1000' },
      account('5550001'),
      account('5550002'),
      account('5550003'),
    ]);
    expect(await books()).toEqual({ reserved: '4000' });
    await desk.createRun.handle(batch);
    expect(await books()).toEqual({ reserved: '4000' });
    await desk.sweeper.sweep();
    desk.bulk.beforeAnswer = async () => {
      desk.bulk.beforeAnswer = null;
      // Three to a message: these are at the bank, and nobody knows anything.
      expect(await books()).toEqual({ in_transit: '3000', reserved: '1000' });
    };
    await desk.work();
    // One settled, one refused (its money is available again), one in doubt, one accepted.
    expect(await books()).toEqual({ paid: '1000', in_transit: '2000' });
    await desk.passTime(HOUR, HOUR / 4);
    expect(await books()).toEqual({ paid: '2000', in_transit: '1000' });
    const runId = await desk.runOf(batch.batchId);
    const paid = (await desk.payments(runId)).find(({ state }) => state === 'settled');
    await db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'bulk-bank',
        items: [
          {
            reference: paid?.reference ?? '',
            fact: { kind: 'returned', reason: { code: 'AC04' } },
          },
        ],
        cause: 'notice',
        sourceId: newId(),
        at: clock.now(),
      }),
    );
    expect(await books()).toEqual({
      paid: '1000',
      in_transit: '1000',
      returned: '1000',
      given_back: '-1000',
    });
  });

  it('release what was surely not sent, cancelled or withheld, and keep what is in doubt', async () => {
    desk.bulk.script('5550004', MOODS.doubtfulNotBooked);
    desk.bulk.script('5550005', MOODS.neverGotIt);
    const { runId } = await desk.running([
      account('5550004'),
      account('5550005'),
      account('5550006'),
      account('5550007'),
    ]);
    const [last] = (await desk.payments(runId)).slice(-1);
    await execute(
      db.database.reader,
      `update beneficiary set hold_reason = 'MD07', held_at = $2 where id = $1`,
      [last?.beneficiaryId, clock.now()],
    );
    await desk.work();
    expect(await books()).toEqual({ in_transit: '1000', reserved: '1000', paid: '1000' });
    await desk.operating.cancel({ actor: desk.office.holder, runId, reason: 'thử hủy' });
    await desk.sweeper.sweep();
    expect(await books()).toEqual({ in_transit: '1000', paid: '1000' });
    // "Not found" after the window is proof: reserved again, and then cancelled with its run.
    await desk.passTime(HOUR, HOUR / 6);
    expect(await books()).toEqual({ paid: '1000' });
  });

  it('name what differs: a payment moved past the code, a posting too much, a reservation', async () => {
    const { runId } = await desk.running([{ amount: '1000' }]);
    const tampered = await db.database
      .transaction(async (tx) => {
        await execute(tx, 'set local session_replication_role = replica');
        await execute(
          tx,
          `update payment set state = 'settled', first_sent_at = created_at where run_id = $1`,
          [runId],
        );
        const id = newId();
        await execute(
          tx,
          `insert into ledger_transaction (id, kind, source_type, at) values ($1, 'payments', 'x', now())`,
          [id],
        );
        await execute(
          tx,
          `insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
           values ($1, $2, '2026-11', 'paid', 7, 'VND'), ($1, $2, '2026-11', 'available', -7, 'VND')`,
          [id, FUND],
        );
        await execute(
          tx,
          `update ledger_transaction set kind = 'correction' where kind = 'reservation'`,
        );
        await execute(tx, 'update payment_tally set payments = payments + 1');
        throw Object.assign(new Error('undo'), { faults: await new VerifyBooks().verify(tx) });
      })
      .catch(
        (error: unknown) =>
          (error as { faults?: { what: string }[] }).faults ?? [error as { what: string }],
      );
    expect(new Set(tampered.map(({ what }) => what))).toEqual(
      new Set([
        'balance-differs',
        'posting-differs',
        'reservation-differs',
        'state-differs',
        'tally-differs',
      ]),
    );
  });

  it('cannot part by code that forgets to post: the database takes no such history', async () => {
    const { runId } = await desk.running([{}]);
    const [payment] = await desk.payments(runId);
    const moved = (posting: string | null) => (tx: Tx) =>
      execute(
        tx,
        `insert into payment_history (payment_id, at, from_state, to_state, cause, posting_id)
         values ($1, now(), 'ready', 'sending', 'sending', $2)`,
        [payment?.id, posting],
      );
    await expect(db.database.transaction(moved(null))).rejects.toThrow(
      'money_moves_with_its_posting',
    );
    await expect(db.database.transaction(moved(newId()))).rejects.toThrow('posting_id_fkey');
  });

  it('are opened over what was paid before there were books', async () => {
    desk.bulk.script('5550011', refuses('AC01'));
    desk.bulk.script('5550012', MOODS.doubtfulBooked);
    desk.bulk.script('5550013', MOODS.accepts);
    await desk.running([
      { amount: '1000' },
      account('5550011'),
      account('5550012'),
      account('5550013'),
    ]);
    await desk.work();
    await desk.approved([{ amount: '500' }]);
    await desk.running([{ amount: '300' }]);
    const before = await books();
    const { source } = db.database;
    const newest = async () =>
      (
        await one<{ name: string }>(
          db.database.reader,
          'select name from migrations order by timestamp desc limit 1',
        )
      )?.name;
    while ((await newest()) !== 'Alerts1764000000012') await source.undoLastMigration();
    await migrate(source);
    expect(await books()).toEqual(before);
    const left = await one<{ left: string }>(
      db.database.reader,
      `select coalesce(sum(amount), 0)::text as left from ledger_entry where stage = 'available'`,
    );
    expect(left?.left).toBe('0');
  });

  it('agree when the histories have gone into the archive, and say no when they are in neither place', async () => {
    await desk.running([{ amount: '300' }, account('5550002')]);
    await desk.work();
    const before = await books();
    const parts = new ArchiveParts(
      db.database,
      new ManualClock(new Date('2050-01-10T00:00:00Z')),
      PAYMENTS_BY_MONTH,
    );
    const record = () => Promise.resolve();
    const { left } = await parts.archive({ before: null, table: null, record });
    expect(left.map(({ part }) => part.name)).toEqual(
      expect.arrayContaining(['payment_history_first', 'enquiry_answer_first', 'attempt_first']),
    );
    expect(await one(db.database.reader, 'select 1 from payment_history limit 1')).toBeNull();
    expect(await books()).toEqual(before);
    for (const act of [
      'delete from archive.payment_history_first',
      'truncate archive.attempt_first',
    ])
      await expect(execute(db.database.reader, act)).rejects.toThrow('append-only');
    await execute(
      db.database.reader,
      'alter table archive.payment_history detach partition archive.payment_history_first',
    );
    expect(await new VerifyBooks().verify(db.database.reader)).not.toEqual([]);
  });
});
