import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { csvOf, line, workbookOf } from '../../../test/builders/list-file.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { CheckImport } from '../../entitlements/index.js';

describe('the pages of lists', () => {
  let database: TestDatabase;
  let site: ConsoleUnderTest;
  let preparer: Visitor;
  let monitor: Visitor;

  beforeAll(async () => {
    database = await testDatabase();
    site = await consoleUnderTest(database);
    [preparer, monitor] = [await site.visitor(['preparer']), await site.visitor(['monitor'])];
  });
  afterAll(async () => {
    await site.close();
    await database.close();
  });

  let sendings = 0;
  /** Sends a list as the form does; gives the address it leads to. */
  async function send(
    file: Buffer | string | null,
    fields: Readonly<Record<string, string>> = {},
    name = 'thang-11.xlsx',
  ): Promise<string> {
    sendings += 1;
    const request = preparer.agent
      .post('/imports')
      .field('_key', `list-${sendings}`)
      .field('_from', '/imports/new');
    for (const [field, value] of Object.entries(fields)) void request.field(field, value);
    if (file !== null) void request.attach('file', Buffer.from(file), name);
    const { headers } = await request.expect(303);
    return headers['location'] ?? '';
  }
  const idOf = (path: string): string => path.split('/').at(-1) ?? '';
  const check = (path: string): Promise<void> =>
    site.booted.app.get(CheckImport, { strict: false }).check(idOf(path));
  async function checked(
    lines: readonly ReturnType<typeof line>[],
    fields: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const path = await send(await workbookOf(lines), fields);
    await check(path);
    return path;
  }
  const wordsAt = async (path: string, visitor = preparer): Promise<string> =>
    wordsOf(await visitor.page(path));

  it('who may only look is offered nothing to send, mend or apply, and is refused when they try', async () => {
    const path = await checked([line(1), line(2, { 'Số tiền': '1,5' })]);
    await monitor.page('/imports/new', 403);
    for (const place of ['/imports', path, `${path}/errors`, `${path}/rows/3`, `${path}/columns`]) {
      expect(await monitor.page(place)).not.toMatch(
        /method="post" action="\/imports|href="\/imports\/new"/,
      );
    }
    const { html } = await monitor.send(
      `${path}/applications`,
      { mode: 'good-rows' },
      { from: path },
    );
    expect(wordsOf(html)).toContain('Chưa thực hiện');
    expect(wordsOf(html)).toContain('Đã kiểm tra, chờ nhập');
  });

  it('a form without a file, and totals that are none, are told at their fields', async () => {
    expect(await send(null)).toBe('/imports/new');
    const page = await preparer.page('/imports/new');
    expect(wordsOf(page)).toContain('Chưa có tệp nào');
    expect(page).toContain('href="#field-file"');
    await send('x', { controlTotal: 'nhiều', controlByCommune: 'xã A 1.000' }, 'x.csv');
    const again = await preparer.page('/imports/new');
    expect(again).toContain('href="#field-controlTotal"');
    expect(again).toContain('href="#field-controlByCommune"');
    expect(again).toContain('value="nhiều"');
  });

  it('a list is checked, its totals stand beside what was declared, and nothing is applied while they differ', async () => {
    const declared = {
      controlRows: '2',
      controlTotal: '5.578.001',
      controlByCommune: '05983 5.578.000\n06040 1',
    };
    const sent = await send(await workbookOf([line(11), line(12)]), declared);
    expect(await wordsAt(sent)).toContain('Đang kiểm tra từng dòng');
    await check(sent);
    const words = await wordsAt(sent);
    expect(words).toContain('5.578.001 đ');
    expect(words).toContain('Lệch');
    expect(words).toContain('Chưa nhập được: tổng kiểm soát không khớp');
    expect(words).not.toContain('nhập ngay');
    const { html } = await preparer.send(
      `${sent}/applications`,
      { mode: 'good-rows' },
      { from: sent },
    );
    expect(wordsOf(html)).toContain('Không áp dụng được vì tổng kiểm soát không khớp');
  });

  it('the same list again leads to the one that is there; the same content otherwise declared is named', async () => {
    const file = await workbookOf([line(21)]);
    const first = await send(file);
    expect(await send(file)).toBe(first);
    expect(await wordsAt(first)).toContain('không có gì thay đổi');
    const other = await send(file, { controlRows: '1' }, 'lan-hai.xlsx');
    expect(other).not.toBe(first);
    expect(await preparer.page(other)).toContain(`href="${first}"`);
  });

  it('errors are found by kind, column, commune and row, and lead through pages', async () => {
    const bad = Array.from({ length: 60 }, (_, at) => line(100 + at, { 'Số tiền': '1,5' }));
    const path = await checked([...bad, line(200, { 'Ngày quyết định': 'hôm qua' })]);
    const first = await preparer.page(`${path}/errors?column=I`);
    expect(first).toContain('Trang sau');
    const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first) ?? [];
    const second = await preparer.page(next.replaceAll('&amp;', '&'));
    expect(second).toContain('>I61<');
    expect(second).not.toContain('>I2<');
    expect(await wordsAt(`${path}/errors?rule=date.form`)).toContain('K62');
    expect(await wordsAt(`${path}/errors?row=5`)).toContain('I5');
    expect(await wordsAt(`${path}/errors?row=5`)).not.toContain('I6');
    expect(await wordsAt(`${path}/errors?commune=06040`)).toContain('Không có lỗi hay lưu ý nào');
    expect(await preparer.page(`${path}/errors?commune=05983&severity=error`)).toContain('>I2<');
  });

  it('a cell is mended in place, may be put back, and then the whole list is applied', async () => {
    const path = await checked([line(31), line(32, { 'Số tiền': '1,5' })]);
    const errors = `${path}/errors?column=I`;
    const cell = `${path}/rows/3/cells/amount`;
    const stale = await preparer.send(cell, { seen: '9', value: '1500' }, { from: errors });
    expect(wordsOf(stale.html)).toContain('vừa được người khác sửa');
    expect(stale.html).toContain('open');
    const mended = await preparer.send(cell, { seen: '1,5', value: '1.500' }, { from: errors });
    expect(mended.path).toBe(errors);
    expect(wordsOf(mended.html)).toContain('Dòng 3 nay không còn lỗi');
    expect(await wordsAt(`${path}/corrections`)).toMatch(/I3 Số tiền 1,5 1\.500 .*Trả lại như cũ/);
    await preparer.send(cell, { seen: '1.500', value: '1,5' }, { from: path });
    expect(await wordsAt(path)).toContain('Chỉ nhập các dòng đúng');
    await preparer.send(cell, { seen: '1,5', value: '1.500' }, { from: path });
    expect(await wordsAt(`${path}/rows/3`)).toContain('1.500');
    const all = { mode: 'all-or-nothing' };
    const applied = await preparer.send(`${path}/applications`, all, { from: path });
    expect(wordsOf(applied.html)).toContain('Đã nhập 2 khoản được hưởng');
    expect(await wordsAt(`/entitlements?import=${idOf(path)}`)).toContain('2.790.500 đ');
  });

  it('only the good rows are applied when somebody says so, and a list is refused with its reason', async () => {
    const path = await checked([line(41), line(42, { 'Số tiền': '' })]);
    const none = await preparer.send(`${path}/refusals`, { reason: ' ' }, { from: path });
    expect(wordsOf(none.html)).toContain('Ghi lý do, ít nhất 3 ký tự');
    await preparer.send(`${path}/applications`, { mode: 'good-rows' }, { from: path });
    expect(await wordsAt(path)).toContain('1 dòng lỗi không được nhập');
    const other = await checked([line(43)]);
    const reason = 'Xã gửi nhầm tháng';
    await preparer.send(`${other}/refusals`, { reason }, { from: other });
    expect(await wordsAt(other)).toContain(reason);
    expect(await wordsAt('/imports?state=refused')).toContain('thang-11.xlsx');
  });

  it('columns that nobody knows are named, and said by hand; the file is checked again', async () => {
    const { 'Số tiền': amount, ...others } = line(51);
    const path = await checked([{ ...others, 'Được lĩnh': amount ?? '' }], { sender: 'Xã Thử' });
    expect(await wordsAt(path)).toContain('Chỉ ra nội dung từng cột');
    const columns = await preparer.page(`${path}/columns`);
    expect(wordsOf(columns)).toContain('Chưa thấy các cột bắt buộc');
    expect(columns).toContain('value="Được lĩnh"');
    const said = { heading: ['STT', 'Được lĩnh'], meaning: ['row', 'amount'] };
    const mapped = await preparer.send(`${path}/columns`, said, { from: `${path}/columns` });
    expect(mapped.path).not.toBe(path);
    await check(mapped.path);
    expect(await wordsAt(mapped.path)).toContain('Nhập cả danh sách (1 dòng, 2.789.000 đ)');
    expect(await wordsAt(`${mapped.path}/columns`)).toContain('người dùng đã chỉ ra');
  });

  it('the marked file goes out, and English is English', async () => {
    const path = await send(csvOf([line(61, { 'Số tiền': '1,5' })]), {}, 'xa.csv');
    await check(path);
    const file = await preparer.agent.get(`${path}/annotated`).expect(200);
    expect(file.headers['content-disposition']).toContain('xa-danh-dau.csv');
    const visitor = await site.visitor(['preparer'], { language: 'en' });
    for (const place of [path, `${path}/errors`, '/imports', '/imports/new', `${path}/columns`]) {
      const main = /<main.*<\/main>/s.exec(await visitor.page(place))?.[0] ?? '';
      expect(wordsOf(main)).not.toMatch(/\b(danh sách|Gửi|Lỗi|dòng)\b/);
    }
  });
});
