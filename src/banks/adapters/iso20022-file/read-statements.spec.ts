import { aBooking, ACCOUNT, aStatement } from '../../../../test/builders/bank-statement.js';
import { camt053, camt054 } from '../../../../test/builders/camt-file.js';
import { mt940 } from '../../../../test/builders/mt940-file.js';
import { scratchFolder } from '../../../../test/builders/scratch-folder.js';
import { statementOptionsOf } from './camt-options.js';
import { readStatements } from './read-statements.js';

describe('a file of a bank, whatever its name', () => {
  let folder: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    folder = await scratchFolder();
  });
  afterAll(() => folder.remove());

  const options = statementOptionsOf({
    debtorAccounts: { PROVINCE: ACCOUNT, '*': ACCOUNT },
    statementAccounts: ['0021000555555'],
    debitNoticeMeansSettled: false,
    reasons: {},
  });
  const told = aStatement([aBooking()]);
  const interim = camt053(told).replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt');

  it.each([
    ['a camt.053', camt053(told), 'statements'],
    ['an MT940', mt940(told), 'statements'],
    ['an MT940 in blocks', mt940(told, { blocks: true }), 'statements'],
    ['a camt.054', camt054(told.bookings), 'report'],
    ['a camt.052', interim, 'nothing'],
    ['a pain.002', '<Document xmlns="urn:x"><CstmrPmtStsRpt/></Document>', undefined],
  ])('is told apart by what it says: %s', async (_, content, kind) => {
    const reading = await readStatements(await folder.file(content), options);
    expect(reading?.kind).toBe(kind);
  });

  it('that is none of them is refused', async () => {
    for (const content of ['', 'MT940', 'a,b\n1,2', 'PK\u0003\u0004'])
      await expect(readStatements(await folder.file(content), options)).rejects.toMatchObject({
        name: 'FileBroken',
      });
  });

  it('accounts that are debited and accounts that only statements tell of are ours, each once', () => {
    expect(options.accounts).toEqual([ACCOUNT, '0021000555555']);
  });
});
