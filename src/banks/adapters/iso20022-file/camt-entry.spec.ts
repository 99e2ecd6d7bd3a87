import {
  aBooking,
  ACCOUNT,
  aReference,
  aStatement,
  entriesIn,
  statementsIn,
  toldAgain,
  type ToldBooking,
} from '../../../../test/builders/bank-statement.js';
import {
  amount,
  camt053,
  entry,
  stmt,
  tag,
  txDtls,
  type StatementParts,
} from '../../../../test/builders/camt-file.js';
import { statementDesk, type StatementDesk } from '../../../../test/builders/statement-desk.js';
import { readCamtStatements } from './camt-statements.js';

describe('an entry of a statement (camt.053)', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk(readCamtStatements);
  });
  afterAll(() => desk.remove());

  const withParts = (parts: StatementParts, bookings: readonly ToldBooking[] = []) =>
    camt053(stmt(aStatement(bookings), parts));
  it.each([
    ['its first note', (ref: string) => tag('Ustrd', `CHI TRA ${ref} THANG 11`)],
    [
      'a note cut in two',
      (ref: string) => tag('Ustrd', ref.slice(0, 20)) + tag('Ustrd', ref.slice(20)),
    ],
    ['a note in small letters', (ref: string) => tag('Ustrd', `ref:${ref.toLowerCase()}`)],
    ['a creditor reference', (ref: string) => tag('Strd', tag('CdtrRefInf', tag('Ref', ref)))],
  ])('our reference is found in %s', async (_, noteOf) => {
    const ref = aReference();
    const details = tag(
      'TxDtls',
      tag('Refs', tag('EndToEndId', 'NOTPROVIDED')),
      tag('RmtInf', noteOf(ref)),
    );
    const [found] = await desk.entries(withParts({ entries: [entry(aBooking(), { details })] }));
    expect(found?.reference).toBe(ref);
  });

  it('a note that names two payments names none; a payer of a credit has references of its own', async () => {
    const note = tag('TxDtls', tag('RmtInf', tag('Ustrd', `${aReference()} ${aReference()}`)));
    const topUp = aBooking({ direction: 'credit', reference: 'KBNN-2026-77' });
    const foreign = aBooking({ reference: 'KHONG-PHAI-CUA-TA' });
    const content = withParts({
      entries: [entry(aBooking(), { details: note }), entry(topUp), entry(foreign)],
    });
    expect((await desk.entries(content)).map(({ reference }) => reference)).toEqual([
      undefined,
      undefined,
      'KHONG-PHAI-CUA-TA',
    ]);
  });

  describe('a batch booking', () => {
    const parts = Array.from({ length: 3 }, (_, nth) =>
      aBooking({ reference: aReference(), amount: String(1000 + nth), number: `T${nth}` }),
    );
    const details = (bookings: readonly ToldBooking[]) =>
      bookings.map((each) => txDtls(each, { withAmount: true })).join('');
    const sum = aBooking({ amount: '3003', number: 'B9' });

    it('becomes an entry for each payment when they add up, in any order the same', async () => {
      const batch = (bookings: readonly ToldBooking[]) =>
        camt053(stmt(aStatement([sum]), { entries: [entry(sum, { details: details(bookings) })] }));
      const found = await desk.entries(batch(parts));
      expect(found.map(toldAgain)).toEqual(parts.map(({ number: _, ...told }) => told));
      const turned = await desk.entries(batch([...parts].reverse()));
      expect(turned.reverse()).toEqual(found);
      expect(await desk.difference(batch(parts))).toBe('0');
    });

    it('with a payment taken out of it adds up with its sign', async () => {
      const back = { ...parts[0], direction: 'credit' as const, amount: '3' };
      const netted = entry(aBooking({ amount: '3000' }), {
        details: details([...parts, aBooking(back)]),
      });
      const told = aStatement([aBooking({ amount: '3000' })]);
      const content = camt053(stmt(told, { entries: [netted] }));
      expect(await desk.entries(content)).toHaveLength(4);
      expect(await desk.difference(content)).toBe('0');
    });

    it('is told apart also by the amounts that were ordered', async () => {
      const ordered = parts.map((each) =>
        txDtls(each).replace(
          '</TxDtls>',
          `${tag('AmtDtls', tag('InstdAmt', amount(each.amount)))}</TxDtls>`,
        ),
      );
      const content = camt053(
        stmt(aStatement([sum]), { entries: [entry(sum, { details: ordered.join('') })] }),
      );
      const found = await desk.entries(content);
      expect(found.map(({ reference }) => reference)).toEqual(
        parts.map(({ reference }) => reference),
      );
      expect(await desk.difference(content)).toBe('0');
    });

    it.each([
      ['that does not add up', details(parts.slice(1))],
      ['without amounts', parts.map((each) => txDtls(each)).join('')],
      [
        'told by one payment of three',
        tag('Btch', tag('NbOfTxs', '3')) + details(parts.slice(0, 1)),
      ],
    ])('%s stays one entry that names no payment', async (_, inner) => {
      const content = camt053(
        stmt(aStatement([sum]), { entries: [entry(sum, { details: inner })] }),
      );
      const found = await desk.entries(content);
      expect(found.map(toldAgain)).toEqual([aBooking({ amount: '3003' })]);
      expect(await desk.difference(content)).toBe('0');
    });
  });

  describe('ids of its entries', () => {
    const reference = aReference();
    const numbered = aBooking({ reference, number: 'B1' });
    const fee = aBooking({ amount: '1100' });

    it('are the same in a statement that overlaps, is reordered, or writes the account otherwise', async () => {
      const one = await desk.ids(camt053(aStatement([numbered, fee])));
      const long = aStatement([fee, aBooking({ bookedAt: '2026-11-19' }), numbered], {
        id: 'S2',
        from: '2026-11-19',
        account: `${ACCOUNT.replace(/^0+/, '')}`,
      });
      const [again, , first] = await desk.ids(camt053(long));
      expect([first, again]).toEqual(one);
    });

    it('differ for what shares a number: another payment, a reversal, another day', async () => {
      const told = [
        numbered,
        aBooking({ reference: aReference(), number: 'B1' }),
        aBooking({ direction: 'credit', reference, number: 'B1', reversal: true }),
        aBooking({ reference, number: 'B1', bookedAt: '2026-11-19' }),
        aBooking({ reference, number: 'B1', amount: '3300' }),
      ];
      const found = await desk.ids(camt053(aStatement(told, { from: '2026-11-19' })));
      expect(new Set(found).size).toBe(5);
    });

    it('are two for a payment that is really booked twice: the balances say so', async () => {
      expect(new Set(await desk.ids(camt053(aStatement([numbered, numbered])))).size).toBe(2);
      expect(new Set(await desk.ids(camt053(aStatement([fee, fee])))).size).toBe(2);
    });

    it.each([
      ['with a number', numbered],
      ['without one', aBooking({ reference })],
    ])('are one for an entry %s that is told twice: the balances say so', async (_, booking) => {
      const told = aStatement([booking]);
      const doubled = camt053(stmt(told, { entries: [entry(booking), entry(booking)] }));
      expect(new Set(await desk.ids(doubled)).size).toBe(1);
    });

    it('where balances tell nothing, a number tells what is the same', async () => {
      const wrong = camt053(
        stmt(aStatement([]), {
          closing: '7',
          entries: [numbered, numbered, fee, fee].map((each) => entry(each)),
        }),
      );
      expect(new Set(await desk.ids(wrong)).size).toBe(3);
    });

    it('are the same when a file holds a statement twice', async () => {
      const told = aStatement([numbered, fee, fee]);
      const [one, other] = statementsIn(await desk.read(camt053(told, told)));
      expect(await entriesIn(other)).toEqual(await entriesIn(one));
    });
  });
});
