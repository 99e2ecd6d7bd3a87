import { until } from '../../../test/builders/queue-program.js';
import { AppConfig, readSettings } from '../config/index.js';
import { Metrics } from '../metrics/index.js';
import type { SweepRunner } from './decorators.js';
import type { HandlerRegistry } from './handler-registry.js';
import { SweeperHost } from './sweeper-host.js';

function hostOf(
  runners: Record<string, SweepRunner>,
  environment: Record<string, string> = {},
): { host: SweeperHost; metrics: Metrics } {
  const given = { NODE_ENV: 'test', SWEEP_INTERVAL_MS: '5', ...environment };
  const config = new AppConfig(readSettings(given), given, 'postgres://nowhere/none');
  const sweepers = Object.entries(runners).map(([name, runner]) => ({ options: { name }, runner }));
  const metrics = new Metrics();
  return { host: new SweeperHost(config, { sweepers } as HandlerRegistry, metrics), metrics };
}

const pause = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));

describe('sweeps', () => {
  it('of one kind are never two at a time', async () => {
    let [now, most, all] = [0, 0, 0];
    const { host } = hostOf({
      slow: {
        sweep: async () => {
          now += 1;
          most = Math.max(most, now);
          await pause(20);
          now -= 1;
          all += 1;
        },
      },
    });
    host.onApplicationBootstrap();
    await until(() => all >= 5);
    await host.onModuleDestroy();
    expect(most).toBe(1);
  });

  it('go on after a failure, also one that throws at once, and leave the others alone', async () => {
    const sweeps = { rejects: 0, throws: 0, well: 0 };
    const { host, metrics } = hostOf({
      rejects: {
        sweep: () => {
          sweeps.rejects += 1;
          return Promise.reject(new Error('not now'));
        },
      },
      throws: {
        sweep: () => {
          sweeps.throws += 1;
          throw new Error('at once');
        },
      },
      well: {
        sweep: () => {
          sweeps.well += 1;
          return Promise.resolve();
        },
      },
    });
    host.onApplicationBootstrap();
    await until(() => Object.values(sweeps).every((count) => count >= 3));
    await host.onModuleDestroy();
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/chitra_sweeper_failures_total\{sweeper="throws"\} [3-9]/);
    expect(text).not.toContain('sweeper="well"');
  });

  it('stop at shutdown: the one under way ends first, and none begins after', async () => {
    let [begun, ended] = [0, 0];
    const { host } = hostOf({
      slow: {
        sweep: async () => {
          begun += 1;
          await pause(100);
          ended += 1;
        },
      },
    });
    host.onApplicationBootstrap();
    await until(() => begun === 1);
    await host.onModuleDestroy();
    expect(ended).toBe(1);
    await pause(50);
    expect(begun).toBe(1);
  });

  it('that never end hold the shutdown no longer than it may take', async () => {
    let begun = 0;
    const { host } = hostOf(
      {
        endless: {
          sweep: () => {
            begun += 1;
            return new Promise(() => undefined);
          },
        },
      },
      { SHUTDOWN_TIMEOUT_MS: '50' },
    );
    host.onApplicationBootstrap();
    await until(() => begun === 1);
    await expect(host.onModuleDestroy()).resolves.toBeUndefined();
  });

  it('are not for the web role', async () => {
    let begun = 0;
    const { host } = hostOf(
      { any: { sweep: () => Promise.resolve(void (begun += 1)) } },
      { ROLE: 'web' },
    );
    host.onApplicationBootstrap();
    await pause(50);
    await host.onModuleDestroy();
    expect(begun).toBe(0);
  });
});
