import { ManualClock } from '../kernel/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  returnOf,
  standingOf,
  statementOf,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { one } from '../platform/database/index.js';

const DAY_MS = 24 * 3_600_000;

describe('alerts about what does not fit between our books and a bank’s', () => {
  let db: TestDatabase;
  let office: Office;
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  beforeAll(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterAll(() => db.close());

  const living = async () => {
    // Weeks pass here: that a bank does not settle is told by a rule of its own (system-alerts.spec.ts).
    const file = { rules: { 'settlement-late': { afterHours: 10_000 } } };
    const desk = alertDesk(db.database, clock, undefined, undefined, undefined, { file });
    await desk.evaluating.evaluate();
    const alerts = await desk.read.list({ before: null, limit: 100 });
    return alerts
      .filter(({ state }) => state !== 'resolved')
      .map(({ rule, particulars }) => [rule, particulars['bucket']].join(' ').trim())
      .sort();
  };
  const query = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };

  it('are raised for each kind, told again when nobody ends it, and end with its last exception', async () => {
    const desk = reconciliationDesk(db.database, clock);
    const [twice, fee] = await db.database.transaction((tx) => sentPayments(tx, office, 2));
    if (!twice || !fee) throw new Error('no payments');
    desk.says.pages = [
      statementOf([debitOf(twice), debitOf(twice), debitOf(fee, { reference: undefined })], {
        closing: '1',
      }),
    ];
    await desk.fetching.fetch(query);
    await desk.matching.match('sandbox');
    const told = ['statement-difference', 'statement-entries debited-twice'];
    expect(await living()).toEqual(told);
    clock.advanceMs(6 * DAY_MS);
    expect(await living()).toEqual(['exceptions-old', ...told]);

    desk.says.pages = [statementOf([returnOf(twice)])];
    await desk.fetching.fetch(query);
    await desk.matching.match('sandbox');
    // The same days came once more and added up, and the credit took the second debit back: only the fee is left.
    expect(await living()).toEqual(['exceptions-old']);
    const ids = (await desk.exceptions.list({ state: 'open', after: null, limit: 10 })).map(
      ({ id }) => id,
    );
    await desk.explaining.explain(office.preparer, {
      which: { ids },
      text: 'Phí chuyển tiền',
      evidence: null,
    });
    expect(await living()).toEqual([]);
  });

  it('a return in a statement moves the payment, the entitlement and the ledger, and is told', async () => {
    const desk = reconciliationDesk(db.database, clock);
    const [paid] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!paid) throw new Error('no payment');
    const stages = () =>
      one<Record<'in_transit' | 'paid' | 'returned', string>>(
        db.database.reader,
        `select sum(balance) filter (where stage = 'in_transit') as in_transit,
                sum(balance) filter (where stage = 'paid') as paid,
                sum(balance) filter (where stage = 'returned') as returned from ledger_balance_view`,
      );
    const before = await stages();
    desk.says.pages = [statementOf([debitOf(paid), returnOf(paid)])];
    await desk.fetching.fetch(query);
    await desk.matching.match('sandbox');
    const after = await stages();
    expect(await standingOf(db.database, paid)).toMatchObject({
      state: 'returned',
      entitlement: 'open',
    });
    const moved = (stage: 'in_transit' | 'paid' | 'returned') =>
      BigInt(after?.[stage] ?? 0) - BigInt(before?.[stage] ?? 0);
    expect(moved('returned')).toBe(BigInt(paid.amount));
    expect(moved('in_transit')).toBe(-BigInt(paid.amount));
    expect(await living()).toEqual(['payments-returned']);
  });
});
