import type { StatementEntry } from '../banks/index.js';
import { ManualClock } from '../kernel/index.js';
import { execute } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  returnOf,
  standingOf,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments, type Sent, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

/** A Monday at the office. */
const MONDAY = new Date('2026-11-16T03:00:00Z');
const HOUR_MS = 3_600_000;

describe('what our books say and no statement proves', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  let clock: ManualClock;
  beforeEach(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    clock = new ManualClock(MONDAY);
    desk = reconciliationDesk(db.database, clock);
  });
  afterEach(() => db.close());

  const payments = (count: number, sent: Sent) =>
    db.database.transaction((tx) => sentPayments(tx, office, count, sent));
  const payment = async (sent: Sent): Promise<SentPayment> => {
    const [first] = await payments(1, { since: MONDAY, ...sent });
    if (!first) throw new Error('no payment');
    return first;
  };
  const openOf = async (paid: SentPayment) => (await standingOf(db.database, paid)).open;
  const tell = async (from: string, to: string, entries: readonly StatementEntry[]) => {
    desk.says.pages = [statementOf(entries)];
    await desk.fetching.fetch({ bank: 'sandbox', from, to });
    await desk.matching.match('sandbox');
  };
  const at = async (instant: string) => {
    clock.set(new Date(instant));
    return desk.unproven.find();
  };

  it('a settled payment is missing after three working days, once, until its debit comes', async () => {
    const paid = await payment({ state: 'settled' });
    await payment({ state: 'accepted' });
    expect(await at('2026-11-18T16:00:00Z')).toBe(0);
    // Thursday begins at the office.
    expect(await at('2026-11-18T17:00:01Z')).toBe(1);
    expect(await at('2026-11-19T03:00:00Z')).toBe(0);
    const [told] = await desk.exceptions.list({ kind: 'paid-missing', after: null, limit: 5 });
    expect(told).toMatchObject({
      paymentId: paid.paymentId,
      paymentReference: paid.reference,
      from: '2026-11-16',
      to: '2026-11-16',
      amount: paid.amount,
      detail: { covered: false },
    });
    await tell('2026-11-16', '2026-11-18', [debitOf(paid, { bookedAt: MONDAY })]);
    expect(await openOf(paid)).toEqual([]);
    expect((await desk.exceptions.find(told?.id ?? ''))?.endedBy).toBe('system');
    expect(await at('2026-11-25T03:00:00Z')).toBe(0);
  });

  it('days off do not count, and a statement that covers the day without it is said', async () => {
    const friday = new Date('2026-11-20T03:00:00Z');
    const paid = await payment({ state: 'settled', since: friday });
    clock.set(new Date('2026-11-23T03:00:00Z'));
    await tell('2026-11-20', '2026-11-22', []);
    // The 24th of November is a holiday.
    expect(await at('2026-11-25T03:00:00Z')).toBe(0);
    expect(await at('2026-11-26T03:00:00Z')).toBe(1);
    const [told] = await desk.exceptions.list({ kind: 'paid-missing', after: null, limit: 5 });
    expect(told).toMatchObject({ paymentId: paid.paymentId, detail: { covered: true } });
  });

  it('told to us late, a payment that settled long ago is missing at once', async () => {
    expect(await at('2026-11-27T03:00:00Z')).toBe(0);
    await payment({ state: 'settled', since: MONDAY });
    const late = await payment({ state: 'settled', since: new Date('2026-11-27T03:00:01Z') });
    await db.database.transaction((tx) =>
      execute(tx, 'update payment set settled_at = $2 where id = $1', [late.paymentId, MONDAY]),
    );
    await at('2026-11-27T03:01:00Z');
    expect(await openOf(late)).toEqual(['paid-missing']);
  });

  it('a payment that came back by a notice only is told when no credit proves it', async () => {
    const paid = await payment({ state: 'returned' });
    await at('2026-11-19T03:00:00Z');
    expect(await openOf(paid)).toEqual(['return-missing']);
    await tell('2026-11-16', '2026-11-16', [debitOf(paid, { bookedAt: MONDAY })]);
    expect(await openOf(paid)).toEqual(['return-missing']);
    await tell('2026-11-16', '2026-11-18', [returnOf(paid, { bookedAt: MONDAY })]);
    expect(await openOf(paid)).toEqual([]);
  });

  it('a doubt is told only when right and whole statements cover its day and the bank’s window', async () => {
    const doubt = await payment({ state: 'unknown' });
    clock.set(new Date(MONDAY.getTime() + HOUR_MS));
    await tell('2026-11-16', '2026-11-16', []);
    await desk.unproven.find();
    // That statement was made while its day was still going on.
    expect(await openOf(doubt)).toEqual([]);
    clock.set(new Date('2026-11-18T03:00:00Z'));
    desk.says.pages = [statementOf([], { closing: '5' })];
    await desk.fetching.fetch({ bank: 'sandbox', from: '2026-11-16', to: '2026-11-17' });
    await desk.unproven.find();
    // And that one does not add up: an entry may be missing.
    expect(await openOf(doubt)).toEqual([]);
    await tell('2026-11-16', '2026-11-16', []);
    await tell('2026-11-17', '2026-11-17', []);
    await desk.unproven.find();
    await desk.unproven.find();
    expect(await standingOf(db.database, doubt)).toMatchObject({
      state: 'unknown',
      open: ['ours-unknown'],
    });
    await tell('2026-11-16', '2026-11-17', [debitOf(doubt, { bookedAt: MONDAY })]);
    await desk.unproven.find();
    expect(await standingOf(db.database, doubt)).toMatchObject({ state: 'settled', open: [] });
  });

  it('looked for by several at once, each is told once', async () => {
    const paid = await payments(120, { state: 'settled', since: MONDAY });
    clock.set(new Date('2026-11-19T03:00:00Z'));
    const found = await Promise.all([1, 2, 3].map(() => desk.unproven.find()));
    expect(found.reduce((sum, each) => sum + each, 0)).toBe(paid.length);
  });

  it('the end of a run looks, too', async () => {
    const paid = await payment({ state: 'settled' });
    clock.set(new Date('2026-11-19T03:00:00Z'));
    desk.says.pages = [statementOf([])];
    const { reconciliationId } = await desk.requesting.request(office.preparer, {
      bank: 'sandbox',
      from: '2026-11-16',
      to: '2026-11-18',
    });
    await desk.running.run(reconciliationId);
    expect(await openOf(paid)).toEqual(['paid-missing']);
    expect(await desk.exceptions.openOfRun(reconciliationId)).toEqual([
      { kind: 'paid-missing', count: 1 },
    ]);
  });
});
