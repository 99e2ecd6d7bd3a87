import { alertDesk } from '../../../test/builders/alert-desk.js';
import { anOffice } from '../../../test/builders/officers.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

describe('the inbox of alerts', () => {
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  let database: TestDatabase;
  let console_: ConsoleUnderTest;
  let preparer: Visitor;
  let ids: string[];

  beforeAll(async () => {
    database = await testDatabase();
    const desk = alertDesk(database.database, clock);
    const office = await database.database.transaction((tx) => anOffice(tx));
    for (const reasonCode of ['AC01', 'AC04', 'AC06'])
      await database.database.transaction((tx) =>
        sentPayments(tx, office, 1, { state: 'rejected', reasonCode }),
      );
    console_ = await consoleUnderTest(database, { clock });
    preparer = await console_.visitor(['preparer']);
    expect(wordsOf(await preparer.page('/alerts'))).toContain('Không phải làm gì');
    await desk.evaluating.evaluate();
    ids = (await desk.read.list({ before: null, limit: 10 })).map(({ id }) => id);
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  it('says what, whose, and leads to the rows behind, not to the API', async () => {
    const html = await preparer.page('/alerts');
    expect(wordsOf(html)).toContain('Đang có 3');
    expect(html).toMatch(/href="\/mending\/AC04\?batch=/);
    expect(html).not.toContain('/api/v1');
    expect(wordsOf(html)).not.toContain('payments-failed');
    const filtered = await preparer.page('/alerts?severity=critical');
    expect(wordsOf(filtered)).toContain('Không có cảnh báo nào');
  });

  it('leave as a file of the filter, in words', async () => {
    const { text } = await preparer.agent.get('/alerts.csv?rule=payments-failed').expect(200);
    expect(text).toContain('Về việc gì;Khoản chi bị từ chối');
    expect(text).toContain('Cộng: 3 dòng');
    expect(text).not.toContain('payments-failed');
    const mine = await preparer.agent.get('/alerts.csv?mine=yes').expect(200);
    expect(mine.text).toContain('Cộng: 0 dòng');
    expect(await preparer.page('/alerts?severity=warning')).toContain(
      'href="/alerts.xlsx?severity=warning"',
    );
  });

  it('whoever may only read sees no buttons', async () => {
    const administrator = await console_.visitor(['administrator']);
    const html = await administrator.page(`/alerts/${ids[0] ?? ''}`);
    expect(wordsOf(html)).toContain('Bạn xem được nhưng không xử lý');
    expect(html).not.toContain('/acknowledgements');
    const { html: after } = await administrator.send(
      `/alerts/${ids[0] ?? ''}/acknowledgements`,
      {},
      { from: '/alerts' },
    );
    expect(wordsOf(after)).toContain('Chưa thực hiện');
  });

  it('many are taken on at once; what a colleague took stays theirs', async () => {
    const colleague = await console_.visitor(['chief_accountant']);
    const taken = await colleague.send(`/alerts/${ids[0] ?? ''}/acknowledgements`, {
      note: 'tôi gọi ngân hàng',
    });
    expect(wordsOf(taken.html)).toContain('tôi gọi ngân hàng');
    const none = await preparer.send(
      '/alerts/handlings',
      { act: 'acknowledge' },
      { from: '/alerts' },
    );
    expect(wordsOf(none.html)).toContain('Chưa chọn cảnh báo nào');
    const many = await preparer.send(
      '/alerts/handlings',
      { act: 'acknowledge', alert: ids },
      { from: '/alerts?state=open' },
    );
    expect(many.path).toBe('/alerts?state=open');
    expect(wordsOf(many.html)).toContain('Bạn đã nhận 2 cảnh báo. 1 cảnh báo đã có người nhận');
    const mine = wordsOf(await preparer.page('/alerts?mine=yes'));
    expect(mine).toContain(`Đang xử lý ${preparer.name}`);
    expect(mine).not.toContain(`Đang xử lý ${colleague.name}`);
  });

  it('is given to a colleague with a note, who finds it among what waits for them', async () => {
    const place = `/alerts/${ids[1] ?? ''}`;
    const colleague = await console_.visitor(['account_holder']);
    const outsider = await console_.visitor(['administrator']);
    expect(wordsOf(await colleague.page('/'))).not.toContain('bạn đang xử lý');
    const page = await preparer.page(place);
    expect(page).toContain(`<option value="${colleague.userId}"`);
    expect(page).not.toContain(`<option value="${preparer.userId}"`);
    expect(page).not.toContain(`<option value="${outsider.userId}"`);
    const nobody = await preparer.send(`${place}/owner`, { owner: '' }, { from: place });
    expect(wordsOf(nobody.html)).toContain('Chưa thực hiện');
    const refused = await preparer.send(
      `${place}/owner`,
      { owner: outsider.userId },
      { from: place },
    );
    expect(wordsOf(refused.html)).toContain('không được xử lý cảnh báo');
    const fields = { owner: colleague.userId, note: 'nhờ anh gọi chi nhánh' };
    const given = await preparer.send(`${place}/owner`, fields, { from: place });
    expect(wordsOf(given.html)).toContain(`Giao cho người xử lý: ${colleague.name}`);
    expect(wordsOf(given.html)).toContain('nhờ anh gọi chi nhánh');
    const home = await colleague.page('/');
    expect(wordsOf(home)).toContain('1 cảnh báo bạn đang xử lý');
    expect(home).toContain('href="/alerts?state=acknowledged&amp;mine=yes"');
    expect(await colleague.page('/alerts?state=acknowledged&mine=yes')).toContain(place);
    const { text: file } = await colleague.agent.get('/alerts.csv?mine=yes').expect(200);
    expect(file).toContain(`Người nhận;${colleague.name}`);
    expect(file).toContain(`;${colleague.name};`);
  });

  it('is resolved with a note on what was done only, and says who did what', async () => {
    const one = ids[1] ?? '';
    const silent = await preparer.send(
      '/alerts/handlings',
      { act: 'resolve', alert: [one] },
      { from: '/alerts' },
    );
    expect(wordsOf(silent.html)).toContain('Chưa ghi đã làm gì');
    const place = `/alerts/${one}`;
    const empty = await preparer.send(`${place}/resolutions`, { note: '' }, { from: place });
    expect(wordsOf(empty.html)).toContain('Ghi chú: xin ghi ít nhất 3 ký tự');
    const { html } = await preparer.send(`${place}/resolutions`, { note: 'đã thay tài khoản' });
    const words = wordsOf(html);
    expect(words).toContain('đã thay tài khoản');
    expect(words).toMatch(/Mở cảnh báo.*Có người nhận.*Đã xử lý xong/);
    expect(wordsOf(await preparer.page('/alerts?state=resolved'))).toContain(
      `Đã xử lý ${preparer.name}`,
    );
  });
});
