import { Ending } from '../../src/platform/health/index.js';
import { withFiguresTable } from '../../src/cli/figures-table.js';
import { Metrics } from '../../src/platform/metrics/index.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';
import { describeWithRedis } from '../setup/redis.js';
import {
  documentedFigures,
  figureOf,
  namesIn,
  prometheusReadme,
  questions,
  selectorsIn,
} from './monitoring-files.js';
import { runningService, type RunningService } from './running-service.js';

const TIMEOUT_MS = 60_000;
const TOKEN = 'let-prometheus-in';

/** What a label may say: sets that do not grow with people, payments or requests. */
const BOUNDED_LABELS = new Set([
  ...[
    'bank',
    'state',
    'queue',
    'rule',
    'severity',
    'result',
    'outcome',
    'end',
    'bucket',
    'sweeper',
    'rail',
    'reason',
    'fund',
    'stage',
    'class',
    'table',
  ],
  ...['status', 'handling', 'fault', 'event', 'role', 'name', 'backend', 'delivery', 'what'],
  // Of Node itself.
  ...['type', 'kind', 'version', 'major', 'minor', 'patch', 'space', 'le', 'quantile'],
]);

function aService(name: string, settings: () => Record<string, string>) {
  describe(name, () => {
    let database: TestDatabase;
    let web: RunningService;
    let worker: RunningService;

    beforeAll(async () => {
      database = await testDatabase();
      const given = { DATABASE_URL: database.url, METRICS_TOKEN: TOKEN, ...settings() };
      [web, worker] = await Promise.all([
        runningService({ ...given, ROLE: 'web' }),
        runningService({ ...given, ROLE: 'worker' }),
      ]);
    }, TIMEOUT_MS);

    afterAll(async () => {
      await web.stop();
      await worker.stop();
      await database.close();
    }, TIMEOUT_MS);

    it('is alive and ready in every role', async () => {
      for (const service of [web, worker]) {
        await service.get('/livez').expect(200, { status: 'ok' });
        const { body } = await service.get('/readyz').expect(200);
        expect(Object.keys(body.details).sort()).toEqual(['database', 'migrations', 'queue']);
      }
    });

    it('serves the API where it is web, and nothing but health and figures where it is a worker', async () => {
      await web.get('/api/v1/batches').expect(401);
      await web.get('/api/openapi.json').expect(200);
      await worker.get('/api/v1/batches').expect(404);
      await worker.get('/api/openapi.json').expect(404);
      await worker.get('/api/docs').expect(404);
    });

    it('shows its figures to who has the token', async () => {
      await web.get('/metrics').expect(401);
      await web.get('/metrics', { authorization: 'Bearer other' }).expect(401);
      await worker.get('/metrics', { authorization: `Bearer ${TOKEN}` }).expect(200);
    });

    it('names its figures as Prometheus asks, with labels that cannot grow without bound', async () => {
      const { text } = await web.get('/metrics', { authorization: `Bearer ${TOKEN}` }).expect(200);
      const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type]) => ({
        name,
        type,
      }));
      const ours = types.filter(({ name: metric }) => metric.startsWith('chitra_'));
      expect(ours.length).toBeGreaterThan(8);
      const foreign = types.filter(({ name: metric }) => !/^(chitra|nodejs|process)_/.test(metric));
      expect(foreign).toEqual([]);
      const counters = ours.filter(({ type }) => type === 'counter');
      expect(counters.filter(({ name: metric }) => !metric.endsWith('_total'))).toEqual([]);
      const oddUnits = ours.filter(({ name: metric }) =>
        /_(ms|milliseconds|minutes|hours|kb|mb|percent)(_|$)/.test(metric),
      );
      expect(oddUnits).toEqual([]);
      const labels = new Set(
        [...text.matchAll(/^[a-z_]+\{(.+)\} /gm)].flatMap(([, list = '']) =>
          [...list.matchAll(/([a-z_]+)="/g)].map(([, label = '']) => label),
        ),
      );
      expect([...labels].filter((label) => !BOUNDED_LABELS.has(label))).toEqual([]);
    });

    it('exposes in every role what is documented and nothing else, and all that dashboards and rules ask for', async () => {
      for (const service of [web, worker]) {
        const { text } = await service
          .get('/metrics', { authorization: `Bearer ${TOKEN}` })
          .expect(200);
        const exposed = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, metric = '']) => metric);
        expect(exposed.filter((metric) => metric.startsWith('chitra_')).sort()).toEqual(
          [...documentedFigures].sort(),
        );
        const missing = questions.flatMap(({ where, expr }) =>
          namesIn(expr)
            .figures.filter((figure) => !exposed.includes(figureOf(figure)))
            .map((figure) => ({ where, figure })),
        );
        expect(missing).toEqual([]);
      }
    });

    it('is described as it is: the table of figures, and the labels that dashboards and rules ask for', () => {
      const { registry } = web.booted.app.get(Metrics, { strict: false });
      // `npm run docs` writes the table.
      expect(withFiguresTable(prometheusReadme, registry)).toBe(prometheusReadme);
      const labelsOf = (figure: string): readonly string[] => {
        const metric = registry.getSingleMetric(figureOf(figure)) as { labelNames?: string[] };
        return [...(metric?.labelNames ?? []), 'job', 'instance', 'le'];
      };
      const strange = questions.flatMap(({ where, expr }) =>
        selectorsIn(expr).flatMap(({ figure, labels }) =>
          labels
            .filter((label) => !labelsOf(figure).includes(label))
            .map((label) => ({ where, figure, label })),
        ),
      );
      expect(strange).toEqual([]);
    });

    it('is alive and not ready any more as soon as its end begins', async () => {
      web.booted.app.get(Ending, { strict: false }).begin();
      await web.get('/livez').expect(200);
      const { body } = await web.get('/readyz').expect(503);
      expect(body.code).toBe('health.ending');
    });
  });
}

aService('the service with its queues in PostgreSQL', () => ({}));

describeWithRedis('with Redis', (redis) => {
  aService('the service with its queues in Redis', () => ({ REDIS_URL: redis().url }));

  it('refuses a Redis that may forget', async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(redis().url);
    const database = await testDatabase();
    try {
      await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
      await expect(
        runningService({ ROLE: 'web', DATABASE_URL: database.url, REDIS_URL: redis().url }),
      ).rejects.toThrow(/noeviction/);
    } finally {
      await client.config('SET', 'maxmemory-policy', 'noeviction');
      await client.quit();
      await database.close();
    }
  });

  it('is alive but not ready while its queue is away, and ready again when it is back', async () => {
    const database = await testDatabase();
    const service = await runningService({
      ROLE: 'web',
      DATABASE_URL: database.url,
      REDIS_URL: redis().url,
    });
    try {
      await redis().kill();
      await service.get('/livez').expect(200);
      const { body } = await service.get('/readyz').expect(503);
      expect(JSON.stringify(body)).not.toContain('127.0.0.1');
      await redis().revive();
      await expect(becomesReady(service)).resolves.toBe(true);
    } finally {
      await service.stop();
      await database.close();
    }
  }, 60_000);
});

const READY_WITHIN_MS = 45_000;

async function becomesReady(service: RunningService): Promise<boolean> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline;) {
    if ((await service.get('/readyz')).status === 200) return true;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  return false;
}
