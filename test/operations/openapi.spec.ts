import { readFileSync } from 'node:fs';
import { buildOpenApi } from '../../src/platform/http/index.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';
import { runningService } from './running-service.js';

const TIMEOUT_MS = 60_000;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

describe('the committed OpenAPI document', () => {
  let database: TestDatabase;
  let served: ReturnType<typeof buildOpenApi>;

  beforeAll(async () => {
    database = await testDatabase();
    const service = await runningService({ ROLE: 'web', DATABASE_URL: database.url });
    served = buildOpenApi(service.booted.app);
    await service.stop();
  }, TIMEOUT_MS);

  afterAll(() => database.close());

  const operations = () =>
    Object.entries(served.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation ? [{ name: `${method} ${path}`, method, operation }] : [];
      }),
    );

  it('is what the service serves (`npm run docs` writes it anew)', () => {
    const committed: unknown = JSON.parse(readFileSync('src/openapi.json', 'utf8'));
    expect(committed).toEqual(JSON.parse(JSON.stringify(served)));
  });

  it('is OpenAPI 3.1 and says of every operation what it does and what it answers', () => {
    expect(served.openapi).toBe('3.1.0');
    expect(operations().length).toBeGreaterThan(30);
    const silent = operations().filter(
      ({ operation }) =>
        !operation.summary || !Object.keys(operation.responses).some((status) => /^2/.test(status)),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('stands under /api/v1 throughout, and names each operation once', () => {
    const paths = Object.keys(served.paths).filter((path) => !path.startsWith('/api/v1/'));
    expect(paths).toEqual([]);
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
