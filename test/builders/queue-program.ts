import type { Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { SystemClock, type Clock } from '../../src/kernel/index.js';
import { migrations } from '../../src/migrations/index.js';
import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { createDataSource } from '../../src/platform/database/index.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { openQueueBackend, QueueModule, type QueueSpec } from '../../src/platform/queue/index.js';

export interface QueueProgramParts {
  readonly databaseUrl: string;
  readonly redisUrl?: string;
  readonly providers: Provider[];
  readonly specs?: readonly QueueSpec[];
  readonly environment?: Record<string, string>;
  readonly clock?: Clock;
  readonly watchEveryMs?: number;
  /** Done when the queues are open, before anything works on them. */
  readonly opened?: () => Promise<void>;
}

/** A program of its own with queues, outbox and sweepers, and nothing of the business; all roles unless told. */
export async function queueProgram(parts: QueueProgramParts) {
  const environment = { NODE_ENV: 'test', SWEEP_INTERVAL_MS: '50', ...parts.environment };
  const config = new AppConfig(
    readSettings({ ...environment, REDIS_URL: parts.redisUrl }),
    environment,
    parts.databaseUrl,
  );
  const source = createDataSource({
    url: parts.databaseUrl,
    migrations,
    poolMax: 6,
    applicationName: 'queue-program',
  });
  await source.initialize();
  const backend = await openQueueBackend(config);
  await parts.opened?.();
  const program = await Test.createTestingModule({
    imports: [
      PlatformModule.register({ config, source, clock: parts.clock ?? new SystemClock() }),
      QueueModule.register({
        backend,
        specs: parts.specs ?? [],
        watchEveryMs: parts.watchEveryMs,
      }),
    ],
    providers: parts.providers,
  }).compile();
  return program.init();
}

const PATIENCE_MS = 25_000;

/** Waits until the question is answered with yes. */
export async function until(
  question: () => boolean | Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await question())) {
    if (Date.now() > deadline) throw new Error(`not within ${patienceMs} ms: ${String(question)}`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}
