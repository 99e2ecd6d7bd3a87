import { createHash } from 'node:crypto';
import { StatementUnreadable, type StatementEntry, type StatementPage } from '../banks/index.js';
import { ManualClock, Money, newId } from '../kernel/index.js';
import { execute, one } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  bucketOf,
  debitOf,
  reconciliationDesk,
  standingOf,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { frameOf } from './statement.rules.js';
import { insertStatement } from './statement.store.js';
import { TakeOverStatement } from './take-over-statement.js';

const query = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };
const fee = { reference: 'x', amount: '1000' };
const aFee = (given: Partial<StatementEntry> = {}) =>
  debitOf(fee, { reference: undefined, ...given });

describe('a statement that a bank’s connection gives', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  beforeAll(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const fetch = (pages: (StatementPage | Error)[], days: { from: string; to: string } = query) => {
    desk.says.pages = pages;
    return desk.fetching.fetch({ ...query, ...days });
  };
  const payment = async (): Promise<SentPayment> => {
    const [first] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!first) throw new Error('no payment');
    return first;
  };
  const everything = () =>
    one(
      db.database.reader,
      `select (select count(*) from statement where state <> 'broken') as statements,
              (select count(*) from statement_line) as lines, (select count(*) from statement_entry) as entries,
              (select count(*) from reconciliation_exception) as exceptions`,
    );
  const open = async (
    kind: 'statement-gap' | 'statement-difference' | 'contested' | 'outside-days',
  ) => desk.exceptions.list({ kind, state: 'open', after: null, limit: 200 });

  it.each<[string, Partial<StatementEntry>]>([
    ['an amount of nothing', { amount: Money.zero() }],
    ['an amount below nothing', { amount: Money.of('-5') }],
    ['another currency than its frame', { amount: Money.of('10.50', 'USD') }],
    ['no id', { entryId: '' }],
    ['an endless id', { entryId: 'x'.repeat(256) }],
    ['NUL in its id', { entryId: 'a\u0000b' }],
    ['half a character in its reference', { reference: 'CT\ud800' }],
    ['an empty reference', { reference: ' ' }],
    ['no time', { bookedAt: new Date('never') }],
    ['an endless text', { returnReason: { code: 'MS03', text: 'x'.repeat(501) } }],
  ])(
    'with an entry of %s is not used at all, also when an earlier page was good',
    async (_, wrong) => {
      const paid = await payment();
      const before = await everything();
      const page = statementOf([debitOf(paid)], { id: 'S', closing: '1' });
      await expect(fetch([page, { ...page, entries: [aFee(wrong)] }])).rejects.toThrow(
        StatementUnreadable,
      );
      expect(await everything()).toEqual(before);
      await desk.matching.match('sandbox');
      expect(await standingOf(db.database, paid)).toMatchObject({ state: 'accepted', open: [] });
    },
  );

  it('with a frame of two currencies, or of no id, is not used', async () => {
    const page = statementOf([]);
    await expect(fetch([{ ...page, closing: Money.zero('USD') }])).rejects.toThrow(
      'two currencies',
    );
    await expect(fetch([{ ...page, statementId: ' ' }])).rejects.toThrow('no usable id');
    await expect(fetch([])).rejects.toThrow('no page');
  });

  it('an entry that two pages repeat counts once; with other content it is contested', async () => {
    const paid = await payment();
    const debit = debitOf(paid);
    const whole = statementOf([debit]);
    const same = await fetch([whole, whole]);
    expect(same).toMatchObject({ difference: '0', newEntries: 1, contested: 0 });
    const twisted = { ...debit, entryId: `${debit.entryId}-2`, reference: undefined };
    const page = statementOf([twisted]);
    const other = { ...page, entries: [{ ...twisted, amount: Money.of('7') }] };
    expect(await fetch([page, other])).toMatchObject({ newEntries: 1, contested: 1 });
    expect(await open('contested')).toMatchObject([
      { amount: paid.amount, detail: { says: { amount: '7' } } },
    ]);
    await fetch([other, page]);
    await desk.matching.match('sandbox');
    expect(await bucketOf(db.database, debit)).toBe('matched');
    expect(await open('contested')).toHaveLength(1);
  });

  it('an entry outside the days that were asked for is kept, matched and told', async () => {
    const paid = await payment();
    await fetch([statementOf([debitOf(paid, { bookedAt: new Date('2026-11-18T02:00:00Z') })])]);
    await desk.matching.match('sandbox');
    expect(await standingOf(db.database, paid)).toMatchObject({ state: 'settled' });
    expect(await open('outside-days')).toMatchObject([
      { from: '2026-11-18', to: '2026-11-20', detail: { bookedOn: '2026-11-18' } },
    ]);
  });

  it('that does not add up is told until the bank gives the same days again and they do', async () => {
    const before = (await open('statement-difference')).length;
    const wrong = [statementOf([aFee()], { closing: '1' })];
    await fetch(wrong);
    await fetch(wrong);
    const told = await open('statement-difference');
    expect(told).toHaveLength(before + 1);
    expect(told.at(-1)).toMatchObject({ amount: '99998999', detail: { difference: '99998999' } });
    await fetch([statementOf([aFee()])]);
    expect(await open('statement-difference')).toEqual([]);
  });

  it('a closing that is not the opening of the day after is told, in whichever order they come', async () => {
    const on = (day: string) => ({ from: day, to: day });
    const at = (day: string) => aFee({ bookedAt: new Date(`${day}T02:00:00Z`) });
    const whole = (day: string, opening: string) => [statementOf([at(day)], { opening })];
    await fetch(whole('2026-11-03', '5000'), on('2026-11-03'));
    await fetch(whole('2026-11-04', '4000'), on('2026-11-04'));
    expect(await open('statement-gap')).toEqual([]);
    await fetch(whole('2026-11-02', '6500'), on('2026-11-02'));
    expect(await open('statement-gap')).toMatchObject([
      {
        from: '2026-11-02',
        to: '2026-11-03',
        amount: '500',
        detail: { closing: '5500', opening: '5000' },
      },
    ]);
    // The bank gives the day before once more, with the entry that was missing.
    const mended = statementOf([at('2026-11-02'), at('2026-11-02')], { opening: '7000' });
    await fetch([mended], on('2026-11-02'));
    expect(await open('statement-gap')).toEqual([]);
    // A statement made before its day was over binds nobody.
    clock.set(new Date('2026-11-21T03:00:00Z'));
    await fetch([statementOf([], { opening: '9' })], on('2026-11-21'));
    await fetch(whole('2026-11-20', '8'), on('2026-11-20'));
    await fetch([statementOf([], { opening: '5' })], on('2026-11-22'));
    const days = (await open('statement-gap')).map(({ from, to }) => [from, to]);
    expect(days).toEqual([['2026-11-20', '2026-11-21']]);
  });

  it('of two days on which nothing moved is two, also when it says the same of both', async () => {
    const on = (day: string) => ({ from: day, to: day });
    const empty = [statementOf([], { id: '940 00000/001', opening: '77' })];
    const first = await fetch(empty, on('2026-10-05'));
    const next = await fetch(empty, on('2026-10-06'));
    expect([first, next]).toMatchObject([{ repeated: false }, { repeated: false }]);
    expect(next.statementRow).not.toBe(first.statementRow);
    expect(await fetch(empty, on('2026-10-05'))).toMatchObject({
      statementRow: first.statementRow,
      repeated: true,
    });
  });

  it('is known again where an earlier release kept it, of the same days only', async () => {
    const page = statementOf([], { id: 'of before', opening: '78' });
    const { statementRow } = await fetch([page], { from: '2026-10-08', to: '2026-10-08' });
    const saying = createHash('sha256').update(frameOf(page)).digest('hex');
    await db.database.transaction((tx) =>
      execute(tx, 'update statement set digest = $2 where id = $1', [statementRow, saying]),
    );
    const again = await fetch([page], { from: '2026-10-08', to: '2026-10-08' });
    expect(again).toMatchObject({ statementRow, repeated: true });
    expect(await fetch([page], { from: '2026-10-09', to: '2026-10-09' })).toMatchObject({
      repeated: false,
    });
  });

  it('of two accounts is two, also when it says the same of both', async () => {
    const taking = new TakeOverStatement(clock);
    const take = (account: string | undefined) =>
      db.database.transaction(async (tx) => {
        const [id, statementId, day] = [newId(), '940 00000/001', '2026-10-12'];
        const row = { id, bank: 'sandbox', statementId, from: day, to: day, account };
        await insertStatement(tx, { ...row, at: clock.now() });
        const [opening, closing] = [Money.of('79'), Money.of('79')];
        const said = { opening, closing, saying: 'f'.repeat(64), askedAt: clock.now() };
        return taking.takeOver(tx, { ...row, ...said, reconciliationId: null });
      });
    const taken = [
      await take('1001'),
      await take('2002'),
      await take(undefined),
      await take('2002'),
    ];
    expect(taken.map(({ repeated }) => repeated)).toEqual([false, false, false, true]);
  });

  it('the same facts found again by another statement are the same exceptions', async () => {
    const paid = await payment();
    const entries = [debitOf(paid), debitOf(paid), debitOf({ ...paid, amount: '1' }), aFee()];
    await fetch([statementOf(entries)]);
    await desk.matching.match('sandbox');
    const before = await everything();
    await fetch([statementOf([...entries].reverse())]);
    await desk.matching.match('sandbox');
    expect(await everything()).toMatchObject({
      exceptions: (before as { exceptions: string }).exceptions,
      entries: (before as { entries: string }).entries,
    });
  });
});
