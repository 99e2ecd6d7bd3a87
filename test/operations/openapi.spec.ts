import { readFileSync } from 'node:fs';
import { boot } from '../../src/boot.js';
import { readSettings } from '../../src/platform/config/index.js';
import { buildOpenApi } from '../../src/platform/http/index.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';
import { bankVariables } from './deployment.js';

const TIMEOUT_MS = 60_000;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

describe('the committed OpenAPI document', () => {
  let database: TestDatabase;
  let served: ReturnType<typeof buildOpenApi>;

  beforeAll(async () => {
    database = await testDatabase();
    const environment = {
      NODE_ENV: 'test',
      ROLE: 'web',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      ...Object.fromEntries([...bankVariables].map((name) => [name, standIn(name)])),
    };
    const booted = await boot({ settings: readSettings(environment), environment });
    await booted.app.init();
    served = buildOpenApi(booted.app);
    await booted.stop();
  }, TIMEOUT_MS);

  afterAll(() => database.close());

  it('is what the service serves (`npm run docs` writes it anew)', () => {
    const committed: unknown = JSON.parse(readFileSync('src/openapi.json', 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(served)));
  });

  it('is OpenAPI 3.1 and says of every operation what it does and what it answers', () => {
    expect(served.openapi).toBe('3.1.0');
    const operations = Object.entries(served.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [{ name: `${method} ${path}`, operation }] : [];
      }),
    );
    expect(operations.length).toBeGreaterThan(30);
    const silent = operations.filter(
      ({ operation }) =>
        !operation.summary || !Object.keys(operation.responses).some((status) => /^2/.test(status)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

function standIn(name: string): string {
  if (name.endsWith('_URL')) return 'http://127.0.0.1:9';
  return name.endsWith('SECRET') ? `whsec_${Buffer.alloc(24).toString('base64')}` : 'name';
}
