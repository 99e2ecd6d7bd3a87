import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';

const PATH = '/admin/banks/sandbox';

describe('the banks', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;

  beforeAll(async () => {
    database = await testDatabase();
    console_ = await consoleUnderTest(database);
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  it('are switched by signers only, and with a reason', async () => {
    const monitor = await console_.visitor(['monitor']);
    const words = wordsOf(await monitor.page(PATH));
    expect(words).toContain('Chỉ kế toán trưởng và chủ tài khoản ngừng hoặc mở lại được.');
    const order = { to: 'off', reason: 'bảo trì' };
    const refused = await monitor.send(`${PATH}/switches`, order, { from: PATH });
    expect(wordsOf(refused.html)).toContain('Vai trò của bạn không có quyền');
    const accountant = await console_.visitor(['chief_accountant']);
    const silent = await accountant.send(
      `${PATH}/switches`,
      { to: 'off', reason: '' },
      { from: PATH },
    );
    expect(silent.html).toContain('aria-invalid="true"');
    expect(wordsOf(await monitor.page(PATH))).toContain('Đang gửi bình thường');
  });

  it('a bank that is none says so', async () => {
    const monitor = await console_.visitor(['monitor']);
    await monitor.page('/admin/banks/khong-co', 404);
  });

  it('say what stands: switched off by whom and why, and on again', async () => {
    const holder = await console_.visitor(['account_holder']);
    const off = { to: 'off', reason: 'ngân hàng báo bảo trì' };
    const stopped = wordsOf((await holder.send(`${PATH}/switches`, off, { from: PATH })).html);
    expect(stopped).toContain(`bởi ${holder.login}: ngân hàng báo bảo trì`);
    expect(stopped).toContain('Cán bộ ngừng gửi');
    const list = wordsOf(await holder.page('/admin/banks'));
    expect(list).toContain('Ngân hàng thử nghiệm (lô) ✕ Đã ngừng gửi');
    expect(list).toContain('Chuyển nhanh: ✓ Đang mở');
    const on = { to: 'on', reason: 'đã xong' };
    const again = wordsOf((await holder.send(`${PATH}/switches`, on, { from: PATH })).html);
    expect(again).toContain('Đang gửi bình thường');
    const twice = await holder.send(`${PATH}/switches`, on, { from: PATH });
    expect(twice.html).toContain('id="feedback"');
    expect(wordsOf(await holder.page(`${PATH}/calls`))).toContain(
      'Chưa gọi ngân hàng này lần nào.',
    );
  });
});
