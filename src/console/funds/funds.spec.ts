import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

const NEW = '/admin/funds/allotments/new';

describe('the funds', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    const clock = new ManualClock(new Date('2026-11-21T02:00:00Z'));
    console_ = await consoleUnderTest(database, { clock });
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  const decision = {
    ...{ fund: 'NSTW_NCC', period: '2026', direction: 'more', amount: '7.795.000.000' },
    ...{ decisionNumber: '125/QĐ-STC', decisionDate: '2026-01-05', note: '', checked: 'on' },
  };

  it('are allotted by chief accountants only', async () => {
    const holder = await console_.visitor(['account_holder']);
    await holder.page(NEW, 403);
    expect(await holder.page('/admin/funds')).not.toContain(NEW);
    const refused = await holder.send('/admin/funds/allotments', decision, {
      from: '/admin/funds',
    });
    expect(wordsOf(refused.html)).toContain('Vai trò của bạn không có quyền');
  });

  it.each([
    [{ checked: '' }, 'Xin đối chiếu với quyết định rồi đánh dấu ô này.'],
    [{ amount: '1,234' }, 'Ghi số đồng chẵn'],
    [{ amount: '0' }, 'Số tiền giao phải khác 0.'],
    [{ period: '13/2026' }, 'Kinh phí được giao theo năm'],
    [{ direction: 'less', amount: '1' }, 'Điều chỉnh giảm phải ghi lý do.'],
    [{ direction: 'less', amount: '1', note: 'giảm' }, 'không đủ'],
  ])('take no decision of %o, and keep what was typed', async (odd, text) => {
    const accountant = await console_.visitor(['chief_accountant']);
    const form = { ...decision, ...odd };
    const { path, html } = await accountant.send('/admin/funds/allotments', form, { from: NEW });
    expect(path).toBe(NEW);
    expect(wordsOf(html)).toContain(text);
    expect(html).toContain('value="125/QĐ-STC"');
  });

  it('stand as an equation, whose every figure leads to its movements', async () => {
    const accountant = await console_.visitor(['chief_accountant']);
    const made = await accountant.send('/admin/funds/allotments', decision, { from: NEW });
    expect(wordsOf(made.html)).toContain('Bảy tỷ bảy trăm chín mươi lăm triệu đồng');
    const list = await accountant.page('/admin/funds');
    expect(wordsOf(list)).toContain('Được giao 7.795.000.000 đ = Còn được chi 7.795.000.000 đ +');
    expect(list).not.toContain('is-broken');
    const book = await accountant.page('/admin/funds/NSTW_NCC?year=2026&stage=allotted');
    expect(wordsOf(book)).toMatch(/Quyết định giao kinh phí 01\/2026 Được giao 7\.795\.000\.000 đ/);
    const posting = /href="(\/admin\/funds\/postings\/[^"]+)"/.exec(book)?.[1] ?? '';
    expect(wordsOf(await accountant.page(posting))).toContain('xem quyết định giao kinh phí');
    expect(wordsOf(await accountant.page('/admin/funds?year=2031'))).toContain(
      'Năm 2031 chưa có nguồn nào được giao kinh phí.',
    );
    await accountant.page('/admin/funds/KHONG_CO', 422);
  });
});
