import { aRegisteredPayee } from '../../../test/builders/registered-payee.js';
import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import { areOwed, type OwedIds } from '../../../test/builders/owed.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { HoldBeneficiaries } from '../../beneficiaries/index.js';
import { execute, rows } from '../../platform/database/index.js';

describe('the pages of people and what they are owed', () => {
  let database: TestDatabase;
  let site: ConsoleUnderTest;
  let preparer: Visitor;
  let accountant: Visitor;
  let monitor: Visitor;

  beforeAll(async () => {
    database = await testDatabase();
    site = await consoleUnderTest(database);
    preparer = await site.visitor(['preparer']);
    accountant = await site.visitor(['chief_accountant']);
    monitor = await site.visitor(['monitor']);
  });
  afterAll(async () => {
    await site.close();
    await database.close();
  });

  const wordsAt = async (path: string, visitor = preparer): Promise<string> =>
    wordsOf(await visitor.page(path));
  const owed = async (what: Parameters<typeof areOwed>[1][number]): Promise<OwedIds> => {
    const [ids] = await database.database.transaction((tx) => areOwed(tx, [what]));
    return ids!;
  };
  const find = (q: string): Promise<string> =>
    preparer.page(`/beneficiaries?q=${encodeURIComponent(q)}`);
  const versionIn = (html: string): string => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';

  it('who may only look sees no form, and changes nothing when they send one', async () => {
    const id = await aRegisteredPayee(database.database);
    const path = `/beneficiaries/${id}`;
    expect(await monitor.page(path)).not.toContain(`action="${path}`);
    const form = { diedOn: '2026-11-01', reason: 'giấy chứng tử' };
    const { html } = await monitor.send(`${path}/deaths`, form, { from: path });
    expect(wordsOf(html)).not.toContain('Người hưởng đã mất');
    const { entitlementId } = await owed({});
    const owedPath = `/entitlements/${entitlementId}`;
    expect(await monitor.page(owedPath)).not.toContain(`action="${owedPath}`);
    await preparer.page('/beneficiaries/00000000-0000-4000-8000-000000000000', 404);
  });

  it('a person is found by name without marks, by number, by account, and by a decision', async () => {
    const id = await aRegisteredPayee(database.database, {
      fullName: 'Đặng Đức Khuôn Phép',
      personalNumber: '020088880001',
      account: {
        bankBin: '970405',
        accountNumber: '88880001888',
        accountName: 'DANG DUC KHUON PHEP',
      },
    });
    for (const q of ['dang khuon', 'KHUÔN ph', '020088880001', '8888 0001 888']) {
      expect(await find(q)).toContain(`href="/beneficiaries/${id}"`);
    }
    const list = await find('khuon phep');
    expect(list).not.toContain('88880001888');
    expect(wordsOf(list)).toContain('••••1888');
    expect(wordsOf(await find('khuon xyz'))).toContain('Không tìm thấy ai');
    await owed({});
    const decisions = await find('12/qd');
    expect(decisions).toContain(`href="/entitlements?decision=${encodeURIComponent('12/QĐ-SNV')}"`);
    expect(wordsOf(await find('1/qd'))).not.toContain('Quyết định có số như vậy');
  });

  it('opening a file is written down, and shows account, differing words and the paper of the recipient', async () => {
    const id = await aRegisteredPayee(database.database, {
      fullName: 'Lý Thị Lụa',
      account: { bankBin: '970405', accountNumber: '777000777', accountName: 'LY THI LUAN' },
      recipient: {
        fullName: 'Lý Văn Nhận',
        personalNumber: '020088880002',
        authorisedUntil: '2026-01-31',
      },
    });
    const words = await wordsAt(`/beneficiaries/${id}`, monitor);
    expect(words).toContain('777000777');
    expect(words).toContain('Hồ sơ: Lụa Tài khoản: LUAN khác nhau');
    expect(words).toContain('Giấy ủy quyền đã hết hạn');
    expect(words).toContain('31/01/2026');
    const looked = await rows(
      database.database.reader,
      `select 1 from audit_entry where action = 'beneficiary.viewed' and subject_id = $1`,
      [id],
    );
    expect(looked).toHaveLength(1);
  });

  it('a file on paper says whose it is, who printed it and when, and holds every payment at once', async () => {
    const id = await aRegisteredPayee(database.database);
    const path = `/beneficiaries/${id}`;
    const short = await preparer.page(path);
    expect(short).not.toContain('?all=yes');
    const head = /<div class="only-print paper-head">.*?<\/dl>/s.exec(short)?.[0] ?? '';
    expect(wordsOf(head)).toMatch(
      /Hồ sơ người hưởng Người in Người Thử \d+ In lúc \d\d:\d\d \d\d\/\d\d\/\d{4}/,
    );
    await database.database.transaction(async (tx) => {
      const sent = await sentPayments(tx, await anOffice(tx), 30);
      await execute(tx, `set local session_replication_role = replica`);
      await execute(tx, `update payment set beneficiary_id = $1 where id = any($2)`, [
        id,
        sent.map(({ paymentId }) => paymentId),
      ]);
    });
    const links = (html: string) => new Set(html.match(/href="\/payments\/[0-9a-f-]{36}"/g)).size;
    const page = await preparer.page(path);
    expect(links(page)).toBe(25);
    expect(wordsOf(page)).toContain('Chỉ gồm 25 khoản trên trang này');
    expect(page).toContain(`href="${path}?all=yes"`);
    const whole = await preparer.page(`${path}?all=yes`);
    expect(links(whole)).toBe(30);
    expect(wordsOf(whole)).not.toContain('khoản trên trang này');
  });

  it('an account is replaced by the version that was seen, and confirmed by somebody else with a paper', async () => {
    const id = await aRegisteredPayee(database.database, { account: null });
    const path = `/beneficiaries/${id}`;
    const form = {
      version: versionIn(await preparer.page(path)),
      bank: '970418',
      accountNumber: '12',
      accountName: 'HOANG THI MAU',
      reason: 'đơn của người hưởng',
    };
    const refused = await preparer.send(`${path}/account`, form, { from: path });
    expect(wordsOf(refused.html)).toContain('Số tài khoản gồm 6 đến 19 chữ số');
    expect(refused.html).toContain('value="HOANG THI MAU"');
    const good = { ...form, accountNumber: '0123 4567 89' };
    const other = await preparer.send(
      `${path}/account`,
      { ...good, accountName: 'TRAN VAN KHAC' },
      { from: path },
    );
    expect(wordsOf(other.html)).toContain('Tên chủ tài khoản khác tên người hưởng');
    const saved = await preparer.send(`${path}/account`, good, { from: path });
    expect(wordsOf(saved.html)).toMatch(/0123456789.*cán bộ nhập tay/);
    const late = await preparer.send(
      `${path}/account`,
      { ...good, accountNumber: '999999999' },
      { from: path },
    );
    expect(wordsOf(late.html)).toContain('Chưa thực hiện');
    const accountId = /name="accountId" value="([^"]+)"/.exec(late.html)?.[1] ?? '';
    const paper = { accountId, checkId: '', reference: 'giấy xác nhận số 5 của BIDV' };
    const own = await preparer.send(`${path}/account-confirmations`, paper, { from: path });
    expect(wordsOf(own.html)).toContain('Bạn là người đã nhập tài khoản này');
    const confirmed = await accountant.send(`${path}/account-confirmations`, paper, { from: path });
    expect(wordsOf(confirmed.html)).toContain('Cán bộ đã xác nhận bằng giấy tờ');
    const asked = await preparer.send(`${path}/account-checks`, {}, { from: path });
    expect(wordsOf(asked.html)).toContain('Đang hỏi ngân hàng từ');
  });

  it('a hold says why and is released with words; a death is recorded and taken back; a name corrected', async () => {
    const id = await aRegisteredPayee(database.database);
    const path = `/beneficiaries/${id}`;
    const holds = site.booted.app.get(HoldBeneficiaries, { strict: false });
    await database.database.transaction((tx) =>
      holds.hold(tx, { beneficiaryIds: [id], reasonCode: 'MD07', cause: 'bank' }),
    );
    expect(await wordsAt(path)).toContain('Đang tạm dừng chi');
    expect(await preparer.page('/beneficiaries?only=held')).toContain(`href="${path}"`);
    const reason = { reason: 'đã gặp tại xã, còn sống' };
    const released = await preparer.send(`${path}/hold-releases`, reason, { from: path });
    expect(wordsOf(released.html)).not.toContain('Đang tạm dừng chi');
    expect(wordsOf(released.html)).toMatch(/Lịch sử hồ sơ.*Người Thử \d+/);
    expect(wordsOf(released.html)).not.toContain(preparer.login);
    expect(wordsOf(released.html)).toContain(reason.reason);
    const death = { diedOn: '2999-01-01', reason: 'giấy chứng tử số 3' };
    const future = await preparer.send(`${path}/deaths`, death, { from: path });
    expect(wordsOf(future.html)).toContain('Ngày mất không thể sau hôm nay');
    const dead = { ...death, diedOn: '2026-11-02' };
    const recorded = await preparer.send(`${path}/deaths`, dead, { from: path });
    expect(wordsOf(recorded.html)).toContain('Ngày mất: 02/11/2026');
    const back = await preparer.send(`${path}/deaths/withdrawals`, reason, { from: path });
    expect(wordsOf(back.html)).not.toContain('Người hưởng đã mất');
    const name = {
      version: versionIn(back.html),
      fullName: 'Hoàng Thị Mậu',
      reason: 'căn cước mới',
    };
    const renamed = await preparer.send(`${path}/name`, name, { from: path });
    expect(renamed.html).toContain('<h1>Hoàng Thị Mậu</h1>');
  });

  it('what is owed is filtered, summed over every page, opened, and ended by a decision', async () => {
    const one = await owed({ programme: 'NCC_GIFT', period: '2026-D2', amount: '300000' });
    await owed({ programme: 'NCC_GIFT', period: '2026-D2', amount: '500000', ended: true });
    expect(await wordsAt('/entitlements')).toContain('Chọn kỳ, số quyết định hoặc một danh sách');
    const list = await wordsAt('/entitlements?period=2026-D2');
    expect(list).toMatch(/Cộng 2 800\.000 đ/);
    expect(await wordsAt('/entitlements?period=2026-D2&state=open')).toMatch(/Cộng 1 300\.000 đ/);
    expect(await wordsAt('/entitlements?period=2026-D2&commune=06040')).toContain(
      'Không có khoản nào',
    );
    const path = `/entitlements/${one.entitlementId}`;
    const form = { decisionNumber: '', reason: 'chuyển đi nơi khác' };
    const refused = await preparer.send(`${path}/endings`, form, { from: path });
    expect(wordsOf(refused.html)).toContain('Ghi số quyết định');
    const decided = { ...form, decisionNumber: '45/QĐ-UBND' };
    const ended = await preparer.send(`${path}/endings`, decided, { from: path });
    expect(wordsOf(ended.html)).toContain('45/QĐ-UBND: chuyển đi nơi khác');
    const again = await preparer.send(`${path}/endings`, decided, { from: path });
    expect(wordsOf(again.html)).toContain('nên không dừng được');
    const person = `/beneficiaries/${one.beneficiaryId}`;
    expect(await wordsAt(person)).toContain('Đã thôi hưởng');
    expect(await preparer.page(`/entitlements?person=${one.beneficiaryId}`)).toContain(person);
  });

  it('English is English', async () => {
    const visitor = await site.visitor(['preparer'], { language: 'en' });
    const { beneficiaryId, entitlementId } = await owed({});
    const places = [
      '/beneficiaries',
      '/entitlements',
      `/beneficiaries/${beneficiaryId}`,
      `/entitlements/${entitlementId}`,
    ];
    for (const place of places) {
      const main = /<main.*<\/main>/s.exec(await visitor.page(place))?.[0] ?? '';
      const words = wordsOf(main.replace(/<option.*?<\/option>/gs, ''));
      expect(
        words.match(/.{0,40}(Chưa|khoản|Tài khoản|Người hưởng|Lọc).{0,40}/)?.[0],
      ).toBeUndefined();
    }
  });
});
