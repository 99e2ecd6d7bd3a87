import request from 'supertest';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { rows } from '../../platform/database/index.js';

describe('keys of other programs', () => {
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

  const nextMonth = () => new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  const form = (name: string, more: object = {}) => ({
    ...{ _from: '/admin/api-keys/new', name, expiresOn: nextMonth(), permissions: 'import.read' },
    ...more,
  });

  it('are the administrator’s business only, need a scope, and never sign', async () => {
    const monitor = await console_.visitor(['monitor']);
    await monitor.page('/admin/api-keys', 403);
    const admin = await console_.visitor(['administrator']);
    const options = { from: '/admin/api-keys/new' };
    const none = { name: 'khong-quyen', expiresOn: nextMonth() };
    const refused = await admin.send('/admin/api-keys', none, options);
    expect(wordsOf(refused.html)).toContain('Chọn ít nhất một quyền.');
    const signer = { ...none, permissions: 'batch.sign' };
    expect((await admin.send('/admin/api-keys', signer, options)).path).toBe(options.from);
    const late = { name: 'qua-han', expiresOn: '2020-01-01', permissions: 'import.read' };
    const past = await admin.send('/admin/api-keys', late, options);
    expect(wordsOf(past.html)).toContain('Hạn dùng của khóa phải ở tương lai');
  });

  it('are shown once: sent again, the form shows that there was a key and not the key', async () => {
    const admin = await console_.visitor(['administrator']);
    const send = () =>
      admin.agent
        .post('/admin/api-keys')
        .type('form')
        .send(form('ke-toan', { _key: 'make-once' }));
    const first = await send();
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('no-store');
    const token = /value="(chitra_[0-9a-f]{16}_[\w-]{43})"/.exec(first.text)?.[1] ?? '';
    const bearer = request(console_.url).get('/api/v1/imports').auth(token, { type: 'bearer' });
    await bearer.expect(200);
    const again = await send();
    expect(again.text).not.toContain(token);
    expect(wordsOf(again.text)).toContain('Mã khóa không hiện lại');
    const kept = await rows<{ row: string }>(
      database.database.reader,
      `select row_to_json(k)::text as row from idempotency_key k union all
       select sess::text from session union all select detail::text from audit_entry`,
    );
    expect(kept.map(({ row }) => row).join()).not.toContain(token.slice(-20));
  });

  it('are listed with their last use, and revoked at once', async () => {
    const admin = await console_.visitor(['administrator']);
    // Without the key of the form nothing is made.
    const keyless = await admin.agent.post('/admin/api-keys').type('form').send(form('phan-mem'));
    expect(keyless.headers['location']).toBe('/admin/api-keys/new');
    const keyed = form('phan-mem', { _key: 'k2' });
    const page = await admin.agent.post('/admin/api-keys').type('form').send(keyed);
    const token = /value="(chitra_[^"]+)"/.exec(page.text)?.[1] ?? '';
    const list = await admin.page('/admin/api-keys');
    expect(wordsOf(list)).toContain('phan-mem ✓ Còn hiệu lực');
    const action = /action="(\/admin\/api-keys\/[^"]+\/revocations)"/.exec(list)?.[1] ?? '';
    const revoked = await admin.send(action, {}, { from: '/admin/api-keys' });
    expect(wordsOf(revoked.html)).toContain('Đã thu hồi');
    const bearer = request(console_.url).get('/api/v1/imports').auth(token, { type: 'bearer' });
    await bearer.expect(401);
  });
});
