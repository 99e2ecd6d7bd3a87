import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import ExcelJS from 'exceljs';
import { OutboxOnlyModule } from '../../../test/builders/outbox-only.module.js';
import { line, workbookOf } from '../../../test/builders/list-file.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { httpUnderTest, type HttpUnderTest } from '../../../test/setup/http.js';
import { newId } from '../../kernel/index.js';
import { CheckImport, EntitlementsModule } from '../index.js';

describe('lists over HTTP', () => {
  let test: TestDatabase;
  let http: HttpUnderTest;
  let preparer: Awaited<ReturnType<HttpUnderTest['asUser']>>['agent'];
  let monitor: typeof preparer;
  beforeAll(async () => {
    test = await testDatabase();
    http = await httpUnderTest(test, {
      imports: [OutboxOnlyModule, EntitlementsModule],
      environment: { UPLOAD_MAX_BYTES: '200000' },
    });
    preparer = (await http.asUser(['preparer'])).agent;
    monitor = (await http.asUser(['monitor'])).agent;
  });
  afterAll(async () => {
    await http.close();
    await test.close();
  });

  const PATH = '/api/v1/imports';
  const upload = (file: Buffer, name = 'Tháng 11.xlsx', key = newId()) =>
    preparer.post(PATH).set('Idempotency-Key', key).attach('file', file, name);
  const post = (path: string, body: object) =>
    preparer.post(path).set('Idempotency-Key', newId()).send(body);
  const check = (id: string) => http.app.get(CheckImport).check(id);
  const uploadsLeft = async () =>
    (await readdir(tmpdir())).filter((name) => /^[0-9a-f]{32}$/.test(name)).length;

  it('nobody without the right sends, reads or applies a list', async () => {
    await http.anonymous().get(PATH).expect(401);
    await monitor.get(PATH).expect(200);
    await monitor
      .post(PATH)
      .set('Idempotency-Key', newId())
      .attach('file', Buffer.from('a'), 'a.csv')
      .expect(403);
    await monitor
      .post(`${PATH}/${newId()}/applications`)
      .set('Idempotency-Key', newId())
      .send({ mode: 'good-rows' })
      .expect(403);
  });

  it('refuses a file that is too large, none at all, and a declaration it cannot read', async () => {
    const large = await upload(Buffer.alloc(300_000, 'a')).expect(413);
    expect(large.body.messages.vi).toBeTruthy();
    const none = await post(PATH, { period: '11/2026' }).expect(400);
    expect(none.body.code).toBe('entitlements.file-missing');
    const file = await workbookOf([line(1)]);
    const unread = await upload(file).field('controlTotal', 'nhiều').expect(400);
    expect(unread.body).toMatchObject({
      code: 'entitlements.declaration-unreadable',
      field: 'controlTotal',
    });
    await upload(file).field('programme', 'không có').expect(422);
    await upload(Buffer.from('%PDF-1.4'), 'a.xlsx').expect(415);
    await post(PATH, [{ fullName: { nested: true } }]).expect(400);
  });

  it('takes a workbook, checks it, tells its errors, marks it, and applies it once', async () => {
    const before = await uploadsLeft();
    const file = await workbookOf([line(10), line(11, { 'Số tiền': '1,624' }), line(12)]);
    const sent = await upload(file)
      .field('controlRows', '3')
      .field('period', '11/2026')
      .expect(202);
    expect(sent.body).toMatchObject({
      state: 'received',
      fileName: 'Tháng 11.xlsx',
      controlRows: 3,
    });
    expect(sent.headers.location).toBe(`${PATH}/${sent.body.id}`);
    const again = await upload(file)
      .field('controlRows', '3')
      .field('period', '11/2026')
      .expect(200);
    expect(again.body.id).toBe(sent.body.id);
    const path = `${PATH}/${sent.body.id}`;
    const early = await post(`${path}/applications`, { mode: 'good-rows' }).expect(409);
    expect(early.body.code).toBe('entitlements.import-not-checked');

    await check(sent.body.id);
    const view = await preparer.get(path).expect(200);
    expect(view.body).toMatchObject({
      state: 'checked',
      readRows: 3,
      goodRows: 2,
      badRows: 1,
      totalAmount: '5578000',
      totalsByCommune: [{ communeCode: '05983', rows: 3, amount: '5578000' }],
      problemsByRule: [{ rule: 'amount.ambiguous', severity: 'error', count: 1 }],
    });
    const errors = await preparer.get(`${path}/errors?severity=error&column=I`).expect(200);
    expect(errors.body.items).toMatchObject([{ cell: 'I3', rule: 'amount.ambiguous' }]);
    expect((await preparer.get(`${path}/errors?rule=amount.zero`)).body.items).toEqual([]);

    const marked = await preparer
      .get(`${path}/annotated`)
      .buffer(true)
      .parse((answer, done) => bytes(answer as unknown as NodeJS.EventEmitter, done))
      .expect(200);
    expect(marked.headers['content-disposition']).toContain('Th%C3%A1ng%2011-danh-dau.xlsx');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(marked.body);
    expect(workbook.worksheets[0]?.getCell('I3').note).toBeTruthy();

    const refused = await post(`${path}/applications`, { mode: 'all-or-nothing' }).expect(422);
    expect(refused.body).toMatchObject({ code: 'entitlements.rows-are-bad', badRows: 1 });
    const applied = await post(`${path}/applications`, { mode: 'good-rows' }).expect(201);
    expect(applied.body).toMatchObject({ state: 'applied', appliedRows: 2, badRows: 1 });
    await post(`${path}/applications`, { mode: 'good-rows' }).expect(409);
    await post(`${path}/refusals`, { reason: 'muộn rồi' }).expect(409);
    expect(await uploadsLeft()).toBe(before);
  });

  it('replays the stored answer under one key, and pages through rows, errors and what is owed', async () => {
    const lines = Array.from({ length: 7 }, (_, at) =>
      line(50 + at, {
        'Số tài khoản': '0123456789',
        'Tên tài khoản': 'A B',
        'Ngân hàng': '970405',
      }),
    );
    const file = await workbookOf(lines);
    const key = newId();
    const first = await upload(file, 'a.xlsx', key).expect(202);
    const replay = await upload(file, 'a.xlsx', key).expect(202);
    expect(replay.headers['idempotency-replayed']).toBe('true');
    const id: string = first.body.id;
    await check(id);
    await post(`${PATH}/${id}/applications`, { mode: 'all-or-nothing' }).expect(201);

    for (const path of [
      `${PATH}/${id}/rows?limit=3`,
      `${PATH}/${id}/errors?limit=3&rule=account.name-differs`,
      `/api/v1/entitlements?limit=3&importId=${id}&state=open&failed=false`,
    ]) {
      const seen: unknown[] = [];
      let cursor: string | null = '';
      for (let page = 0; cursor !== null && page < 9; page += 1) {
        const found: { body: { items: unknown[]; nextCursor: string | null } } = await preparer
          .get(cursor ? `${path}&cursor=${cursor}` : path)
          .expect(200);
        seen.push(...found.body.items);
        cursor = found.body.nextCursor;
      }
      expect([path, seen.length]).toEqual([path, 7]);
    }
    const rows = await preparer.get(`${PATH}/${id}/rows?limit=1`);
    expect(rows.body.items[0].accountNumber).toBe('••••6789');
    await preparer.get(`${PATH}?state=applied&limit=1`).expect(200);
    await preparer.get(`${PATH}/${id}/errors?cursor=x`).expect(400);
  });

  it('takes rows as JSON, and ends what is owed by a stop decision', async () => {
    const row = {
      fullName: 'Nguyễn Văn Thử',
      personalNumber: '020000000700',
      communeCode: '05983',
      amount: 1624000,
      'Số quyết định': '1',
      decisionDate: '15/01/2024',
    };
    const sent = await post(PATH, {
      programme: 'NCC_MONTHLY',
      period: '11/2026',
      rows: [row],
    }).expect(202);
    await check(sent.body.id);
    await post(`${PATH}/${sent.body.id}/applications`, { mode: 'all-or-nothing' }).expect(201);
    const owed = await monitor.get(`/api/v1/entitlements?importId=${sent.body.id}`).expect(200);
    const path = `/api/v1/entitlements/${owed.body.items[0].id}`;
    const ended = await post(`${path}/endings`, {
      decisionNumber: '9/QĐ',
      reason: 'chuyển đi',
    }).expect(201);
    expect(ended.body).toMatchObject({
      state: 'ended',
      amount: '1624000',
      history: [{ toState: 'open' }, { fromState: 'open', toState: 'ended' }],
    });
    await post(`${path}/endings`, { decisionNumber: '9/QĐ', reason: 'chuyển đi' }).expect(409);
    await preparer.get(`/api/v1/entitlements/${newId()}`).expect(404);
    await preparer.get(`${PATH}/${newId()}/errors`).expect(404);
  });
});

function bytes(
  response: NodeJS.EventEmitter,
  done: (error: Error | null, body: unknown) => void,
): void {
  const pieces: Buffer[] = [];
  response.on('data', (piece: Buffer) => pieces.push(piece));
  response.on('end', () => done(null, Buffer.concat(pieces)));
}
