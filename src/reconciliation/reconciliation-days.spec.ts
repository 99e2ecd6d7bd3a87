import { ManualClock } from '../kernel/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ReconciliationDays } from './reconciliation-days.read.js';

const span = { bank: null, from: '2026-11-18', to: '2026-11-22' };
const day = { bank: 'sandbox', day: '2026-11-20' };

describe('days beside banks', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  let days: ReconciliationDays;
  beforeEach(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(db.database, new ManualClock(new Date('2026-11-21T03:00:00Z')));
    days = new ReconciliationDays(db.database);
  });
  afterEach(() => db.close());

  it('say what moved, what fits, what is open, and who closed the day', async () => {
    const [paid] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!paid) throw new Error('no payment');
    desk.says.pages = [
      statementOf([
        debitOf(paid),
        debitOf({ reference: 'x', amount: '1000' }, { reference: undefined }),
      ]),
    ];
    const asked = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };
    const { reconciliationId } = await desk.requesting.request(office.preparer, asked);
    expect(await days.runs(span)).toMatchObject([{ id: reconciliationId, state: 'requested' }]);
    await desk.running.run(reconciliationId);
    expect(await days.entries(span)).toEqual([{ ...day, entries: 2, matched: 1, waiting: 0 }]);
    expect(await days.openExceptions(span)).toEqual([{ ...day, open: 1 }]);
    const [fee, ...others] = await desk.exceptions.openByKind(null);
    expect(others).toEqual([]);
    expect(fee).toMatchObject({ kind: 'no-reference', count: 1, amount: '1000', unowned: 1 });
    await desk.explaining.explain(office.preparer, {
      which: { reconciliationId, kind: 'no-reference' },
      text: 'phí',
      evidence: null,
    });
    await desk.closing.close(office.preparer, reconciliationId);
    expect(await days.openExceptions(span)).toEqual([]);
    expect(await days.runs(span)).toMatchObject([
      { state: 'closed', closedBy: office.preparer.name, difference: '0' },
    ]);
    expect(await days.runs({ ...span, from: '2026-11-21' })).toEqual([]);
    expect(await days.entries({ ...span, bank: 'another' })).toEqual([]);
  });
});
