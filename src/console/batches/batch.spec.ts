import {
  consoleUnderTest,
  wordsOf,
  type ConsoleUnderTest,
  type Visitor,
} from '../../../test/setup/console.js';
import { areOwed } from '../../../test/builders/owed.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { newId } from '../../kernel/index.js';
import { rows } from '../../platform/database/index.js';

const PERIOD = '2031-05';

describe('the pages of a batch', () => {
  let db: TestDatabase;
  let office: ConsoleUnderTest;
  let preparer: Visitor;
  let monitor: Visitor;

  beforeAll(async () => {
    db = await testDatabase();
    office = await consoleUnderTest(db);
    preparer = await office.visitor(['preparer']);
    monitor = await office.visitor(['monitor']);
  });
  afterAll(async () => {
    await office.close();
    await db.close();
  });

  const build = async (period: string, fields: Record<string, string> = {}) => {
    const { path } = await preparer.send(
      '/batches',
      { programme: 'NCC_MONTHLY', period, payOn: '', note: '', ...fields },
      { from: '/batches/new' },
    );
    return path;
  };
  const versionOf = async (path: string) =>
    /name="version" value="(\d+)"/.exec(await preparer.page(path))?.[1] ?? '';

  it('say what to do while there is none, and offer the button to preparers only', async () => {
    expect(wordsOf(await monitor.page('/batches'))).toContain('Chưa có đợt chi nào');
    expect(await monitor.page('/batches')).not.toContain('/batches/new');
    expect(await preparer.page('/batches')).toContain('href="/batches/new"');
    expect(await preparer.page('/batches/new')).toContain('placeholder="ngày/tháng/năm"');
    await monitor.page('/batches/new', 403);
    await preparer.page(`/batches/${newId()}`, 404);
  });

  it('tell what is wrong at the field, and keep what was typed', async () => {
    const form = { programme: 'NCC_MONTHLY', period: '13/2031', note: 'chi tháng 5' };
    const { path, html } = await preparer.send('/batches', form, { from: '/batches/new' });
    expect(path).toBe('/batches/new');
    expect(wordsOf(html)).toContain('kỳ viết là 11/2026, 2026 hoặc 2026-D1');
    expect(html).toContain('value="13/2031"');
    expect(html).toContain('value="chi tháng 5"');
    const never = { ...form, payOn: '31/02/2031' };
    const noDay = await preparer.send('/batches', never, { from: '/batches/new' });
    expect(wordsOf(noDay.html)).toContain('Ngày viết như 21/11/2026');
    expect(noDay.html).toContain('value="31/02/2031"');
    const empty = await preparer.send(
      '/batches',
      { ...form, period: '05/1999' },
      { from: '/batches/new' },
    );
    expect(wordsOf(empty.html)).toContain('Không có khoản nào khớp với lựa chọn này');
  });

  it('show a draft with its lines, who is left out and why, and what changed', async () => {
    await areOwed(db.database.reader, [
      { period: PERIOD, name: 'Nông Thị Đậu' },
      { period: PERIOD, name: 'Hoàng Văn Ất', communeCode: '05983' },
      { period: PERIOD, name: 'Lý Văn Giữ', heldFor: 'AC04' },
      { period: PERIOD, name: 'Lý Văn Không', account: null },
    ]);
    const path = await build('05/2031');
    const overview = wordsOf(await preparer.page(path));
    expect(overview).toContain('kỳ 05/2031');
    expect(overview).toContain('5.578.000 đ');
    expect(overview).toContain('Chưa có tài khoản 1');
    expect(overview).toContain('2 dòng có tài khoản chưa được xác minh');
    expect(wordsOf(await monitor.page(path))).toContain('Đang chờ người lập xem lại và trình ký');
    expect(await monitor.page(path)).not.toContain('/proposals');

    const lines = await preparer.page(`${path}/lines?search=nong+dau`);
    expect(wordsOf(lines)).toContain('Nông Thị Đậu');
    expect(wordsOf(lines)).not.toContain('Hoàng Văn Ất');
    expect(lines).toContain('type="checkbox"');
    expect(await monitor.page(`${path}/lines`)).not.toContain('type="checkbox"');

    const leftOut = wordsOf(await preparer.page(`${path}/left-out?reason=held`));
    expect(leftOut).toContain('Lý Văn Giữ');
    expect(leftOut).toContain('bỏ tạm giữ ở hồ sơ người hưởng');
    expect(leftOut).not.toContain('Lý Văn Không');
    const changes = wordsOf(await preparer.page(`${path}/changes?change=new`));
    expect(changes).toContain('kỳ 04/2031');
    expect(changes).toContain('+ 5.578.000 đ');
    expect(wordsOf(await preparer.page(`${path}/accounts`))).toContain('Chưa kiểm tra 2');
    expect(wordsOf(await preparer.page(`${path}/history`))).toContain('Lập đợt chi');
  });

  it('give their lines as a file, of the filter, with numbers as texts', async () => {
    const [path] = await batchesOf(PERIOD);
    await monitor.agent.get(`/batches/${newId()}/lines.csv`).expect(404);
    const { text } = await monitor.agent.get(`${path}/lines.csv?communeCode=05983`).expect(200);
    expect(text).toContain('Hoàng Văn Ất');
    expect(text).not.toContain('Nông Thị Đậu');
    expect(text).toMatch(/Cộng: 1 dòng;+2789000/);
    expect(await monitor.page(`${path}/lines`)).toContain(`href="${path}/lines.xlsx"`);
  });

  it('take lines out with a reason, and not without a tick', async () => {
    const [path] = await batchesOf(PERIOD);
    const version = await versionOf(path ?? '');
    const from = `${path}/lines`;
    const none = await preparer.send(
      `${path}/line-removals`,
      { version, reason: 'thiếu giấy' },
      { from },
    );
    expect(wordsOf(none.html)).toContain('xin chọn ít nhất một dòng');
    const [, entitlementIds = ''] =
      /name="entitlementIds" value="([^"]+)"/.exec(await preparer.page(from)) ?? [];
    const form = { version, entitlementIds, reason: 'thiếu giấy tờ' };
    expect(wordsOf(await preparer.page(from))).not.toContain('Dấu chọn chỉ giữ');
    const ofPage = `${from}?kind=regular&cursor=eyJ4IjowfQ`;
    const taken = await preparer.send(`${path}/line-removals`, form, { from: ofPage });
    expect(taken.path).toBe(`${from}?kind=regular`);
    expect(wordsOf(taken.html)).toContain('Đã rút 1 dòng, còn 1 dòng.');
    const stale = await preparer.send(`${path}/line-removals`, form, { from });
    expect(wordsOf(stale.html)).toContain('Chưa thực hiện');
    expect(wordsOf(await preparer.page(`${path}/left-out?reason=removed`))).toContain(
      'thiếu giấy tờ',
    );
  });

  it('propose, and from then on offer what is left: looking, and cancelling with a reason', async () => {
    const [path = ''] = await batchesOf(PERIOD);
    const version = await versionOf(path);
    const proposed = await preparer.send(`${path}/proposals`, { version });
    expect(wordsOf(proposed.html)).toContain('Đang chờ chữ ký: Kế toán trưởng');
    expect(proposed.html).not.toContain('/proposals');
    const list = await monitor.page('/batches?state=proposed&period=05%2F2031');
    expect(list).toContain(`href="${path}"`);
    expect(wordsOf(list)).toContain('Kế toán trưởng (chữ ký thứ hai)');
    expect(wordsOf(await monitor.page('/batches?state=cancelled'))).toContain(
      'Không có đợt chi nào khớp',
    );

    const short = await preparer.send(
      `${path}/cancellations`,
      { version: await versionOf(path), reason: 'x' },
      { from: path },
    );
    expect(wordsOf(short.html)).toContain('xin ghi lý do, ít nhất 3 chữ cái');
    const cancelled = await preparer.send(`${path}/cancellations`, {
      version: await versionOf(path),
      reason: 'lập nhầm kỳ',
    });
    expect(wordsOf(cancelled.html)).toContain('lập nhầm kỳ');
    expect(cancelled.html).not.toContain('/cancellations');
  });

  it('build once, however often the form is sent', async () => {
    await areOwed(db.database.reader, [{ period: '2031-06' }]);
    const fields = { programme: 'NCC_MONTHLY', period: '06/2031' };
    const first = await preparer.send('/batches', fields, { key: 'twice' });
    const again = await preparer.send('/batches', fields, { key: 'twice' });
    expect(again.path).toBe(first.path);
    expect(await batchesOf('2031-06')).toHaveLength(1);
  });

  it('speak English to whoever asks for it', async () => {
    const visitor = await office.visitor(['monitor'], { language: 'en' });
    const [path = ''] = await batchesOf('2031-06');
    const words = wordsOf(await visitor.page(path));
    expect(words).toContain('This batch is a draft');
    expect(words).not.toMatch(/Đang được lập|Không đưa vào/);
  });

  async function batchesOf(period: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      db.database.reader,
      'select id from batch where period = $1 order by id',
      [period],
    );
    return found.map(({ id }) => `/batches/${id}`);
  }
});
