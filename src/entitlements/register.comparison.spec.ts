import { importsOver } from '../../test/builders/imports.js';
import { line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditTrail } from '../audit/index.js';
import { CorrectName, ReplaceAccount } from '../beneficiaries/index.js';
import { BankDirectory } from '../organisation/index.js';
import { one } from '../platform/database/index.js';

describe('a list beside the register of people', () => {
  let db: TestDatabase;
  let imports: ReturnType<typeof importsOver>;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  let correctName: CorrectName;
  let replaceAccount: ReplaceAccount;
  beforeAll(async () => {
    [db, scratch] = [await testDatabase(), await scratchFolder()];
    imports = importsOver(db.database);
    const audit = new AuditTrail(imports.clock);
    const banks = BankDirectory.load({ configDir: 'config', variable: () => undefined });
    correctName = new CorrectName(db.database, audit, imports.clock);
    replaceAccount = new ReplaceAccount(db.database, banks, audit, imports.clock);
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  const named = (name: string, more: Record<string, string> = {}) => ({
    'Họ và tên': name,
    'Số tài khoản': '0123456789',
    'Tên tài khoản': name,
    'Ngân hàng': 'Agribank',
    ...more,
  });
  const checked = async (...lines: ReturnType<typeof line>[]) =>
    imports.checked(await scratch.file(await workbookOf(lines)));
  const apply = (importId: string, mode: 'all-or-nothing' | 'good-rows' = 'all-or-nothing') =>
    imports.apply.apply({ importId, mode }, imports.officer);
  const told = async (id: string) =>
    (await imports.errors(id)).map(({ cell, severity, rule }) => [cell, severity, rule]);
  const payee = async (nr: number) => {
    const found = await one<{ id: string; name: string; account: string; version: number }>(
      db.database.reader,
      `select p.beneficiary_id as id, p.full_name as name, p.account_number as account, b.version
         from payee_view p join beneficiary b on b.id = p.beneficiary_id where p.personal_number = $1`,
      [String(20_000_000_000 + nr).padStart(12, '0')],
    );
    if (!found) throw new Error('not registered');
    return found;
  };
  const mend = async (nr: number, accountNumber: string) => {
    const { id: beneficiaryId, name, version } = await payee(nr);
    await replaceAccount.replace(
      {
        beneficiaryId,
        version,
        bank: 'BIDV',
        accountNumber,
        accountName: name,
        reason: 'Người hưởng báo tài khoản mới',
        otherNameConfirmed: false,
        verified: false,
      },
      imports.officer,
    );
  };
  const october = { Kỳ: '10/2026' };

  it('another writing of the same name is the same name', async () => {
    await apply(await checked(line(1, named('Hoàng Thị Hoà'))));
    const same = await checked(line(1, named('HOÀNG THỊ HÒA', october)));
    expect(await told(same)).toEqual([]);
  });

  it('a number known under a different name is refused at its cell, and says both ways out', async () => {
    await apply(await checked(line(10, named('Hoàng Thị Hoà'))));
    const slip = await checked(
      line(10, named('Lê Văn Khác', { ...october, 'Số tài khoản': '99999999' })),
      line(11),
    );
    expect(await told(slip)).toEqual([['B2', 'error', 'name.differs-in-register']]);
    const [error] = await imports.errors(slip);
    expect(error?.remedyVi).toContain('sửa số định danh');
    expect(error?.remedyVi).toContain('sửa họ tên trong hồ sơ người hưởng');
    expect(`${error?.messageVi}${error?.messageEn}`).not.toContain('Hoàng');
    await expect(apply(slip)).rejects.toMatchObject({ code: 'entitlements.rows-are-bad' });
    expect(await apply(slip, 'good-rows')).toEqual({ appliedRows: 1, badRows: 1 });
    expect(await payee(10)).toMatchObject({ name: 'Hoàng Thị Hoà', account: '0123456789' });
  });

  it('after the name was corrected the row is taken', async () => {
    await apply(await checked(line(20, named('Hoàng Thị Hoà'))));
    const { id: beneficiaryId, version } = await payee(20);
    await correctName.correct(
      { beneficiaryId, version, fullName: 'Lê Văn Khác', reason: 'Cải chính hộ tịch' },
      imports.officer,
    );
    const renamed = await checked(line(20, named('Lê Văn Khác', october)));
    expect(await told(renamed)).toEqual([]);
    expect(await apply(renamed)).toEqual({ appliedRows: 1, badRows: 0 });
  });

  it('a close name is a warning; the registered name and account stay', async () => {
    await apply(await checked(line(30, named('Hoàng Thị Hoà'))));
    const close = await checked(
      line(30, named('Hoàng Hoà', { ...october, 'Số tài khoản': '99999999' })),
    );
    expect(await told(close)).toEqual([['B2', 'warning', 'name.close-in-register']]);
    expect(await apply(close)).toEqual({ appliedRows: 1, badRows: 0 });
    expect(await payee(30)).toMatchObject({ name: 'Hoàng Thị Hoà', account: '0123456789' });
  });

  it('an account that an officer mended stays, and the list is told so at its cell', async () => {
    await apply(await checked(line(40, named('Hoàng Thị Hoà'))));
    await mend(40, '77777777');
    const old = await checked(line(40, named('Hoàng Thị Hoà', october)));
    expect(await told(old)).toEqual([['L2', 'warning', 'account.differs-from-mended']]);
    expect(await apply(old)).toEqual({ appliedRows: 1, badRows: 0 });
    expect(await payee(40)).toMatchObject({ account: '77777777' });
    const mended = { Kỳ: '09/2026', 'Số tài khoản': '77777777', 'Ngân hàng': 'BIDV' };
    expect(await told(await checked(line(40, named('Hoàng Thị Hoà', mended))))).toEqual([]);
  });

  describe('when the register changes between check and application', () => {
    it('nothing is applied where all was wanted, and a row is refused where good rows were', async () => {
      const first = await checked(line(50, named('Hoàng Thị Hoà')));
      const later = await checked(line(50, named('Lê Văn Khác', october)), line(51));
      expect(await told(later)).toEqual([]);
      await apply(first);
      await expect(apply(later)).rejects.toMatchObject({
        code: 'entitlements.names-differ-meanwhile',
      });
      expect(await apply(later, 'good-rows')).toEqual({ appliedRows: 1, badRows: 1 });
      expect(await told(later)).toEqual([['B2', 'error', 'name.differs-in-register']]);
      expect(await imports.view(later)).toMatchObject({
        appliedRows: 1,
        badRows: 1,
        errorCount: 1,
      });
      expect(await payee(50)).toMatchObject({ name: 'Hoàng Thị Hoà' });
    });

    it('an account mended meanwhile stays, and that is told once', async () => {
      await apply(await checked(line(60, named('Hoàng Thị Hoà'))));
      const list = await checked(line(60, named('Hoàng Thị Hoà', october)));
      await mend(60, '77777777');
      await apply(list);
      expect(await told(list)).toEqual([['L2', 'warning', 'account.differs-from-mended']]);
      expect(await imports.view(list)).toMatchObject({ warningCount: 1 });
      expect(await payee(60)).toMatchObject({ account: '77777777' });
    });

    it('of two lists with one new number under two names, applied at one time, one row is owed', async () => {
      const lists = [
        await checked(line(70, named('Hoàng Thị Hoà'))),
        await checked(line(70, named('Lê Văn Khác', october))),
      ];
      const answers = await Promise.allSettled(lists.map((id) => apply(id)));
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const refused = answers.find((answer) => answer.status === 'rejected');
      expect(refused?.reason).toMatchObject({ code: 'entitlements.names-differ-meanwhile' });
    });
  });
});
