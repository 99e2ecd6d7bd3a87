import {
  aBooking,
  ACCOUNT,
  aReference,
  aStatement,
  entriesIn,
  statementsIn,
} from '../../../../test/builders/bank-statement.js';
import { balance, camt053, stmt } from '../../../../test/builders/camt-file.js';
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
