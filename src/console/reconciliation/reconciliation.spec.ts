import {
  debitOf,
  reconciliationDesk,
  statementOf,
  type ReconciliationDesk,
} from '../../../test/builders/reconciliation-desk.js';
import { anOffice, type Office } from '../../../test/builders/officers.js';
import { sentPayments } from '../../../test/builders/sent-payments.js';
import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';

const STATEMENT = `loại dòng;số sao kê;từ ngày;đến ngày;mã giao dịch;ngày hạch toán;nợ/có;số tiền;tham chiếu
số dư đầu;SK-11;20/11/2026;20/11/2026;;;;100.000.000;
phát sinh;;;;9001;20/11/2026 09:30;Nợ;11.000;
số dư cuối;;;;;;;99.989.000;`;

describe('our books against the banks', () => {
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  let database: TestDatabase;
  let desk: ReconciliationDesk;
  let office: Office;
  let console_: ConsoleUnderTest;
  let preparer: Visitor;
  let bank: string;

  beforeAll(async () => {
    database = await testDatabase();
    office = await database.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(database.database, clock);
    console_ = await consoleUnderTest(database, { clock });
    preparer = await console_.visitor(['preparer']);
    const form = await preparer.page('/statements');
    bank = /<option value="([^"]+)"/.exec(form)?.[1] ?? '';
  });
  afterAll(async () => {
    await console_.close();
    await database.close();
  });

  const upload = (content: string, name = 'sao-ke.csv', key = `up-${content.length}`) =>
    preparer.agent
      .post('/statements')
      .field('_key', key)
      .field('_from', '/statements')
      .field('bank', bank)
      .attach('file', Buffer.from(content), name);
  const hidden = (html: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

  it('days without a statement say so', async () => {
    const words = wordsOf(await preparer.page('/reconciliation'));
    expect(words).toContain('Chưa có sao kê');
    expect(words).toContain('20/11/2026 Thứ sáu');
    expect(wordsOf(await preparer.page('/statements'))).toContain('Chưa có sao kê nào');
  });

  it('a statement with errors tells each with its cell, and nothing is stored', async () => {
    const answer = await upload(STATEMENT.replace('11.000', '11,0x'), 'loi.csv').expect(303);
    expect(answer.headers['location']).toBe('/statements');
    const words = wordsOf(await preparer.page('/statements'));
    expect(words).toMatch(/Chưa lưu được.*H3: /);
    expect(words).toContain('Chưa có sao kê nào');
    await preparer.agent
      .post('/statements')
      .field('_key', 'no-file')
      .field('_from', '/statements')
      .field('bank', bank)
      .expect(303);
    expect(wordsOf(await preparer.page('/statements'))).toContain('Chưa chọn tệp');
  });

  it('a good one is compared: an equation, where entries belong, and what hinders the closing', async () => {
    const answer = await upload(STATEMENT).expect(303);
    const place = answer.headers['location'] ?? '';
    expect(place).toMatch(/^\/reconciliation\//);
    expect(wordsOf(await preparer.page(place))).toContain('hệ thống đang đối chiếu');
    await desk.running.run(place.split('/').at(-1) ?? '');
    const html = await preparer.page(place);
    const words = wordsOf(html);
    expect(words).toMatch(/Số dư cuối 99.989.000 đ = Số dư đầu 100.000.000 đ/);
    expect(words).toContain('Ghi nợ −11.000 đ');
    expect(words).toContain('Bút toán không có tham chiếu (phí, lãi, nạp tiền) 1 11.000 đ');
    expect(words).toContain('Chưa khóa được vì');
    expect(html).not.toContain('/closings');
    expect(words).not.toMatch(/not-ours|no-reference/);
    const refused = await preparer.send(`${place}/closings`, {}, { from: place });
    expect(wordsOf(refused.html)).toContain('Chưa thực hiện');
    const again = await upload(STATEMENT, 'lan-hai.csv', 'again').expect(303);
    expect(again.headers['location']).toBe(place);
    expect(wordsOf(await preparer.page(`${place}/entries`))).toContain('9001');
  });

  it('statements, their entries, days and exceptions leave as files, counted and added up', async () => {
    const csv = async (path: string) => (await preparer.agent.get(path).expect(200)).text;
    const statements = await csv('/statements.csv');
    expect(statements).toMatch(/SK-11;.*20\/11\/2026;20\/11\/2026;100000000;-?11000;0;99989000;/);
    expect(statements).toContain('Cộng: 1 dòng');
    const list = await preparer.page('/statements');
    const [, place = ''] = /href="(\/reconciliation\/[0-9a-f-]{36})"/.exec(list) ?? [];
    expect(await preparer.page(`${place}/entries`)).toContain(`${place}/entries.csv`);
    expect(await csv(`${place}/entries.csv`)).toMatch(/9001;20\/11\/2026 09:30;11000;;/);
    expect(await csv(`${place}/entries.csv?bucket=matched`)).toContain('Cộng: 0 dòng');
    const exceptions = await csv('/reconciliation/exceptions.csv?state=open&from=2026-11-20');
    expect(exceptions).toContain('Tình trạng;Chưa giải trình');
    expect(exceptions).toMatch(/Cộng: 1 dòng;.*;11000;/);
    const days = await csv(`/reconciliation.csv?bank=${bank}`);
    expect(days).toMatch(/21\/11\/2026;[^;]+;Chưa có sao kê;0;0;0;0;/);
    expect(days).toMatch(/20\/11\/2026;[^;]+;Chờ khóa sổ;1;0;0;1;/);
    expect(days).not.toContain('19/11/2026');
    expect(await csv(`/reconciliation.csv?until=2026-10-01`)).toContain('Cộng: 0 dòng');
  });

  it('an exception is taken on, noted, explained; and then the day is closed by name', async () => {
    const list = await preparer.page('/reconciliation/exceptions?state=open');
    const id = /\/reconciliation\/exceptions\/([0-9a-f-]{36})/.exec(list)?.[1] ?? '';
    const place = `/reconciliation/exceptions/${id}`;
    const monitor = await console_.visitor(['monitor']);
    expect(await monitor.page(place)).not.toContain('/owner');
    const one = await preparer.page(place);
    const taken = await preparer.send(
      `${place}/owner`,
      { version: hidden(one, 'version'), act: 'take' },
      { from: place },
    );
    expect(wordsOf(taken.html)).toContain('Bạn đã nhận xử lý');
    const stale = await preparer.send(
      `${place}/owner`,
      { version: hidden(one, 'version'), act: 'drop' },
      { from: place },
    );
    expect(wordsOf(stale.html)).toContain('Chưa thực hiện');
    expect(wordsOf(await preparer.page('/reconciliation/exceptions?owner=me'))).toContain(
      preparer.name,
    );
    const colleague = await console_.visitor(['preparer']);
    const mine = await preparer.page(place);
    expect(mine).toContain(`<option value="${colleague.userId}"`);
    const version = hidden(mine, 'version');
    const refused = await preparer.send(
      `${place}/assignments`,
      { version, owner: monitor.userId },
      { from: place },
    );
    expect(wordsOf(refused.html)).toContain('không được phép đối chiếu');
    const given = await preparer.send(
      `${place}/assignments`,
      { version, owner: colleague.userId, note: 'nhờ hỏi chi nhánh' },
      { from: place },
    );
    expect(wordsOf(given.html)).toContain('nhờ hỏi chi nhánh');
    expect(wordsOf(given.html)).toContain(`Người nhận xử lý ${colleague.name}`);
    const file = await colleague.agent.get('/reconciliation/exceptions.csv?owner=me').expect(200);
    expect(file.text).toContain(`Người nhận;${colleague.name}`);
    expect(file.text).toContain(`;${colleague.name};`);
    const home = await colleague.page('/');
    expect(wordsOf(home)).toContain('1 sai lệch đối chiếu bạn phụ trách');
    expect(home).toContain('href="/reconciliation/exceptions?state=open&amp;owner=me"');
    expect(wordsOf(await preparer.page('/'))).toContain('1 sai lệch đối chiếu chưa xong');
    const noted = await preparer.send(`${place}/notes`, { text: 'đã gọi chi nhánh' });
    expect(wordsOf(noted.html)).toContain('đã gọi chi nhánh');
    const nothing = await preparer.send(
      '/reconciliation/exceptions/explanations',
      { text: 'phí tháng 11' },
      { from: '/reconciliation/exceptions' },
    );
    expect(wordsOf(nothing.html)).toContain('Chưa chọn dòng nào');
    const explained = await preparer.send('/reconciliation/exceptions/explanations', {
      text: 'phí tháng 11',
      exception: [id],
    });
    expect(wordsOf(explained.html)).toContain('Đã giải trình 1 sai lệch');
    const day = /\/reconciliation\/(?!exceptions)[0-9a-f-]{36}/.exec(
      await preparer.page('/reconciliation'),
    )?.[0];
    const closed = await preparer.send(`${day ?? ''}/closings`, {}, { from: day });
    expect(wordsOf(closed.html)).toContain('Đã khóa sổ');
    expect(wordsOf(closed.html)).toContain(`Khóa sổ ${preparer.name}`);
    expect(await preparer.page(day ?? '')).not.toContain('/closings');
    expect(wordsOf(await preparer.page('/reconciliation'))).toMatch(
      /20\/11\/2026 Thứ sáu[^/]*Đã khóa sổ[^/]*1 bút toán, 0 khớp khoản chi/,
    );
  });

  it('where money moved that should not have, an explanation wants a paper', async () => {
    const [paid] = await database.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!paid) throw new Error('no payment');
    desk.says.pages = [statementOf([debitOf(paid), debitOf(paid)])];
    const { reconciliationId } = await desk.requesting.request(office.preparer, {
      bank: 'sandbox',
      from: '2026-11-20',
      to: '2026-11-20',
    });
    await desk.running.run(reconciliationId);
    const list = await preparer.page('/reconciliation/exceptions?kind=debited-twice');
    expect(wordsOf(list)).toContain('Ngân hàng ghi nợ hai lần');
    const id = /\/reconciliation\/exceptions\/([0-9a-f-]{36})/.exec(list)?.[1] ?? '';
    const place = `/reconciliation/exceptions/${id}`;
    expect(wordsOf(await preparer.page(place))).toContain('Tiền đã đi sai');
    const refused = await preparer.send(
      `${place}/explanations`,
      { text: 'ngân hàng đã thu hồi' },
      { from: place },
    );
    expect(wordsOf(refused.html)).toContain('Chưa thực hiện');
    const explained = await preparer.send(`${place}/explanations`, {
      text: 'ngân hàng đã thu hồi',
      evidence: 'CV 12/2026',
    });
    expect(wordsOf(explained.html)).toContain('CV 12/2026');
  });
});
