import { anOffice, type Office } from '../../test/builders/officers.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import { ManualClock, Money, newId } from '../kernel/index.js';
import { execute, one, type Tx } from '../platform/database/index.js';
import { AllotFunds } from './allot-funds.js';
import { FundControl } from './fund-control.js';
import { FundPositions } from './fund-positions.read.js';
import { Ledger } from './ledger.js';
import { VerifyLedger } from './verify-ledger.read.js';

const AT = new Date('2026-11-10T02:00:00Z');
const FUND = 'NSDP';
const vnd = (amount: string): Money => Money.of(amount);

describe('a fund', () => {
  let db: TestDatabase;
  let office: Office;
  let allotting: AllotFunds;
  const clock = new ManualClock(AT);
  const ledger = new Ledger();
  const control = new FundControl(ledger);

  beforeEach(async () => {
    db = await testDatabase();
    office = await anOffice(db.database.reader, { withoutFunds: true });
    const { funds } = repositoryReference();
    allotting = new AllotFunds(db.database, funds, ledger, new AuditTrail(clock), clock);
  });
  afterEach(() => db.close());

  const allot = (period: string, amount: string) =>
    allotting.allot({
      actor: office.accountant,
      fund: FUND,
      period,
      amount: vnd(amount),
      decisionNumber: '1/QĐ-STC',
      decisionDate: '2026-01-05',
      note: 'theo quyết định',
    });
  const reserve = (tx: Tx, amount: string) =>
    control.reserve(tx, {
      id: newId(),
      month: '2026-11',
      needs: [{ fund: FUND, amount: vnd(amount) }],
      at: AT,
    });
  const faults = async () => (await new VerifyLedger().verify(db.database.reader)).faults;
  const post = (entries: string) =>
    execute(
      db.database.reader,
      `with head as (insert into ledger_transaction (id, kind, source_type, at)
         values ($1, 'correction', 'test', $2::timestamptz) returning id)
       insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
       select head.id, e.fund, e.month, e.stage, e.amount, 'VND'
         from head, (values ${entries}) as e (fund, month, stage, amount)`,
      [newId(), AT],
    );

  it('that was given money for the year may lose some of it from a month on, and its books are right', async () => {
    await allot('2026', '1000');
    await allot('2026-11', '-400');
    await db.database.transaction((tx) => reserve(tx, '600'));
    await expect(allot('2026-12', '-1')).rejects.toMatchObject({ code: 'ledger.funds-short' });
    expect(await faults()).toEqual([]);
    expect(String(await availableIn(db.database.reader, '2026-06'))).toBe('0');
  });

  it('that gave back more than it was given is told, from the month on in which it did', async () => {
    await allot('2026', '1000');
    const found = await db.database
      .transaction(async (tx) => {
        await execute(tx, 'set local session_replication_role = replica');
        await execute(tx, `update ledger_entry set month = '2026-03'`);
        await execute(
          tx,
          `insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
           select min(transaction_id::text)::uuid, 'NSDP', '2026-02', 'allotted', 1, 'VND' from ledger_entry`,
        );
        const verdict = await new VerifyLedger().verify(tx);
        throw Object.assign(new Error('undo'), verdict);
      })
      .catch((error: unknown) => (error as { faults: { what: string; where: string }[] }).faults);
    expect(found).toContainEqual(
      expect.objectContaining({ what: 'source-above-zero', where: 'NSDP 2026-02 allotted' }),
    );
    expect(await faults()).toEqual([]);
  });

  it.each([
    ['fund', `('NSDP', '2026-01', 'allotted', -5), ('TAI_TRO', '2026-01', 'available', 5)`],
    ['year', `('NSDP', '2025-01', 'allotted', -5), ('NSDP', '2026-01', 'available', 5)`],
  ])('does not live on the money of another %s', async (_, entries) => {
    await expect(post(entries)).rejects.toThrow('sum to zero');
  });

  it('is not overdrawn by a transaction that does not see what others took before it', async () => {
    await allot('2026', '1000');
    const late = db.database.source.createQueryRunner();
    await late.startTransaction('REPEATABLE READ');
    await late.query('select count(*) from ledger_entry');
    await db.database.transaction((tx) => reserve(tx, '700'));
    await expect(reserve(late.manager, '700')).rejects.toThrow('read committed');
    await late.rollbackTransaction();
    await late.release();
    expect(await faults()).toEqual([]);
  });

  it('is asked what it has by looking at each of its entries once, however many they are', async () => {
    const months = Array.from({ length: 12 }, (_, m) => `2026-${String(m + 1).padStart(2, '0')}`);
    const entries = 1200;
    const read = await db.database.transaction(async (tx) => {
      await ledger.post(tx, {
        kind: 'allotment',
        source: { type: 'test', id: null },
        at: AT,
        movements: months.map((month) => ({
          fund: FUND,
          month,
          from: 'allotted',
          to: 'available',
          amount: vnd('1000'),
        })),
      });
      await execute(tx, 'set local session_replication_role = replica');
      await execute(
        tx,
        `insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
         select $1, $2, m.month, 'available', 1, 'VND'
           from unnest($3::text[]) as m (month), generate_series(1, $4::int)`,
        [newId(), FUND, months, entries / 12],
      );
      await execute(tx, 'set local enable_seqscan = off');
      const before = await entriesRead(tx);
      await availableIn(tx, '2026-12');
      return (await entriesRead(tx)) - before;
    });
    expect(read).toBeGreaterThanOrEqual(entries);
    expect(read).toBeLessThan(2 * entries);
  });

  const availableIn = (tx: Tx, month: string) =>
    new FundPositions().available(tx, { fund: FUND, month });
  const entriesRead = async (tx: Tx): Promise<number> => {
    const found = await one<{ read: number }>(
      tx,
      `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables
        where relname = 'ledger_entry'`,
    );
    return found?.read ?? 0;
  };
});
