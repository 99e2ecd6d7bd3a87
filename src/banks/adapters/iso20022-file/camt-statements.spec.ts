import {
  aBooking,
  ACCOUNT,
  aReference,
  aStatement,
  closingOf,
  entriesIn,
  statementsIn,
  toldAgain,
  type ToldBooking,
} from '../../../../test/builders/bank-statement.js';
import {
  amount,
  balance,
  camt053,
  entry,
  stmt,
  tag,
  txDtls,
  type StatementParts,
} from '../../../../test/builders/camt-file.js';
import { statementDesk, type StatementDesk } from '../../../../test/builders/statement-desk.js';
import { describeWithSchemas, schemaFaults } from '../../../../test/setup/iso20022-schemas.js';
import { readCamtStatements } from './camt-statements.js';

const OTHER = '0021000999999';

describe('a statement of a bank (camt.053)', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk(readCamtStatements);
  });
  afterAll(() => desk.remove());

  const withParts = (parts: StatementParts, bookings: readonly ToldBooking[] = []) =>
    camt053(stmt(aStatement(bookings), parts));
  const withAmount = (written: string) =>
    withParts({ entries: [entry(aBooking(), { amount: written })] });

  it.each([
    ['half a đồng', withAmount(amount('2789000.5')), /Ntry\/Amt .*"2789000.5"/],
    ['an amount below zero', withAmount(amount('-1')), /Ntry\/Amt/],
    ['an amount with commas', withAmount(amount('2,789,000')), /Ntry\/Amt/],
    ['an exponent', withAmount(amount('2e6')), /Ntry\/Amt/],
    ['no amount', withAmount(''), /Ntry.*Amt is missing/],
    ['dollars', withAmount(tag('Amt Ccy="USD"', '10')), /"USD"/],
    ['no opening', withParts({ balances: balance('CLBD', '1', '2026-11-20') }), /OPBD/],
    ['no closing', withParts({ balances: balance('OPBD', '1', '2026-11-20') }), /CLBD/],
    [
      'two openings of a day',
      withParts({
        balances: ['OPBD 1', 'OPBD 2', 'CLBD 1']
          .map((each) => balance(each.slice(0, 4), each.slice(5), '2026-11-20'))
          .join(''),
      }),
      /two different balances OPBD/,
    ],
    ['no day', camt053(aStatement([aBooking({ bookedAt: '2026-02-30' })])), /BookgDt .*2026-02-30/],
    ['no side', camt053(aStatement([aBooking()])).replace(/(<Ntry>.*)DBIT/, '$1DEBIT'), /"DEBIT"/],
    [
      'an end before its beginning',
      camt053(aStatement([], { to: '2026-11-19' })),
      /before it begins/,
    ],
    ['no account', camt053(aStatement([])).replace(/<Acct>.*<\/Acct>/, ''), /Acct\/Id/],
    ['no statement', camt053(), /no statement/],
    ['no end', camt053(aStatement([aBooking()])).slice(0, -40), /unclosed|unexpected/],
    [
      'a doubt in its reversal mark',
      camt053(aStatement([aBooking({ reversal: true })])).replace('>true<', '>maybe<'),
      /"maybe"/,
    ],
  ])('with %s is refused with the place', async (_, content, why) => {
    expect(await desk.refusal(content)).toMatch(why);
  });

  it('gives its frame, and its bookings with reference, return and reversal', async () => {
    const [paid, back] = [aReference(), aReference()];
    const told = aStatement(
      [
        aBooking({ reference: paid, number: 'B1' }),
        aBooking({
          direction: 'credit',
          reference: back,
          number: 'B2',
          returnCode: 'AC04',
          words: 'TK da dong',
        }),
        aBooking({ direction: 'credit', reference: paid, number: 'B1', reversal: true }),
        aBooking({ amount: '1100' }),
      ],
      { opening: '-5000000' },
    );
    const statement = await desk.only(camt053(told));
    expect(statement).toMatchObject({ from: told.from, to: told.to });
    expect(statement.statementId).toBe(`S1 ${ACCOUNT}`);
    expect(statement.madeAt).toEqual(new Date('2026-11-20T23:00:00Z'));
    expect([statement.opening.toString(), statement.closing.toString()]).toEqual([
      '-5000000',
      closingOf(told),
    ]);
    const found = await entriesIn(statement);
    expect(new Set(found.map(({ entryId }) => entryId)).size).toBe(4);
    expect(found.map(toldAgain)).toEqual([
      aBooking({ reference: paid }),
      aBooking({ direction: 'credit', reference: back, returnCode: 'AC04' }),
      aBooking({ direction: 'credit', reference: paid, reversal: true }),
      aBooking({ amount: '1100' }),
    ]);
    expect(found[1]).toMatchObject({ bankReference: 'B2', returnReason: { text: 'TK da dong' } });
    // The same once more, as somebody asks for it again.
    expect(await entriesIn(statement)).toEqual(found);
  });

  it('may write whole đồng with decimals of zeros, times, and its own reasons', async () => {
    const booking = aBooking({
      direction: 'credit',
      bookedAt: '2026-11-20T16:59:59Z',
      returnCode: 'X',
    });
    const content = camt053(aStatement([booking]))
      .replaceAll('2789000<', '2789000.00<')
      .replace('<Cd>X</Cd>', '<Prtry>QUA_HAN</Prtry>');
    const [found] = await desk.entries(content);
    expect(found).toMatchObject({
      bookedAt: new Date('2026-11-20T16:59:59Z'),
      returnReason: { code: 'AC06', text: 'QUA_HAN' },
    });
    expect(found?.amount.toString()).toBe('2789000');
  });

  it('counts booked entries only, and tells which it passed over', async () => {
    const content = withParts({
      closing: '497211000',
      entries: [
        entry(aBooking()),
        entry(aBooking(), { status: 'PDNG' }),
        entry(aBooking(), { status: 'INFO', amount: amount('1.5') }),
        entry(aBooking({ amount: '0' })),
      ],
    });
    const reading = await desk.read(content);
    expect(await entriesIn(statementsIn(reading)[0])).toHaveLength(1);
    expect(reading).toMatchObject({
      passedOver: [
        expect.stringMatching(/^2 × entry that is not booked \(line 2:\d+, .*Stmt\/Ntry/),
        expect.stringMatching(/^1 × entry of no amount/),
      ],
    });
  });

  it('of our account is ours, also with the currency behind the number', async () => {
    for (const account of [`${ACCOUNT}VND`, `${ACCOUNT} VND`])
      expect(await desk.entries(camt053(aStatement([aBooking()], { account })))).toHaveLength(1);
  });

  it('of an account that is not ours is told and not applied', async () => {
    const other = aStatement([], { account: OTHER });
    const reading = await desk.read(camt053(other, aStatement([aBooking()])));
    expect(await entriesIn(statementsIn(reading)[0])).toHaveLength(1);
    expect(reading).toMatchObject({ passedOver: [expect.stringContaining('not ours')] });
    expect(await desk.read(camt053(other))).toMatchObject({ kind: 'nothing' });
  });

  it.each([
    ['its own span', {}, ['2026-11-20', '2026-11-20']],
    [
      'a span that ends at midnight',
      {
        span: '<FrToDt><FrDtTm>2026-11-20T00:00:00</FrDtTm><ToDtTm>2026-11-21T00:00:00</ToDtTm></FrToDt>',
      },
      ['2026-11-20', '2026-11-20'],
    ],
    [
      'a span in UTC that means the day',
      {
        span: '<FrToDt><FrDtTm>2026-11-20T00:00:00Z</FrDtTm><ToDtTm>2026-11-20T23:59:59Z</ToDtTm></FrToDt>',
      },
      ['2026-11-20', '2026-11-20'],
    ],
    ['balances of one day', { span: '' }, ['2026-11-20', '2026-11-20']],
    [
      'the closing of the day before',
      {
        span: '',
        balances: balance('PRCD', '9', '2026-11-17') + balance('CLBD', '9', '2026-11-20'),
      },
      ['2026-11-18', '2026-11-20'],
    ],
  ])('its days come from %s', async (_, parts, days) => {
    const { from, to } = await desk.only(withParts(parts, [aBooking()]));
    expect([from, to]).toEqual(days);
  });

  it('an entry that says its value day only is booked on the last day, where that lies outside', async () => {
    const [paid, part] = [aBooking({ reference: aReference() }), aReference()];
    const details = txDtls({ ...paid, reference: part }, { withAmount: true });
    for (const written of [entry(paid), entry(paid, { details })]) {
      const valued = (value: string) =>
        written.replace(/<BookgDt>.*<\/BookgDt>/, tag('ValDt', tag('Dt', value)));
      const content = (text: string, parts: StatementParts = {}) =>
        withParts({ ...parts, entries: [text] }, [paid]);
      const expected = await desk.entries(content(written));
      for (const value of ['2026-11-18', '2026-11-20', '2026-11-23'])
        for (const parts of [{}, { span: '' }])
          expect(await desk.entries(content(valued(value), parts))).toEqual(expected);
    }
  });

  it('may be of an older version', async () => {
    const content = camt053(aStatement([aBooking()]))
      .replace('001.08', '001.02')
      .replace('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>');
    expect(await desk.entries(content)).toHaveLength(1);
  });

  describeWithSchemas('what these tests take for a camt.053', ['camt.053.001.08'], () => {
    it('is one by its schema', async () => {
      const reference = aReference();
      const bookings = [
        aBooking({ reference, number: 'B1' }),
        aBooking({
          direction: 'credit',
          reference,
          returnCode: 'AC04',
          words: 'TK da dong',
          bookedAt: '2026-11-20T09:00:00+07:00',
        }),
        aBooking({ direction: 'credit', reference, reversal: true, words: 'ghi chú' }),
      ];
      const batch = entry(aBooking({ amount: '5578000' }), {
        details: bookings
          .slice(0, 2)
          .map((each) => txDtls(each, { withAmount: true }))
          .join(''),
      });
      const messages = [
        camt053(aStatement(bookings)),
        camt053(stmt(aStatement([]), { entries: [batch] })),
      ];
      expect(await schemaFaults('camt.053.001.08', messages)).toEqual([]);
    });
  });
});
