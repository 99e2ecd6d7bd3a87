import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { freePort } from '../../src/platform/database/index.js';

const PROGRAM = 'prometheus';
const READY_WITHIN_MS = 45_000;

export const isPrometheusInstalled = (): boolean =>
  spawnSync('promtool', ['--version']).status === 0;

export interface TestPrometheus {
  readonly url: string;
  /** What its API answers under /api/v1/; `fault` when it cannot. */
  ask<T>(path: string, query?: Record<string, string>): Promise<{ data: T } | { fault: string }>;
  stop(): Promise<void>;
}

/** Debian's Prometheus over this configuration, on a free port, its files in a folder of its own. */
export async function startPrometheus(config: object): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-prometheus-'));
  const file = join(folder, 'prometheus.yaml');
  await writeFile(file, stringify(config));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(
    PROGRAM,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'files')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!(await isReady(url))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      await end(server, folder);
      throw new Error(`${PROGRAM} did not start: ${said.slice(-800)}`);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  return {
    url,
    ask: async <T>(path: string, query: Record<string, string> = {}) => {
      const answer = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(query).toString()}`);
      const body = (await answer.json()) as { status: string; data: T; error?: string };
      return body.status === 'success' ? { data: body.data } : { fault: body.error ?? 'no reason' };
    },
    stop: () => end(server, folder),
  };
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function end(server: ChildProcess, folder: string): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = new Promise<void>((done) => server.once('exit', () => done()));
    server.kill('SIGKILL');
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

/**
 * A suite that needs Prometheus. Where there is none, one test stands in its place and says which suite was left out; in
 * CI that is a fault instead.
 */
export function describeWithPrometheus(name: string, suite: () => void): void {
  if (isPrometheusInstalled()) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it('is left out: there is no prometheus on this machine (apt-get install prometheus)', () => {
      process.stderr.write(`left out: "${name}", because prometheus is not installed\n`);
      expect(process.env.CI ? 'CI has no prometheus: .ci/run installs it' : null).toBeNull();
    });
  });
}
