import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleUnderTest, wordsOf, type ConsoleUnderTest } from '../../../test/setup/console.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { AuditTrail } from '../../audit/index.js';
import { BankRegistry } from '../../banks/index.js';
import { SYSTEM } from '../../identity/index.js';
import { newId, SystemClock } from '../../kernel/index.js';
import { execute } from '../../platform/database/index.js';
import { ACT_WORDS } from './audit.words.js';

describe('the audit trail as officers read it', () => {
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

  it('has words for every act that the source writes', () => {
    const texts = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
      .map((path) => readFileSync(join('src', path), 'utf8'));
    const written = texts.flatMap((text) =>
      [...text.matchAll(/\baction: '([a-z-]+(?:\.[a-z-]+)+)'/g)].map(([, action = '']) => action),
    );
    expect(written.length).toBeGreaterThan(40);
    expect([...new Set(written)].filter((action) => !(action in ACT_WORDS))).toEqual([]);
  });

  it('is not for preparers', async () => {
    const preparer = await console_.visitor(['preparer']);
    await preparer.page('/admin/audit', 403);
    await preparer.page('/admin/audit/verification', 403);
  });

  it('is searched by who, what and when; what nobody did is not there', async () => {
    const monitor = await console_.visitor(['monitor'], { login: 'giam.sat' });
    const admin = await console_.visitor(['administrator'], { login: 'quan.tri' });
    const rowsOf = async (query: string) => {
      const html = await monitor.page(`/admin/audit?${query}`);
      return wordsOf(/<tbody>.*<\/tbody>/s.exec(html)?.[0] ?? '');
    };
    expect(await rowsOf('who=quan.tri')).toContain('(quan.tri) Đăng nhập');
    expect(await rowsOf('who=quan.tri')).not.toContain('giam.sat');
    expect(await rowsOf('who=hệ+thống&area=access')).toContain('Hệ thống Tạo người dùng');
    expect(await rowsOf('who=khong-co-ai')).toBe('');
    expect(await rowsOf('area=batches')).toBe('');
    expect(await rowsOf('to=2020-01-01')).toBe('');
    expect(await rowsOf(`thing=user&id=${admin.userId}`)).toContain('quan.tri (Quản trị)');
    // A monitor manages nobody: the way to a user's page is not shown to them.
    expect(await rowsOf('area=access')).not.toContain('xem người dùng');
    await monitor.page('/admin/audit?from=hom-qua', 400);
  });

  it('is taken out as a file of the whole filter, with how many there are; the trail tells that, too', async () => {
    const monitor = await console_.visitor(['monitor'], { login: 'mang.di' });
    const answer = await monitor.agent.get('/admin/audit.csv?who=mang.di').expect(200);
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(answer.text).toContain('mang.di;Đăng nhập;session.opened;user');
    expect(answer.text).not.toContain('giam.sat');
    const trail = wordsOf(await monitor.page('/admin/audit?who=mang.di'));
    expect(trail).toContain('Tải một danh sách ra ngoài');
    const preparer = await console_.visitor(['preparer']);
    await preparer.agent.get('/admin/audit.xlsx').expect(403);
  });

  it('names banks and funds as people do', async () => {
    const monitor = await console_.visitor(['monitor']);
    const [bank] = console_.booted.app.get(BankRegistry, { strict: false }).all();
    if (!bank) throw new Error('no bank');
    const trail = new AuditTrail(new SystemClock());
    await database.database.transaction((tx) =>
      trail.record(tx, {
        actor: SYSTEM,
        action: 'reconciliation.requested',
        subject: { type: 'reconciliation', id: newId() },
        detail: { bank: bank.code },
      }),
    );
    expect(wordsOf(await monitor.page('/admin/audit?area=reconciliation'))).toContain(
      `Yêu cầu đối chiếu ${bank.name}`,
    );
    const { text } = await monitor.agent.get('/admin/audit.csv?area=reconciliation').expect(200);
    expect(text).toContain(`Yêu cầu đối chiếu ${bank.name}`);
  });

  it('is verified on demand, and says when somebody has tampered with it', async () => {
    const monitor = await console_.visitor(['monitor']);
    const whole = await monitor.page('/admin/audit/verification?run=1&seq=&hash=');
    expect(wordsOf(whole)).toContain('Chuỗi nguyên vẹn');
    await monitor.page('/admin/audit/verification?run=1&seq=5', 400);
    const cut = `run=1&seq=1&hash=${'a'.repeat(64)}`;
    const other = wordsOf(await monitor.page(`/admin/audit/verification?${cut}`));
    expect(other).toContain('Nhật ký đã bị can thiệp');
    await database.database.transaction(async (tx) => {
      await execute(tx, `set local session_replication_role = replica`);
      await execute(tx, `update audit_entry set actor_name = 'khac' where action = 'user.created'`);
    });
    const found = wordsOf(await monitor.page('/admin/audit/verification?run=1'));
    expect(found).toContain('Một việc đã ghi bị sửa sau khi niêm.');
  });
});
