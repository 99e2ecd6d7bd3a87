import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { boot, type Booted } from '../../../src/boot.js';
import { CreateUser, SYSTEM } from '../../../src/identity/index.js';
import { readSettings } from '../../../src/platform/config/index.js';
import { hostileBodies, operationsOf, welcome } from '../../builders/hostile.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';
import { NO_BANK } from '../../setup/compiled-program.js';

const TIMEOUT_MS = 120_000;
const NOBODY = '019a9b6e-0123-7456-8901-012345678901';
const PASSWORD = 'bốn từ ghép vào nhau';

describe('a request that nobody should send', () => {
  const operations = operationsOf(JSON.parse(readFileSync('src/openapi.json', 'utf8')));
  let db: TestDatabase;
  let booted: Booted;
  let url: string;
  let cookie: string;

  beforeAll(async () => {
    db = await testDatabase();
    booted = await boot({
      settings: readSettings({
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        ROLE: 'web',
        DATABASE_URL: db.url,
        CONFIG_DIR: resolve('config'),
      }),
      environment: NO_BANK,
    });
    await booted.app.listen(0, '127.0.0.1');
    url = await booted.app.getUrl();
    await booted.app.get(CreateUser, { strict: false }).create({
      actor: SYSTEM,
      login: 'hostile',
      displayName: 'Người Thử',
      password: PASSWORD,
      roles: ['administrator', 'preparer', 'account_holder'],
    });
    const signedIn = await fetch(`${url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'hostile', password: PASSWORD }),
    });
    cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }, TIMEOUT_MS);
  afterAll(async () => {
    await booted.stop();
    await db.close();
  });

  let acts = 0;
  /** What is wrong with the answer, or null: an answer never is a fault, and a refusal always is a problem. */
  async function complaint(method: string, path: string, body?: string): Promise<string | null> {
    acts += 1;
    const answer = await fetch(`${url}${path}`, {
      method,
      body,
      headers: {
        cookie,
        origin: url,
        'idempotency-key': `hostile-${acts}`,
        'if-match': '"1"',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const asked = `${method} ${path} ${(body ?? '').slice(0, 200)} → ${answer.status} ${text.slice(0, 200)}`;
    if (answer.status >= 500) return asked;
    return answer.status >= 400 && !type.startsWith('application/problem+json') ? asked : null;
  }
  const inPath = (path: string, id: string) => path.replace(/\{\w+\}/g, encodeURIComponent(id));

  it('is one of many operations', () => {
    expect(operations.length).toBeGreaterThan(50);
  });

  it(
    'in a path is refused as a problem',
    async () => {
      const found = [];
      const ids = ['\u0000', 'a\u0000b', '..', "'", '%', 'x'.repeat(3000), '💥', NOBODY];
      for (const { method, path } of operations.filter((one) => one.path.includes('{'))) {
        if (method !== 'GET') continue;
        for (const id of ids) found.push(await complaint(method, inPath(path, id)));
      }
      expect(found.length).toBeGreaterThan(50);
      expect(found.filter(Boolean)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'in a filter is refused as a problem or finds nothing',
    async () => {
      const found = [];
      for (const { method, path, query } of operations) {
        if (method !== 'GET') continue;
        for (const [name, schema] of Object.entries(query)) {
          for (const value of ['a\u0000b', '9999-99-99', '-1', "'%", '٣٤', welcome(schema)]) {
            const asked = encodeURIComponent(String(value));
            found.push(await complaint(method, `${inPath(path, NOBODY)}?${name}=${asked}`));
          }
        }
      }
      expect(found.length).toBeGreaterThan(300);
      expect(found.filter(Boolean)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'in a body is refused as a problem or does what it says',
    async () => {
      const found = [];
      for (const { method, path, body } of operations) {
        if (!body || path.includes('/sessions')) continue;
        for (const hostile of hostileBodies(body)) {
          found.push(await complaint(method, inPath(path, NOBODY), JSON.stringify(hostile)));
        }
        for (const broken of ['', '{', '\u0000', '[[[[', '{"a":1,}']) {
          found.push(await complaint(method, inPath(path, NOBODY), broken));
        }
      }
      expect(found.length).toBeGreaterThan(500);
      expect(found.filter(Boolean)).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
