import { afterPayments } from '../../test/builders/after-payment.modules.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { areOwed } from '../../test/builders/owed.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../test/setup/http.js';
import { EvaluateAlerts } from '../alerts/index.js';
import { ApprovalsModule } from '../approvals/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { ViewHome } from './view-home.js';
import { ReportsModule } from './reports.module.js';

const NOW = new Date('2026-11-20T03:00:00Z');

describe('the first page', () => {
  let db: TestDatabase;
  let http: HttpUnderTest;
  let office: Office;
  let home: ViewHome;
  beforeAll(async () => {
    db = await testDatabase();
    const clock = new ManualClock(NOW);
    http = await httpUnderTest(db, {
      clock,
      imports: [...afterPayments(clock), ApprovalsModule, ReportsModule],
    });
    home = http.app.get(ViewHome);
    office = await anOffice(db.database.reader);
  });
  afterAll(async () => {
    await http.close();
    await db.close();
  });

  it('of an empty month is an equation of nothing that holds', async () => {
    const { money, waiting, runs, deadlines } = await home.of(office.preparer);
    expect(money?.all).toMatchObject({ approved: { count: 0, total: '0' }, holds: true });
    expect(waiting).toEqual([]);
    expect(runs).toEqual([]);
    expect(deadlines.map(({ code }) => code)).toContain('fix-next-list');
  });

  it('shows where the money that was signed is, as an equation', async () => {
    await db.database.transaction(async (tx) => {
      await sentPayments(tx, office, 3, { state: 'settled', runState: 'finished' });
      await sentPayments(tx, office, 2, { state: 'rejected', reasonCode: 'AC04' });
      await sentPayments(tx, office, 1, { state: 'returned', reasonCode: 'AC04' });
      await sentPayments(tx, office, 4, { state: 'accepted' });
      await sentPayments(tx, office, 1, { state: 'unknown', since: NOW });
    });
    const { money, failures, runs } = await home.of(office.accountant, '2026-11');
    expect(money?.all).toMatchObject({
      approved: { count: 11, total: '30679000' },
      terms: {
        paid: { count: 3, total: '8367000' },
        failed: { count: 2 },
        returned: { count: 1 },
        inFlight: { count: 4 },
        unknown: { count: 1 },
        cancelled: { count: 0, total: '0' },
      },
      difference: { count: 0, total: '0' },
      holds: true,
      batches: 5,
    });
    expect(money?.programmes.map(({ programme }) => programme)).toEqual(['NCC_MONTHLY']);
    expect(failures).toEqual([
      { reasonCode: 'AC04', state: 'rejected', count: 2, total: '5578000' },
      { reasonCode: 'AC04', state: 'returned', count: 1, total: '2789000' },
    ]);
    expect(runs).toHaveLength(4);
    expect(runs.at(-1)?.states).toEqual({ rejected: { count: 2, total: '5578000' } });
    expect((await home.of(office.accountant, '2026-10')).money?.all.approved.count).toBe(0);
  });

  it('shows that the equation does not hold where a payment is missing from the books', async () => {
    const before = await home.moneyOf('2026-11');
    await db.database.source.transaction(async (tx) => {
      // As a broken program or a hand in the database would leave it.
      await execute(tx, 'set local session_replication_role = replica');
      await execute(
        tx,
        `delete from payment where id = (select min(id::text)::uuid from payment where state = 'settled')`,
      );
    });
    const { all, programmes } = await home.moneyOf('2026-11');
    expect(before.all.holds).toBe(true);
    expect(all).toMatchObject({ holds: false, difference: { count: 1, total: '2789000' } });
    expect(programmes.map(({ holds }) => holds)).toEqual([false]);
  });

  it('shows each person what waits for them, and what they may only see', async () => {
    const { reader } = db.database;
    await areOwed(reader, [{ failedFor: 'AC04' }, { failedFor: 'BE01', amount: '1000' }]);
    await execute(
      reader,
      `insert into batch (id, number, programme, period, currency, prepared_by, created_at)
       values ($1, 'NCC_GIFT-2026-9', 'NCC_GIFT', '2026', 'VND', $2, $3)`,
      [newId(), office.preparer.id, NOW],
    );
    await http.app.get(EvaluateAlerts).evaluate();
    const kinds = async (of: keyof Office) =>
      Object.fromEntries(
        (await home.of(office[of])).waiting.map(({ kind, count, isYours }) => [
          kind,
          [count, isYours],
        ]),
      );
    expect(await kinds('preparer')).toEqual({
      alerts: [2, true],
      mend: [2, true],
      doubts: [1, true],
      propose: [1, true],
    });
    expect(await kinds('holder')).toMatchObject({ mend: [2, false], doubts: [1, false] });
  });

  it('tells the next signer of a batch that waits for them, and nobody else', async () => {
    const { reader } = db.database;
    const [owed] = await areOwed(reader, [{ period: '2026-12' }]);
    const batchId = newId();
    await db.database.transaction(async (tx) => {
      await execute(
        tx,
        `insert into batch (id, number, programme, period, currency, prepared_by, created_at)
         values ($1, 'NCC_MONTHLY-2026-12-1', 'NCC_MONTHLY', '2026-12', 'VND', $2, $3)`,
        [batchId, office.preparer.id, NOW],
      );
      await execute(
        tx,
        `insert into batch_line (id, batch_id, line_no, entitlement_id, beneficiary_id, account_id, personal_number,
           payee_name, bank_bin, account_number, account_name, amount, currency, fund, commune_code, programme,
           period, kind, decision_number, line_digest)
         select gen_random_uuid(), $1, 1, entitlement_id, beneficiary_id, account_id, personal_number, full_name,
                bank_bin, account_number, account_name, amount, currency, fund, commune_code, programme, period,
                kind, decision_number, repeat('d', 64)
           from payable_entitlement_view where entitlement_id = $2`,
        [batchId, owed?.entitlementId],
      );
      await execute(
        tx,
        `update batch set state = 'proposed', digest = repeat('d', 64), line_count = 1, total_amount = 2789000,
                proposed_by = $2, proposed_at = $3 where id = $1`,
        [batchId, office.preparer.id, NOW],
      );
    });
    const toSign = async (of: keyof Office) =>
      (await home.of(office[of])).waiting.find(({ kind }) => kind === 'sign');
    expect(await toSign('accountant')).toMatchObject({ count: 1, total: '2789000', isYours: true });
    expect(await toSign('holder')).toBeUndefined();
    expect(await toSign('preparer')).toBeUndefined();
  });
});
