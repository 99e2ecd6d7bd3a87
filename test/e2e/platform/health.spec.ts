import { resolve } from 'node:path';
import { boot, type Booted } from '../../../src/boot.js';
import { readSettings } from '../../../src/platform/config/index.js';
import { execute } from '../../../src/platform/database/index.js';
import { Metrics } from '../../../src/platform/metrics/index.js';
import { testDatabase, type TestDatabase } from '../../setup/database.js';
import { NO_BANK } from '../../setup/compiled-program.js';

/** What a label may say: a bounded set each, and never who, to whom, or which row. */
const LABELS = new Set([
  ...[
    'bank',
    'channel',
    'state',
    'outcome',
    'result',
    'end',
    'bucket',
    'rule',
    'severity',
    'queue',
    'job',
  ],
  ...['sweeper', 'metric', 'subscriber', 'rail', 'reason', 'fund', 'stage', 'class', 'table'],
  // of the process itself, from prom-client
  ...['type', 'kind', 'version', 'major', 'minor', 'patch', 'space', 'le', 'quantile'],
]);
const OF_THE_PROCESS = /^(process|nodejs)_/;
const BASE_UNIT =
  /_(milliseconds|millis|ms|minutes|hours|days|kb|mb|kilobytes|megabytes|percent)(_|$)/;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

describe.each(['web', 'worker', 'all'] as const)('a process in the role %s', (role) => {
  let db: TestDatabase;
  let booted: Booted;
  let url: string;
  let gone = false;
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await fetch(`${url}${path}`, { headers, redirect: 'manual' });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    };
  };

  beforeAll(async () => {
    db = await testDatabase();
    booted = await boot({
      settings: readSettings({
        NODE_ENV: 'test',
        LOG_LEVEL: 'silent',
        ROLE: role,
        DATABASE_URL: db.url,
        CONFIG_DIR: resolve('config'),
        METRICS_TOKEN: 'read the figures',
        SHUTDOWN_TIMEOUT_MS: '2000',
      }),
      environment: NO_BANK,
    });
    await booted.app.listen(0, '127.0.0.1');
    url = await booted.app.getUrl();
  });
  afterAll(async () => {
    await booted.stop();
    if (!gone) await db.close();
  });
  const metrics = () => get('/metrics', { authorization: 'Bearer read the figures' });

  it('keeps its figures from whoever has no token', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer wrong', 'read the figures']) {
      const refused = await get('/metrics', authorization ? { authorization } : {});
      expect(refused.status).toBe(401);
      expect(refused.text).not.toContain('chitra_');
    }
  });

  it('tells its figures as Prometheus reads them', async () => {
    const { status, type, text } = await metrics();
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const name of ['queue_depth', 'outbox_waiting', 'outbox_lag_seconds', 'alerts_open']) {
      expect(text).toContain(`# TYPE chitra_${name} gauge`);
    }
    expect(text).not.toMatch(/chitra_metric_failures_total\{/);
  });

  it('names its figures by the rules, and labels them with nothing that grows or is personal', async () => {
    const found = await booted.app.get(Metrics).registry.getMetricsAsJSON();
    const ours = found.filter(({ name }) => !OF_THE_PROCESS.test(name));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.filter(({ name }) => !name.startsWith('chitra_'))).toEqual([]);
    for (const { name, type } of ours) {
      expect([name, name.endsWith('_total')]).toEqual([name, String(type) === 'counter']);
      expect([name, BASE_UNIT.test(name)]).toEqual([name, false]);
    }
    // Also those that have no value yet.
    for (const { name } of found) {
      const metric: unknown = booted.app.get(Metrics).registry.getSingleMetric(name);
      const { labelNames = [] } = metric as { labelNames?: string[] };
      expect([name, labelNames.filter((label) => !LABELS.has(label))]).toEqual([name, []]);
    }
  });

  it('serves the machines, and as a worker nobody else', async () => {
    expect(await get('/livez')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    const paths = ['/', '/api/docs', '/api/v1/payments', '/api/v1/banks/sandbox/notices'];
    const seen = [];
    for (const path of paths) seen.push((await get(path)).status);
    expect(seen).toEqual(role === 'worker' ? [404, 404, 404, 404] : [303, 200, 401, 404]);
  });

  it('is ready while everything answers, and not while migrations are pending or the database is gone', async () => {
    expect((await get('/readyz')).status).toBe(200);

    await execute(
      db.database.reader,
      'delete from migrations where id = (select max(id) from migrations)',
    );
    const behind = await get('/readyz');
    expect(behind.status).toBe(503);
    expect(JSON.parse(behind.text)).toMatchObject({
      details: { database: { status: 'up' }, migrations: { status: 'down' } },
    });

    gone = true;
    await db.close();
    const away = await get('/readyz');
    expect(away.status).toBe(503);
    expect(JSON.parse(away.text)).toMatchObject({ details: { database: { status: 'down' } } });
    expect(away.text).not.toMatch(/postgres:|127\.0\.0\.1|t_[0-9a-f]{12}/);
    expect((await get('/livez')).status).toBe(200);
    const { status, text } = await metrics();
    expect(status).toBe(200);
    expect(text).toContain('\nchitra_outbox_waiting Nan\n');
    // Failures are counted before the figures are read: the next scrape tells them.
    expect((await metrics()).text).toMatch(
      /chitra_metric_failures_total\{metric="chitra_outbox_waiting"\} [1-9]/,
    );
  });
});
