import { execute, one } from '../../../src/platform/database/index.js';
import { emptyDatabase, testDatabase, type TestDatabase } from '../../setup/database.js';
import { NO_BANK, startProgram } from '../../setup/compiled-program.js';

const TIMEOUT_MS = 120_000;
const PASSWORD = 'bốn từ ghép vào nhau';

/** What every command ends with. */
const lastLine = (out: string): { ok: boolean } =>
  JSON.parse(out.trim().split('\n').at(-1) ?? '') as { ok: boolean };

describe('the command line', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await testDatabase();
  }, TIMEOUT_MS);
  afterAll(() => db.close());

  const cli = (
    args: string[],
    more: { input?: string; environment?: Record<string, string> } = {},
  ) =>
    startProgram('cli.js', {
      args,
      input: more.input,
      environment: { LOG_LEVEL: 'silent', DATABASE_URL: db.url, ...NO_BANK, ...more.environment },
    }).ended;
  const create = (given: { login: string; roles: string; input: string; more?: string[] }) =>
    cli(
      [
        ...['create-user', '--login', given.login, '--name', 'Quản Trị Mẫu'],
        ...['--roles', given.roles, ...(given.more ?? [])],
      ],
      { input: given.input },
    );

  it(
    'says what it can do when it is not understood, and which setting is wrong without its value',
    async () => {
      const [unknown, wrong, nowhere] = await Promise.all([
        cli(['pay-everybody']),
        cli(['migrate'], { environment: { DATABASE_URL: 'mysql://u:geheim@db' } }),
        cli(['migrate'], { environment: { DATABASE_URL: 'postgres://u:geheim@127.0.0.1:1/none' } }),
      ]);
      expect([unknown.code, wrong.code, nowhere.code]).toEqual([1, 1, 1]);
      expect(unknown.err).toContain("unknown command 'pay-everybody'");
      expect(wrong.err).toContain('DATABASE_URL: is a postgres:// address');
      expect(wrong.err).not.toContain('    at ');
      expect(nowhere.err).toContain('DATABASE_URL: no PostgreSQL answers there');
      for (const { err, out } of [wrong, nowhere]) {
        expect(err).not.toContain('geheim');
        expect(lastLine(out)).toEqual({ ok: false, error: 'settings' });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'brings an empty database up to date, and does nothing the second time',
    async () => {
      const empty = await emptyDatabase();
      try {
        for (let turn = 0; turn < 2; turn += 1) {
          const { code, out } = await cli(['migrate'], {
            environment: { DATABASE_URL: empty.url },
          });
          expect([code, lastLine(out).ok]).toEqual([0, true]);
          expect(out).toContain('the schema is up to date');
        }
      } finally {
        await empty.close();
      }
    },
    TIMEOUT_MS,
  );

  it(
    'makes a user with a password that it is piped, and refuses the rest',
    async () => {
      const refused = await Promise.all([
        create({ login: 'quan.tri', roles: 'administrator,king', input: `${PASSWORD}\n` }),
        create({ login: 'quan.tri', roles: 'administrator', input: '' }),
        create({
          login: 'quan.tri',
          roles: 'administrator',
          input: `${PASSWORD}\n`,
          more: ['--signature', 'third'],
        }),
      ]);
      expect(refused.map(({ code }) => code)).toEqual([1, 1, 1]);
      expect(refused[0]?.err).toContain('--roles: no such role: king');
      expect(refused[1]?.err).toContain('the password was empty');
      expect(refused[2]?.err).toContain('--signature: is first or second');

      const weak = await create({ login: 'quan.tri', roles: 'administrator', input: '1234\n' });
      expect(weak.code).toBe(1);
      expect(weak.err).not.toContain('1234\n');
      const user = { login: 'quan.tri', roles: 'administrator, monitor', input: `${PASSWORD}\n` };
      const made = await create(user);
      expect([made.code, made.err]).toEqual([0, '']);
      expect(lastLine(made.out)).toMatchObject({ ok: true, login: 'quan.tri' });
      const again = await create(user);
      expect(again.code).toBe(1);
      const found = await one<{ n: number; roles: string[] }>(
        db.database.reader,
        'select count(*) over ()::int as n, roles from app_user',
      );
      expect(found).toEqual({ n: 1, roles: ['administrator', 'monitor'] });
      for (const { out, err } of [...refused, weak, made, again]) {
        expect(out + err).not.toContain(PASSWORD);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'takes a part out of its table only when its time is over, and writes that in the trail',
    async () => {
      const listed = await cli(['partitions']);
      expect(listed.code).toBe(0);
      expect(listed.out).toContain('payment_history_default');
      const young = await cli(['partitions', 'archive', '--before', '2100-01']);
      expect([young.code, lastLine(young.out)]).toEqual([
        1,
        { ok: false, error: 'partitions.too-young' },
      ]);
      // As if all that there is were of years ago.
      const tx = db.database.reader;
      await execute(tx, 'alter table outbox_delivery detach partition outbox_delivery_first');
      await execute(
        tx,
        `alter table outbox_delivery attach partition outbox_delivery_first
         for values from (minvalue) to ('01700000-0000-0000-0000-000000000000')`,
      );
      const old = await cli(['partitions', 'archive', '--table', 'outbox_delivery']);
      expect(lastLine(old.out)).toEqual({ ok: true, left: ['outbox_delivery_first'], needed: [] });
      const told = await one(
        tx,
        `select subject_id as "table", detail ->> 'part' as part from audit_entry where action = 'partition.dropped'`,
      );
      expect(told).toEqual({ table: 'outbox_delivery', part: 'outbox_delivery_first' });
    },
    TIMEOUT_MS,
  );

  it(
    'verifies the audit trail, and ends with 1 when an entry is not what was written',
    async () => {
      const whole = await cli(['audit', 'verify']);
      expect(whole.code).toBe(0);
      expect(JSON.parse(whole.out)).toMatchObject({ ok: true });
      const tx = db.database.reader;
      await execute(tx, 'alter table audit_entry disable trigger user');
      await execute(tx, `update audit_entry set action = 'user.changed'`);
      await execute(tx, 'alter table audit_entry enable trigger user');
      const changed = await cli(['audit', 'verify']);
      expect(changed.code).toBe(1);
      expect(JSON.parse(changed.out)).toMatchObject({ ok: false });
    },
    TIMEOUT_MS,
  );

  it(
    'prints the table of settings without needing any of them',
    async () => {
      const { code, out } = await cli(['settings'], { environment: { DATABASE_URL: 'wrong' } });
      expect(code).toBe(0);
      expect(out).toContain('| `DATABASE_URL` | – |');
    },
    TIMEOUT_MS,
  );
});
