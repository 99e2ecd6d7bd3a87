import { anOffice } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  returnOf,
  statementOf,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { ProofRead } from './proof.read.js';

describe('the statement lines of a payment', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(() => db.close());

  it('name the debit that proves it and the credit that brought it back, with their statement', async () => {
    const office = await db.database.transaction((tx) => anOffice(tx));
    const desk = reconciliationDesk(db.database, new ManualClock(new Date('2026-11-21T03:00:00Z')));
    const [paid, unproven] = await db.database.transaction((tx) => sentPayments(tx, office, 2));
    if (!paid || !unproven) throw new Error('no payments');
    const debit = debitOf(paid);
    const credit = returnOf(paid, { bookedAt: new Date('2026-11-20T08:00:00Z') });
    desk.says.pages = [statementOf([debit, credit], { id: 'SK-20' })];
    await desk.fetching.fetch({ bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' });
    await desk.matching.match('sandbox');

    const proof = new ProofRead(db.database);
    expect(await proof.ofPayment(unproven.paymentId)).toEqual([]);
    const lines = await proof.ofPayment(paid.paymentId);
    expect(lines.map(({ entryId, direction, proves }) => [entryId, direction, proves])).toEqual([
      [debit.entryId, 'debit', true],
      [credit.entryId, 'credit', false],
    ]);
    expect(lines[0]).toMatchObject({
      bank: 'sandbox',
      statementId: 'SK-20',
      from: '2026-11-20',
      to: '2026-11-20',
      amount: paid.amount,
      bucket: 'matched',
    });
    expect(lines[1]).toMatchObject({ bucket: 'returned', returnCode: 'AC04' });
  });
});
