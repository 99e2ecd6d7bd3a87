import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateApiKey, SYSTEM } from '../../../src/identity/index.js';
import { AuditTrail } from '../../../src/audit/index.js';
import { newId, SystemClock } from '../../../src/kernel/index.js';
import { execute, one, rows } from '../../../src/platform/database/index.js';
import { anOffice } from '../../builders/officers.js';
import { sentPayments, type SentPayment } from '../../builders/sent-payments.js';
import { NO_BANK, startProgram } from '../../setup/compiled-program.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';

const TIMEOUT_MS = 120_000;

/** What an operator types, as processes; each costs seconds, so that each test looks at much. */
describe('the chores of an operator', () => {
  let db: TestDatabase;
  let folder: string;
  let ready: SentPayment[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-chores-'));
    db = await testDatabase();
    await db.database.transaction(async (tx) => {
      const office = await anOffice(tx);
      ready = await sentPayments(tx, office, 2, { state: 'ready' });
      await sentPayments(tx, office, 3, { state: 'settled' });
    });
  }, TIMEOUT_MS);
  afterAll(async () => {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });

  const cli = async (...args: string[]) => {
    const environment = { LOG_LEVEL: 'silent', DATABASE_URL: db.url, ...NO_BANK };
    const ended = await startProgram('cli.js', { args, environment }).ended;
    const last = ended.out.trim().split('\n').at(-1) ?? '';
    return { ...ended, told: JSON.parse(last) as Record<string, unknown> };
  };
  const asked = <T extends object>(sql: string) => one<T>(db.database.reader, sql);

  it(
    'are refused kindly in both languages, with 1, and change nothing',
    async () => {
      const refused = await Promise.all([
        cli('users', 'disable', '--login', 'nobody'),
        cli('export-month', '--period', '2026-13', '--into', folder),
      ]);
      expect(refused.map(({ code, told }) => [code, told])).toEqual([
        [1, { ok: false, error: 'identity.no-such-user' }],
        [1, { ok: false, error: 'cli.bad-option' }],
      ]);
      for (const { err } of refused) {
        expect(err.trim().split('\n')).toHaveLength(2);
        expect(err).not.toContain('    at ');
      }
      expect(refused[1]?.err).toContain('--period: là tháng');
      expect(await rows(db.database.reader, 'select 1 from audit_entry')).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'tell on one screen how everything stands, and list the alerts',
    async () => {
      const [status, alerts] = await Promise.all([cli('status'), cli('alerts', 'list')]);
      expect(status.code).toBe(0);
      expect(status.told).toMatchObject({
        ok: true,
        outbox: { waiting: 0, lagSeconds: 0 },
        queues: { events: { wait: 0, failed: 0 } },
        runs: { running: 2, paused: 0 },
        alerts: [],
      });
      expect(status.told['schema']).toMatch(/\d{13}$/);
      expect(JSON.stringify(status.told['banks'])).toContain('"bank":"sandbox"');
      expect([alerts.code, alerts.told]).toEqual([0, { ok: true, alerts: 0 }]);
    },
    TIMEOUT_MS,
  );

  it(
    'sign a person out everywhere, and list who is there',
    async () => {
      const login = 'lap.bang';
      const epoch = () =>
        asked<{ epoch: number }>(
          `select session_epoch as epoch from app_user where login = '${login}'`,
        );
      const before = await epoch();
      const ended = await cli('users', 'end-sessions', '--login', login);
      expect([ended.code, ended.told['login']]).toEqual([0, login]);
      expect((await epoch())?.epoch).toBe((before?.epoch ?? 0) + 1);
      const { code, told, out } = await cli('users', 'list', '--role', 'preparer');
      expect([code, told]).toEqual([0, { ok: true, users: 2 }]);
      expect(out).toMatch(/ {2}lap\.bang {2}Cán bộ lap\.bang {2}preparer$/m);
    },
    TIMEOUT_MS,
  );

  it(
    'replace an API key, whose successor is told once',
    async () => {
      const clock = new SystemClock();
      await new CreateApiKey(db.database, clock, new AuditTrail(clock)).create({
        actor: SYSTEM,
        name: 'dashboard',
        permissions: ['payment.read'],
        expiresAt: new Date(clock.now().getTime() + 1e9),
      });
      const { code, told } = await cli('keys', 'rotate', '--name', 'dashboard');
      expect([code, told]).toEqual([0, expect.objectContaining({ name: 'dashboard-2' })]);
      expect(told['token']).toMatch(/^chitra_/);
      const secret = await cli('secret', '--for', 'webhook');
      expect(secret.told['secret']).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    },
    TIMEOUT_MS,
  );

  it(
    'ring for everything that waits and for nothing twice, and apply notices again',
    async () => {
      const [first] = ready;
      const tx = db.database.reader;
      await execute(
        tx,
        `update submission set state = 'waiting', rung_at = now(), lease_until = null where run_id = $1`,
        [first?.runId],
      );
      const event = newId();
      await execute(
        tx,
        `insert into outbox_event (id, event, payload, created_at) values ($1, 'probe', '{}', now())`,
        [event],
      );
      await execute(
        tx,
        `insert into outbox_delivery (event_id, subscriber, due_at) values ($1, 'nobody', now() + interval '1 hour')`,
        [event],
      );
      const rung = await cli('queues', 'ring');
      expect([rung.code, rung.told]).toEqual([
        0,
        { ok: true, submissions: 1, accountChecks: 0, events: 1 },
      ]);
      const replayed = await cli('notices', 'replay', '--bank', 'sandbox');
      expect(replayed.told).toEqual({ ok: true, found: 0, applied: 0, waiting: 0 });
      const acts = await rows<{ action: string }>(
        tx,
        `select action from audit_entry where action like 'work.%' or action like 'notices.%'`,
      );
      expect(acts.map(({ action }) => action)).toEqual(['work.rung-again']);
    },
    TIMEOUT_MS,
  );

  it(
    'write a month with its proof into a folder, whole or not at all, and leave a trace',
    async () => {
      const period = (await asked<{ period: string }>('select period from payment limit 1'))
        ?.period;
      const into = join(folder, 'month');
      const { code, told, out } = await cli(
        ...['export-month', '--period', period ?? '', '--into', into, '--format', 'csv,xlsx'],
      );
      expect(code).toBe(0);
      const sum = { payments: 5, total: String(5 * 2_789_000), proven: 0 };
      expect(told).toMatchObject({ ok: true, files: [sum, sum] });
      expect(out).toContain('5 khoản / payments, 13.945.000');
      const [xlsx, csv] = (told['files'] as { file: string }[]).map(({ file }) => file);
      const text = await readFile(csv ?? '', 'utf8');
      expect(text).toContain('Bút toán sao kê');
      for (const { reference } of ready) expect(text).toContain(reference);
      expect((await stat(xlsx ?? '')).mode & 0o077).toBe(0);
      const traces = await rows(
        db.database.reader,
        `select 1 from audit_entry where action = 'list.exported'`,
      );
      expect(traces).toHaveLength(2);
    },
    TIMEOUT_MS,
  );
});
