import { StatementUnreadable, type StatementEntry } from '../banks/index.js';
import { ManualClock, Money } from '../kernel/index.js';
import { one, rows } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  bucketOf as fellInto,
  debitOf,
  reconciliationDesk,
  returnOf,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments, type Sent, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { entriesToMatch } from './matching.store.js';
import { ReconciliationRead } from './reconciliation.read.js';

const NOW = new Date('2026-11-21T03:00:00Z');
const BOOKED = new Date('2026-11-20T02:00:00Z');

describe('our books against a bank', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let office: Office;
  let bench: ReconciliationDesk;

  beforeAll(async () => {
    clock = new ManualClock(NOW);
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    bench = reconciliationDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const payment = async (sent: Sent = {}): Promise<SentPayment> => {
    const [first] = await db.database.transaction((tx) => sentPayments(tx, office, 1, sent));
    if (!first) throw new Error('no payment');
    return first;
  };
  const query = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };
  const reconcile = async (...entries: StatementEntry[]) => {
    bench.says.pages = [statementOf(entries)];
    const fetched = await bench.fetching.fetch(query);
    await bench.matching.match('sandbox');
    return fetched;
  };
  const bucketOf = (entry: StatementEntry) => fellInto(db.database, entry);
  const standing = async (paid: SentPayment) =>
    one<{ state: string; reconciled: boolean }>(
      db.database.reader,
      `select p.state, m.payment_id is not null as reconciled from payment_view p
         left join payment_match_view m on m.payment_id = p.payment_id where p.payment_id = $1`,
      [paid.paymentId],
    );

  it('a debit of another amount, another bank or an unknown reference proves nothing', async () => {
    const [paid, elsewhere] = [await payment(), await payment({ bank: 'sandbox-instant' })];
    const entries = [
      debitOf({ ...paid, amount: '2789001' }),
      debitOf(elsewhere),
      debitOf({ reference: 'CT-NOBODY', amount: '1' }),
      debitOf({ reference: 'x', amount: '55000' }, { reference: undefined }),
    ];
    await reconcile(...entries);
    expect(await Promise.all(entries.map(bucketOf))).toEqual([
      'amount-differs',
      'unknown-reference',
      'unknown-reference',
      'not-ours',
    ]);
    expect(await standing(paid)).toEqual({ state: 'accepted', reconciled: false });
    expect(await standing(elsewhere)).toEqual({ state: 'accepted', reconciled: false });
  });

  it('a debit for a payment that the bank rejected is a contradiction, told and not applied', async () => {
    const paid = await payment({ state: 'rejected' });
    const debit = debitOf(paid);
    await reconcile(debit);
    expect(await bucketOf(debit)).toBe('contradicts');
    expect(await standing(paid)).toEqual({ state: 'rejected', reconciled: false });
  });

  it('a debit of the right amount settles what was unknown, and reconciles it', async () => {
    const [doubtful, settled] = [
      await payment({ state: 'unknown' }),
      await payment({ state: 'settled' }),
    ];
    await reconcile(debitOf(doubtful), debitOf(settled));
    expect(await standing(doubtful)).toEqual({ state: 'settled', reconciled: true });
    expect(await standing(settled)).toEqual({ state: 'settled', reconciled: true });
  });

  it('a second debit of one payment is told, in the same statement or a later one', async () => {
    const paid = await payment();
    const [first, second, third] = [debitOf(paid), debitOf(paid), debitOf(paid)];
    await reconcile({ ...second, bookedAt: new Date(BOOKED.getTime() + 1000) }, first);
    await reconcile(third);
    expect([await bucketOf(first), await bucketOf(second), await bucketOf(third)]).toEqual([
      'matched',
      'debited-twice',
      'debited-twice',
    ]);
  });

  it('a credit gives the payment back, settled first when we did not know', async () => {
    const paid = await payment();
    const [credit, again] = [returnOf(paid), returnOf(paid)];
    await reconcile(credit, debitOf(paid));
    await reconcile(again);
    expect(await standing(paid)).toEqual({ state: 'returned', reconciled: true });
    expect([await bucketOf(credit), await bucketOf(again)]).toEqual(['returned', 'returned-twice']);
    const alone = await payment();
    await reconcile(returnOf(alone));
    expect(await standing(alone)).toEqual({ state: 'returned', reconciled: false });
    await reconcile(debitOf(alone));
    expect(await standing(alone)).toEqual({ state: 'returned', reconciled: true });
  });

  it('the same statement again is a no-op, an overlapping one brings what is new', async () => {
    const [one_, other] = [await payment(), await payment()];
    const first = debitOf(one_);
    const page = statementOf([first], { id: 'daily' });
    bench.says.pages = [page];
    const fetched = await bench.fetching.fetch(query);
    const again = await bench.fetching.fetch(query);
    expect(again).toMatchObject({ statementRow: fetched.statementRow, repeated: true });
    expect((await reconcile(first, debitOf(other))).newEntries).toBe(1);
    expect(await standing(one_)).toEqual({ state: 'settled', reconciled: true });
    expect(await standing(other)).toEqual({ state: 'settled', reconciled: true });
  });

  it('an entry that comes again with other content stays as it was and is contested', async () => {
    const paid = await payment();
    const debit = debitOf(paid);
    await reconcile(debit);
    const fetched = await reconcile({ ...debit, amount: Money.of('1') });
    expect(fetched).toMatchObject({ newEntries: 0, contested: 1 });
    expect(await bucketOf(debit)).toBe('matched');
  });

  it('a statement that does not add up is kept and says by how much', async () => {
    bench.says.pages = [statementOf([debitOf(await payment())], { closing: '97210999' })];
    expect((await bench.fetching.fetch(query)).difference).toBe('1');
  });

  it('a statement that breaks off, or whose pages do not belong together, is not used at all', async () => {
    const paid = await payment();
    const page = statementOf([debitOf(paid)], { id: 'broken' });
    for (const rest of [new StatementUnreadable('HTTP 503'), { ...page, closing: Money.of('1') }]) {
      bench.says.pages = [page, rest];
      await expect(bench.fetching.fetch(query)).rejects.toThrow(StatementUnreadable);
    }
    await bench.matching.match('sandbox');
    expect(await standing(paid)).toEqual({ state: 'accepted', reconciled: false });
    const left = await rows(
      db.database.reader,
      `select 1 from statement_line l join statement s on s.id = l.statement_row where s.state <> 'complete'`,
    );
    expect(left).toEqual([]);
  });

  it('matched by several at once, each payment is proven once', async () => {
    const paid = await db.database.transaction((tx) => sentPayments(tx, office, 300));
    bench.says.pages = [statementOf(paid.slice(0, 150).map((p) => debitOf(p)))];
    await bench.fetching.fetch(query);
    bench.says.pages = [statementOf(paid.map((p) => debitOf(p)))];
    await bench.fetching.fetch(query);
    await Promise.all(Array.from({ length: 4 }, () => bench.matching.match('sandbox')));
    const found = await rows<{ bucket: string; count: number }>(
      db.database.reader,
      `select bucket, count(*)::int as count from statement_entry_view
        where payment_id = any($1::uuid[]) group by bucket order by bucket`,
      [paid.map((p) => p.paymentId)],
    );
    expect(found).toEqual([
      { bucket: 'debited-twice', count: 150 },
      { bucket: 'matched', count: 300 },
    ]);
  });

  it('what waits under one reference is judged together, wherever a turn ends', async () => {
    const [paid, other] = [await payment(), await payment()];
    const at = (seconds: number) => new Date(BOOKED.getTime() + seconds * 1000);
    bench.says.pages = [
      statementOf([
        debitOf(paid, { bookedAt: at(1) }),
        debitOf(other, { bookedAt: at(2) }),
        returnOf(paid, { bookedAt: at(3) }),
        debitOf(paid, { bookedAt: at(4) }),
      ]),
    ];
    await bench.fetching.fetch(query);
    const turn = (most: number) =>
      db.database.transaction((tx) => entriesToMatch(tx, { bank: 'sandbox', limit: 1, most }));
    expect((await turn(10)).map(({ direction }) => direction)).toEqual([
      'debit',
      'credit',
      'debit',
    ]);
    expect(await turn(2)).toHaveLength(2);
    await bench.matching.match('sandbox');
    expect(await standing(paid)).toEqual({ state: 'settled', reconciled: true });
  });

  it('is asked for by those who may, over days that exist, of banks that give statements', async () => {
    const { preparer, holder } = office;
    const ask = (wanted: Partial<typeof query>, actor = preparer) =>
      bench.requesting.request(actor, { ...query, ...wanted });
    await expect(ask({}, holder)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(ask({ bank: 'silent' })).rejects.toMatchObject({
      code: 'reconciliation.statements-not-offered',
    });
    await expect(ask({ to: '2026-11-19' })).rejects.toMatchObject({
      code: 'reconciliation.span-backward',
    });
  });

  it('run twice or by two workers, a reconciliation is done once; its buckets can be read', async () => {
    const paid = await payment();
    bench.says.pages = [statementOf([debitOf(paid)])];
    const { reconciliationId: id } = await bench.requesting.request(office.preparer, query);
    const worked = await Promise.all([bench.running.run(id), bench.running.run(id)]);
    expect(worked.filter((mine) => mine)).toHaveLength(1);
    const read = new ReconciliationRead(db.database);
    const found = await read.find(id);
    expect(found).toMatchObject({ state: 'finished', newEntries: 1, from: '2026-11-20' });
    expect(await read.buckets(found?.statementRow ?? '')).toEqual([
      { bucket: 'matched', entries: 1, amount: '2789000' },
    ]);
    const entries = await read.entries({
      statementRow: found?.statementRow ?? '',
      after: null,
      limit: 10,
    });
    expect(entries).toMatchObject([{ paymentId: paid.paymentId, bucket: 'matched' }]);
    expect(await read.reconciledCount(paid.batchId)).toBe(1);
  });

  it('a bank that gives no statement is asked again by the sweeper, then the reconciliation has failed', async () => {
    bench.says.pages = [new StatementUnreadable('HTTP 503')];
    const { reconciliationId: id } = await bench.requesting.request(office.preparer, query);
    const read = new ReconciliationRead(db.database);
    for (let sweep = 0; sweep < 4; sweep += 1) {
      await bench.sweeper.sweep();
      expect((await read.find(id))?.state).toBe('requested');
      clock.advanceMs(600_000);
    }
    await bench.sweeper.sweep();
    expect(await read.find(id)).toMatchObject({ state: 'failed', tries: 5, failure: 'HTTP 503' });
  });
});
