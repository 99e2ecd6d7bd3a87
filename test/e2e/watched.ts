import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  dashboards,
  prometheusConfig,
  questions,
  ruleFiles,
} from '../operations/monitoring-files.js';
import { startPrometheus, type TestPrometheus } from '../setup/prometheus.js';
import { until } from './month.js';

interface Found {
  readonly result: readonly unknown[];
}
interface ToldRules {
  readonly groups: { rules: { name: string; health: string; lastError?: string }[] }[];
}

const EVERY = '2s';

/** The repository's own configuration, with this system in the place of web and of the workers. */
async function configFor(url: string, folder: string): Promise<object> {
  const credentialsFile = join(folder, 'token');
  await writeFile(credentialsFile, 'a token');
  const { host } = new URL(url);
  return {
    ...prometheusConfig,
    global: { scrape_interval: EVERY, scrape_timeout: EVERY, evaluation_interval: EVERY },
    rule_files: ruleFiles.map((path) => resolve(path)),
    scrape_configs: prometheusConfig.scrape_configs.map(({ job_name }) => ({
      job_name,
      authorization: { credentials_file: credentialsFile },
      static_configs: [{ targets: [host] }],
    })),
  };
}

/** Stories of a system that a real Prometheus looks at. */
export function isWatched(urlOf: () => string): void {
  let folder: string;
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-watched-'));
    prometheus = await startPrometheus(await configFor(urlOf(), folder));
    const twice = 'min(count_over_time(chitra_payments[1m])) > 2';
    await until(
      () => prometheus.ask<Found>('query', { query: twice }),
      (answer) => 'data' in answer && answer.data.result.length > 0,
    );
  }, 60_000);
  afterAll(async () => {
    await prometheus.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers every question of the dashboards and the rules', async () => {
    const faults: string[] = [];
    for (const { where, expr } of questions) {
      const answer = await prometheus.ask('query', { query: expr });
      if ('fault' in answer) faults.push(`${where}: ${answer.fault}`);
    }
    expect(faults).toEqual([]);
  });

  it('evaluates every rule', async () => {
    const answer = await until(
      () => prometheus.ask<ToldRules>('rules'),
      (told) =>
        'data' in told &&
        told.data.groups.every(({ rules }) => rules.every(({ health }) => health !== 'unknown')),
    );
    const told = 'data' in answer ? answer.data.groups.flatMap(({ rules }) => rules) : [];
    expect(told.length).toBeGreaterThan(25);
    expect(told.filter(({ health }) => health !== 'ok')).toEqual([]);
  });

  it('shows the money of today on every panel', async () => {
    const { panels = [] } = dashboards.find(({ uid }) => uid === 'chitra-money') ?? {};
    const empty: string[] = [];
    for (const { title, targets } of panels) {
      for (const { expr } of targets) {
        const answer = await prometheus.ask<Found>('query', { query: expr });
        if ('fault' in answer || answer.data.result.length === 0) empty.push(title);
      }
    }
    expect(panels.length).toBeGreaterThan(10);
    expect(empty).toEqual([]);
  });
}
