import { outcomeDesk, signedNotice } from '../../../test/builders/outcome-desk.js';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { newId, SystemClock } from '../../kernel/index.js';

const ITEM = { reference: 'CT0123', status: 'ACCC', amount: '2789000', currency: 'VND' };

describe('what comes from banks', () => {
  let database: TestDatabase;
  let console_: ConsoleUnderTest;
  let desk: ReturnType<typeof outcomeDesk>;

  beforeAll(async () => {
    database = await testDatabase();
    console_ = await consoleUnderTest(database);
    desk = outcomeDesk(database.database, new SystemClock());
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  it('refused at the door is told by the hour, with the reason, and nothing else of it', async () => {
    const monitor = await console_.visitor(['monitor']);
    const notice = signedNotice({ id: newId(), at: new Date(), payments: [ITEM] });
    const forged = { ...notice, body: Buffer.from(`${notice.body.toString()} `) };
    await expect(desk.receiving.receive('sandbox', forged)).rejects.toMatchObject({
      code: 'settlements.notice-signature',
    });
    await desk.refusals.flush();
    const words = wordsOf(await monitor.page('/admin/notices/refused'));
    expect(words).toContain('Ngân hàng thử nghiệm (lô) Chữ ký sai');
    expect(wordsOf(await monitor.page('/admin/notices/refused?bank=sandbox-instant'))).toContain(
      'Chưa từ chối tin nào.',
    );
  });

  it('taken in once, come again and not matched are found by what they are', async () => {
    const monitor = await console_.visitor(['monitor']);
    const once = signedNotice({ id: 'n-once', at: new Date(), payments: [ITEM] });
    const again = signedNotice({ id: 'n-again', at: new Date(), payments: [ITEM] });
    for (const notice of [once, again, again]) await desk.receiving.receive('sandbox', notice);
    await desk.applying.apply('sandbox');
    const found = async (show: string) =>
      [
        ...(await monitor.page(`/admin/notices?show=${show}`)).matchAll(
          /\/admin\/notices\/[0-9a-f-]{36}/g,
        ),
      ].length;
    expect(await found('duplicate')).toBe(1);
    expect(await found('unmatched')).toBe(2);
    expect(await found('waiting')).toBe(0);
    expect(await found('')).toBe(2);
    await monitor.page('/admin/notices?show=moi-thu', 400);
    await monitor.page(`/admin/notices/${newId()}`, 404);
  });

  it('is shown item by item, and letter by letter to those who operate payments', async () => {
    const monitor = await console_.visitor(['monitor']);
    const list = await monitor.page('/admin/notices');
    const path = /\/admin\/notices\/[0-9a-f-]{36}/.exec(list)?.[0] ?? '';
    const words = wordsOf(await monitor.page(path));
    expect(words).toContain('CT0123 đã vào tài khoản');
    expect(words).toContain('Không khớp khoản chi nào');
    expect(words).toContain('Chỉ người điều hành chi trả');
    await monitor.page(`${path}/body`, 403);
    const preparer = await console_.visitor(['preparer']);
    expect(wordsOf(await preparer.page(`${path}/body`))).toContain('"reference":"CT0123"');
    const trail = wordsOf(await monitor.page(`/admin/audit?who=${preparer.login}`));
    expect(trail).toContain('Xem nguyên văn thông báo của Ngân hàng thử nghiệm (lô)');
  });

  it('a file is brought by preparers only, and only for a bank that exchanges files', async () => {
    const monitor = await console_.visitor(['monitor']);
    expect(wordsOf(await monitor.page('/admin/files/new'))).toContain(
      'Chưa có ngân hàng nào trao đổi bằng tệp.',
    );
    const preparer = await console_.visitor(['preparer']);
    const send = (agent: typeof preparer.agent) =>
      agent
        .post('/admin/files')
        .field({ _key: newId(), _from: '/admin/files', bank: 'sandbox', answers: '' })
        .attach('file', Buffer.from('a;b'), 'kết quả.csv');
    expect((await send(preparer.agent)).headers['location']).toBe('/admin/files');
    expect(wordsOf(await preparer.page('/admin/files'))).toContain(
      'Ngân hàng này không trao đổi bằng tệp',
    );
    await send(monitor.agent);
    expect(wordsOf(await monitor.page('/admin/files'))).toContain('Vai trò của bạn không có quyền');
    expect(wordsOf(await monitor.page('/admin/files/lists?state=to-carry'))).toContain(
      'Không có danh sách nào đang chờ.',
    );
  });
});
