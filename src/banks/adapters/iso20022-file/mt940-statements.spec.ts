import {
  aBooking,
  ACCOUNT,
  aReference,
  aStatement,
  closingOf,
  entriesIn,
  statementsIn,
  toldAgain,
} from '../../../../test/builders/bank-statement.js';
import { camt053 } from '../../../../test/builders/camt-file.js';
import { field61, mt940, slashed, subfields } from '../../../../test/builders/mt940-file.js';
import { statementDesk, type StatementDesk } from '../../../../test/builders/statement-desk.js';
import { readCamtStatements } from './camt-statements.js';
import { looksLikeSwift } from './mt940-fields.js';
import { readMt940 } from './mt940-statements.js';

describe('a statement of a bank (MT940)', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk(readMt940);
  });
  afterAll(() => desk.remove());

  const reference = aReference();
  const paid = aBooking({ reference, number: 'FT1' });
  const plain = mt940(aStatement([paid]));
  const inBlocks = mt940(aStatement([paid]), { blocks: true });

  it.each([
    ['half a đồng', plain.replace('D2789000,', 'D2789000,5'), /^line 5, :61: .*"2789000,5"/],
    ['a point for a comma', plain.replace('D2789000,', 'D2789.000'), /^line 5, :61:/],
    [
      'another currency',
      plain.replace(':60F:C261120VND', ':60F:C261120USD'),
      /^line 4, :60F: .*"USD"/,
    ],
    ['a day that is none', plain.replace(':61:261120', ':61:261320'), /^line 5, :61:/],
    ['an entry without its side', plain.replace('1120D', '1120X'), /^line 5, :61: .*malformed/],
    ['no account', plain.replace(/:25:.*\r\n/, ''), /^line 3, :60F: :25: is missing/],
    ['no opening', plain.replace(/:60F:.*\r\n/, ''), /^line 4, :61: .*outside/],
    ['no closing', plain.slice(0, plain.indexOf(':62F:')), /cut off/],
    ['an end in the middle', plain.replace(':62F:', '-\r\n:62F:'), /cut off/],
    [
      'an entry after the closing',
      plain.replace(':64:', ':61:2611201120D1,NTRF\r\n:64:'),
      /^line 8, :61:/,
    ],
    ['two openings', plain.replace(':61:', ':60F:C261120VND1,\r\n:61:'), /^line 5, :60F:/],
    ['something before it', `Kính gửi\r\n${plain}`, /^line 1 .*outside/],
    ['no statement', '-\r\n', /no statement/],
    ['nothing', '', /empty/],
    ['NUL', plain.replace('NTRF', '\0'), /^line 5 .*bytes of zero/],
    ['a line without end', `:20:${'x'.repeat(200_000)}`, /longer than/],
  ])('with %s is refused with the place', async (_, content, why) => {
    expect(await desk.refusal(content)).toMatch(why);
  });

  it('in UTF-16 is refused kindly', async () => {
    expect(await desk.refusal(Buffer.from(`\ufeff${plain}`, 'utf16le'))).toMatch(/UTF-16/);
  });

  it('gives its frame, and its bookings with reference, return and reversals', async () => {
    const bookings = [
      paid,
      aBooking({ direction: 'credit', reference: aReference(), returnCode: 'AC04' }),
      aBooking({ direction: 'credit', reference, reversal: true }),
      aBooking({ reference, reversal: true, number: 'FT9' }),
      aBooking({ amount: '1100' }),
    ];
    const told = aStatement(bookings, { opening: '-5' });
    for (const about of [slashed, subfields]) {
      const statement = await desk.only(mt940(told, { about }));
      expect(statement).toMatchObject({
        from: told.from,
        to: told.to,
        statementId: `S1 1/1 ${ACCOUNT}`,
      });
      expect([statement.opening.toString(), statement.closing.toString()]).toEqual([
        '-5',
        closingOf(told),
      ]);
      const found = await entriesIn(statement);
      expect(found.map(toldAgain)).toEqual(bookings.map(({ number: _, ...rest }) => rest));
      expect(found[0]).toMatchObject({
        bankReference: 'FT1',
        bookedAt: new Date('2026-11-19T17:00:00Z'),
      });
    }
  });

  it.each([
    ['in blocks of SWIFT', inBlocks],
    ['with plain line ends', mt940(aStatement([paid]), { lineEnd: '\n' })],
    ['with a byte order mark', `\ufeff${plain}`],
    ['without an end mark', plain.replace(/-\r\n$/, '')],
    ['with decimals of zeros', plain.replaceAll('000,', '000,00')],
    ['with a funds code', plain.replace('1120D2', '1120DD2')],
    ['without an entry date', plain.replace(':61:2611201120', ':61:261120')],
    ['with the bank before the account', plain.replace(':25:', ':25:970436/')],
    ['with the currency behind the account', plain.replace(ACCOUNT, `${ACCOUNT}VND`)],
    ['with bank and currency around it', plain.replace(ACCOUNT, `BFTVVNVX/${ACCOUNT} VND`)],
    ['with Ctrl-Z at its end', `${plain}\u001a`],
    ['with Ctrl-Z for an end mark', plain.replace(/-\r\n$/, '\u001a')],
    ['with Ctrl-Z behind its last line', plain.replace(/\r\n-\r\n$/, '\u001a')],
    ['framed by SOH and ETX', `\u0001${plain.trimEnd()}\u0003`],
    ['framed by SOH and ETX in blocks', `\u0001${inBlocks.trimEnd()}\u0003\r\n`],
    ['with a mark of RJE on a line of its own', `${inBlocks}$\r\n`],
    ['with marks of RJE around it', `$\r\n$${inBlocks.trimEnd()}$ \r\n$`],
    ['with supplementary details', plain.replace('//FT1', '//FT1\r\nCHI TRA THANG 11')],
    ['with fields that we pass over', plain.replace(':60F:', ':34F:VND0,\r\n:60F:')],
    [
      'with letters of another set',
      Buffer.from(plain.replace('/EREF', 'chi tr\xe1/EREF'), 'latin1'),
    ],
  ])('is the same %s', async (_, content) => {
    const expected = await entriesIn(await desk.only(plain));
    expect(await entriesIn(statementsIn(await desk.read(Buffer.from(content)))[0])).toEqual(
      expected,
    );
  });

  it('what is only expected, and what moved nothing, does not count and is told', async () => {
    const line = field61(paid);
    const content = plain.replace(
      line,
      [line, line.replace('1120D', '1120ED'), line.replace('D2789000', 'D0')].join('\r\n'),
    );
    const reading = await desk.read(content);
    expect(await entriesIn(statementsIn(reading)[0])).toHaveLength(1);
    expect(reading).toMatchObject({
      passedOver: [expect.stringMatching('not booked'), expect.stringMatching('no amount')],
    });
  });

  it('an entry date in another year than the value date is the nearest one', async () => {
    const content = plain.replace(':61:2611201120', ':61:2612310102');
    expect((await desk.entries(content)).map(toldAgain)).toMatchObject([
      { bookedAt: '2027-01-02' },
    ]);
  });

  it.each([
    ['the reversal of a debit', 'RD1000,NTRFNONREF', (r: string) => `/EREF/${r}/RSN/AC04/`],
    ['a subfield', 'C1000,NTRFNONREF', (r: string) => `166?00CT?20EREF+${r}?21RTRN+AC04`],
    ['a later subfield', 'C1000,NTRFNONREF', (r: string) => `166?20EREF+${r}?22RETURN AC04`],
    ['a subfield that cuts it', 'C1000,NTRFNONREF', (r: string) => `?20EREF+${r}?21RTRN AC?2204`],
    ['a code of SWIFT', 'C1000,NRTINONREF', (r: string) => `/RETN/59/AC04/\r\n/EREF/${r}/`],
    ['brackets', 'C1000,NRTINONREF', (r: string) => `HOAN TRA ${r} LY DO TK DA DONG (AC04)`],
    ['words cut at a line', 'C1000,NTRFNONREF', (r: string) => `HOAN\r\nTRA ${r} LY DO AC04`],
  ])('a return gives its reason in %s', async (_, booked, about) => {
    const content = plain.replace(
      /:61:[^]*?(?=:62F:)/,
      `:61:2611201120${booked}\r\n:86:${about(reference)}\r\n`,
    );
    expect((await desk.entries(content)).map(toldAgain)).toMatchObject([
      { direction: 'credit', amount: '1000', reference, returnCode: 'AC04' },
    ]);
  });

  it('a return gives no reason where two stand in it, or where it is a piece of our reference', async () => {
    const ours = 'CT0192F0A1B2C37DEF8ABC00000000AC04';
    const cut = `${ours.slice(0, -4)}\r\n${ours.slice(-4)}`;
    for (const about of [`${reference} (AC04) (AM09)`, `HOAN TRA ${cut} KHONG RO`]) {
      const content = plain.replace(
        /:61:[^]*?(?=:62F:)/,
        `:61:2611201120C1000,NRTINONREF\r\n:86:${about}\r\n`,
      );
      const [found] = (await desk.entries(content)).map(toldAgain);
      expect(found?.reference).toMatch(/^CT/);
      expect(found?.returnCode).toBeUndefined();
    }
  });

  it('an entry that says its value date only is booked on the last day, where that lies outside', async () => {
    const paidOn = (days: { from: string }) => mt940(aStatement([paid], days));
    const given = (value: string, from = '2026-11-20') =>
      paidOn({ from }).replace(':61:2611201120', `:61:${value}`);
    const expected = await desk.entries(plain);
    for (const value of ['261123', '261118'])
      expect(await desk.entries(given(value))).toEqual(expected);
    expect((await desk.entries(given('261119', '2026-11-19'))).map(toldAgain)).toMatchObject([
      { bookedAt: '2026-11-19' },
    ]);
    // The next message has days of its own.
    const other = aStatement([aBooking({ ...paid, bookedAt: '2026-11-23' })], {
      from: '2026-11-23',
      to: '2026-11-23',
    });
    const two = given('261123') + mt940(other).replace(':61:2611231123', ':61:261123');
    const booked = await Promise.all(statementsIn(await desk.read(two)).map(entriesIn));
    expect(booked.flat().map((entry) => toldAgain(entry).bookedAt)).toEqual([
      '2026-11-20',
      '2026-11-23',
    ]);
  });

  it('of several accounts in a file, ours are taken', async () => {
    const other = mt940(aStatement([], { account: '970436/0999' })).replaceAll('VND', 'USD');
    const reading = await desk.read(other + plain);
    expect(statementsIn(reading)).toHaveLength(1);
    expect(reading).toMatchObject({ passedOver: [expect.stringContaining('not ours')] });
    expect(await desk.read(other)).toMatchObject({ kind: 'nothing' });
  });

  it('pages are joined, and what is alike on two of them is two', async () => {
    const fee = aBooking({ amount: '1100' });
    const first = mt940(aStatement([fee]), { closes: '62M' });
    const second = mt940(aStatement([fee], { opening: '499998900' }), { opens: '60M' });
    const statement = await desk.only(first + second);
    expect(statement.closing.toString()).toBe('499997800');
    expect(new Set(await desk.ids(first + second)).size).toBe(2);
    expect(await desk.difference(first + second)).toBe('0');
  });

  it('a payment debited twice on a day is two, also in two messages with plain balances', async () => {
    const debit = aBooking({ reference, amount: '1000' });
    const messageFrom = (opening: string) => mt940(aStatement([debit], { opening }));
    const both = messageFrom('10000') + messageFrom('9000');
    const statement = await desk.only(both);
    expect([statement.opening, statement.closing].map(String)).toEqual(['10000', '8000']);
    expect(new Set(await desk.ids(both)).size).toBe(2);
    const doubled = statementsIn(await desk.read(messageFrom('10000') + messageFrom('10000')));
    const [one, other] = await Promise.all(doubled.map(entriesIn));
    expect(other).toEqual(one);
    // The day after begins with the same balance and stays a day of its own.
    const next = mt940(
      aStatement([aBooking({ ...debit, bookedAt: '2026-11-21' })], {
        opening: '9000',
        to: '2026-11-21',
      }),
    );
    expect(statementsIn(await desk.read(messageFrom('10000') + next))).toHaveLength(2);
  });

  it.each([
    ['the day of its opening, when something was booked on it', '2026-11-19', '2026-11-19'],
    ['the day after the closing of before, when nothing was', '2026-11-20', '2026-11-20'],
  ])('its first day is %s', async (_, bookedAt, from) => {
    const told = aStatement([aBooking({ bookedAt })], { from: '2026-11-19', to: '2026-11-21' });
    expect(await desk.only(mt940(told))).toMatchObject({ from, to: '2026-11-21' });
  });

  it('its entries have the ids that a camt.053 of the same bookings gives them', async () => {
    const other = await statementDesk(readCamtStatements);
    const fee = aBooking({ amount: '1100' });
    const back = aBooking({ ...paid, direction: 'credit', returnCode: 'AC04' });
    const told = aStatement([paid, back, fee, fee]);
    expect(await desk.ids(mt940(told))).toEqual(await other.ids(camt053(told)));
    await other.remove();
  });

  it.each([
    ['{1:F01', true],
    [':20:X', true],
    ['\ufeff\r\n:20:X', true],
    ['\u0001{1:F01', true],
    ['$\r\n{1:F01', true],
    ['\u0001<?xml', false],
    ['<?xml', false],
    ['record,amount', false],
  ])('a file that begins with %j is told apart: %s', (start, looks) => {
    expect(looksLikeSwift(start)).toBe(looks);
  });
});
