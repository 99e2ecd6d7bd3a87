import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../config/index.js';
import { logger } from '../logging/index.js';
import { Metrics } from '../metrics/index.js';
import { HandlerRegistry } from './handler-registry.js';

const log = logger('sweeper');

/** Runs every sweeper in the worker role, each one after its own last end, never two of one at a time here. */
@Injectable()
export class SweeperHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly underWay = new Map<string, Promise<void>>();
  private stopped = false;
  private readonly failures;

  constructor(
    private readonly config: AppConfig,
    private readonly handlers: HandlerRegistry,
    metrics: Metrics,
  ) {
    this.failures = metrics.counter({
      name: 'chitra_sweeper_failures_total',
      help: 'Sweeps that ended in an error, by sweeper',
      labelNames: ['sweeper'],
    });
  }

  onApplicationBootstrap(): void {
    if (!this.config.runsWorker) return;
    for (const { options, runner } of this.handlers.sweepers) {
      const everyMs = options.everyMs ?? this.config.settings.SWEEP_INTERVAL_MS;
      const turn = (): void => {
        // Begun inside a promise: a sweeper that throws at once must not take the process with it.
        const sweep = Promise.resolve()
          .then(() => runner.sweep())
          .catch((error: unknown) => {
            this.failures.inc({ sweeper: options.name });
            const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
            if (!this.stopped) log.error({ sweeper: options.name, why }, 'a sweep failed');
          })
          .finally(() => {
            this.underWay.delete(options.name);
            if (!this.stopped) this.timers.set(options.name, setTimeout(turn, everyMs));
          });
        this.underWay.set(options.name, sweep);
      };
      this.timers.set(options.name, setTimeout(turn, everyMs));
    }
  }

  /** Begins no new sweep and waits for those under way, up to SHUTDOWN_TIMEOUT_MS. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.race([
      Promise.all(this.underWay.values()),
      new Promise<void>((wake) => {
        setTimeout(wake, this.config.settings.SHUTDOWN_TIMEOUT_MS).unref();
      }),
    ]);
  }
}
