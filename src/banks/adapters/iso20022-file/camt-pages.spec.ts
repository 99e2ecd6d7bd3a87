import {
  aBooking,
  ACCOUNT,
  aReference,
  aStatement,
  entriesIn,
  statementsIn,
} from '../../../../test/builders/bank-statement.js';
import {
  balance,
  camt053,
  stmt,
  tag,
  type StatementParts,
} from '../../../../test/builders/camt-file.js';
import { statementDesk, type StatementDesk } from '../../../../test/builders/statement-desk.js';
import { readCamtStatements } from './camt-statements.js';

const OTHER = '0021000999999';

describe('several accounts and several pages in a file (camt.053)', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk(readCamtStatements);
  });
  afterAll(() => desk.remove());

  const here = aStatement([aBooking()]);
  const there = aStatement([aBooking({ amount: '7' })], {
    id: 'S2',
    account: OTHER,
    opening: '100',
  });
  const both = { accounts: [ACCOUNT, OTHER] };

  it('of all our accounts are one statement of the bank', async () => {
    const statement = await desk.only(camt053(here, there), both);
    expect(statement.statementId).toBe(`S1 ${ACCOUNT} + S2 ${OTHER}`);
    expect([statement.opening.toString(), statement.closing.toString()]).toEqual([
      '500000100',
      '497211093',
    ]);
    expect(await entriesIn(statement)).toHaveLength(2);
  });

  it.each([
    ['one account is missing', [here], { accounts: [ACCOUNT, OTHER] }],
    ['they are of other days', [here, { ...there, from: '2026-11-19' }], both],
    ['one is there twice', [here, here, there], both],
  ])('are given one by one when %s', async (_, told, given) => {
    const statements = statementsIn(await desk.read(camt053(...told), given));
    expect(statements.map(({ statementId }) => statementId)).toEqual(
      told.map(({ id, account }) => `${id} ${account}`),
    );
  });

  it('pages are joined by the balances between them', async () => {
    const page = (opens: string, closes: string, [from, to]: readonly [string, string]) =>
      stmt(aStatement([aBooking()]), {
        balances: balance(opens, from, '2026-11-20') + balance(closes, to, '2026-11-20'),
      });
    const content = camt053(
      page('OPBD', 'ITBD', ['500000000', '497211000']),
      page('ITBD', 'CLBD', ['497211000', '494422000']),
    );
    const statement = await desk.only(content);
    expect(statement.closing.toString()).toBe('494422000');
    expect(new Set((await entriesIn(statement)).map(({ entryId }) => entryId)).size).toBe(2);
    expect(await desk.difference(content)).toBe('0');
  });

  const paged = (
    number: number,
    { of = 2, id = 'S1', ...parts }: StatementParts & { of?: number; id?: string } = {},
  ) =>
    stmt(aStatement([aBooking({ amount: '1000' })], { id }), parts).replace(
      '</Id>',
      `</Id>${tag('StmtPgntn', tag('PgNb', String(number)), tag('LastPgInd', String(number === of)))}`,
    );
  const opens = balance('OPBD', '10000', '2026-11-20');
  const closes = balance('CLBD', '8000', '2026-11-20');
  const available = balance('CLAV', '8000', '2026-11-20');

  it.each([
    ['on the first page and the last only', opens + available, closes],
    ['on each page', opens + closes, opens + closes],
    [
      'of each page',
      opens + balance('CLBD', '9000', '2026-11-20'),
      balance('OPBD', '9000', '2026-11-20') + closes,
    ],
  ])('pages are joined by their numbers, with balances %s', async (_, first, second) => {
    for (const span of [undefined, '']) {
      const pages = [paged(1, { balances: first, span }), paged(2, { balances: second, span })];
      const content = camt053(...pages);
      const statement = await desk.only(content);
      expect([statement.opening, statement.closing].map(String)).toEqual(['10000', '8000']);
      expect(statement).toMatchObject({ from: '2026-11-20', to: '2026-11-20' });
      expect(new Set(await desk.ids(content)).size).toBe(2);
      const twice = statementsIn(await desk.read(camt053(...pages, ...pages)));
      const [one, other, ...more] = await Promise.all(twice.map(entriesIn));
      expect([other, more]).toEqual([one, []]);
    }
  });

  it('pages of two accounts lie in any order', async () => {
    const balances = opens + closes;
    const [first, second] = [paged(1, { balances }), paged(2, { balances })];
    const elsewhere = (page: string) => page.replace(ACCOUNT, OTHER);
    const content = camt053(first, elsewhere(first), second, elsewhere(second));
    const statement = await desk.only(content, both);
    expect(String(statement.closing)).toBe('16000');
    expect(await entriesIn(statement)).toHaveLength(4);
  });

  it.each([
    [
      'of another id',
      paged(1, { balances: opens + closes }),
      paged(2, { id: 'S2', balances: closes }),
    ],
    [
      'after the last',
      paged(1, { of: 1, balances: opens + closes }),
      paged(2, { balances: closes }),
    ],
  ])('a page %s is not joined', async (_, first, next) => {
    expect(await desk.refusal(camt053(first, next))).toMatch(/OPBD is missing/);
  });

  it('only where we have several accounts there, a single statement says of which it is', async () => {
    const alone = statementsIn(await desk.read(camt053(here, here)));
    expect(alone.map(({ account }) => account)).toEqual([undefined, undefined]);
    const [one] = statementsIn(await desk.read(camt053(here), both));
    expect(one?.account).toBe(ACCOUNT);
  });

  it('a payment debited twice on a day is two, also in two statements with plain balances', async () => {
    const debit = aBooking({ reference: aReference(), amount: '1000' });
    const returned = aBooking({ ...debit, direction: 'credit', returnCode: 'AC04' });
    const from = (opening: string, booking = debit) => aStatement([booking], { opening });
    const content = camt053(from('10000'), from('9000'));
    expect(new Set(await desk.ids(content)).size).toBe(2);
    expect(await desk.difference(content)).toBe('0');
    // Another account's between them, and a file that holds a whole day twice.
    const between = camt053(from('10000'), { ...there, opening: '9000' }, from('9000'));
    const [whole] = statementsIn(await desk.read(between, both));
    expect(new Set((await entriesIn(whole)).map(({ entryId }) => entryId)).size).toBe(3);
    const day = [from('10000'), from('9000', returned)];
    const [one, other, ...more] = statementsIn(await desk.read(camt053(...day, ...day)));
    expect(await entriesIn(other)).toEqual(await entriesIn(one));
    expect(more).toEqual([]);
  });
});
