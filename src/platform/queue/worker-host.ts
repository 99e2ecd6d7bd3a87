import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Worker, type Job } from 'bullmq';
import type { Counter } from 'prom-client';
import { AppConfig } from '../config/index.js';
import { logger } from '../logging/index.js';
import { Metrics } from '../metrics/index.js';
import type { QueueBackend } from './backend.js';
import { Doorbell } from './doorbell.js';
import { HandlerRegistry } from './handler-registry.js';
import { workerOptions, type QueueSpec } from './queue-spec.js';

export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');
export const QUEUE_SPECS = Symbol('QUEUE_SPECS');

const log = logger('queue');
const WATCH_EVERY_MS = 15_000;

interface Running {
  readonly spec: QueueSpec;
  worker: Worker;
  /** Jobs started since the last look of the watchdog. */
  started: number;
  /** Looks in a row that found work waiting and nothing moving. */
  idleLooks: number;
}

/** One BullMQ worker per queue in the worker role, watched, and drained at shutdown. */
@Injectable()
export class WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Map<string, Running>();
  private watchdog: NodeJS.Timeout | null = null;
  private readonly jobs: Counter<'queue' | 'job' | 'result'>;
  private readonly restarts: Counter<'queue'>;

  constructor(
    private readonly config: AppConfig,
    private readonly handlers: HandlerRegistry,
    private readonly doorbell: Doorbell,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(QUEUE_SPECS) private readonly specs: readonly QueueSpec[],
    metrics: Metrics,
  ) {
    this.jobs = metrics.counter({
      name: 'chitra_queue_jobs_total',
      help: 'Jobs ended, by queue, job and result (completed, failed, stalled)',
      labelNames: ['queue', 'job', 'result'],
    });
    this.restarts = metrics.counter({
      name: 'chitra_queue_worker_restarts_total',
      help: 'Workers restarted by the watchdog because waiting work was not taken',
      labelNames: ['queue'],
    });
  }

  onApplicationBootstrap(): void {
    if (!this.config.runsWorker) return;
    for (const spec of this.specs) {
      this.running.set(spec.name, { spec, worker: this.start(spec), started: 0, idleLooks: 0 });
    }
    this.watchdog = setInterval(() => void this.watch(), WATCH_EVERY_MS);
    this.watchdog.unref();
  }

  /** Takes no new job and waits for those under way, up to SHUTDOWN_TIMEOUT_MS. */
  async onModuleDestroy(): Promise<void> {
    if (this.watchdog) clearInterval(this.watchdog);
    const deadline = new Promise<void>((wake) => {
      setTimeout(wake, this.config.settings.SHUTDOWN_TIMEOUT_MS).unref();
    });
    const drained = Promise.all(
      [...this.running.values()].map(({ worker }) => worker.close().catch(() => undefined)),
    );
    await Promise.race([drained, deadline]);
  }

  private start(spec: QueueSpec): Worker {
    const worker = new Worker(spec.name, (job) => this.run(spec.name, job), {
      ...workerOptions(spec),
      connection: this.backend.worker,
      prefix: this.config.settings.QUEUE_PREFIX,
      drainDelay: 5,
    });
    const label = { queue: spec.name };
    worker.on('completed', (job) =>
      this.jobs.inc({ ...label, job: job.name, result: 'completed' }),
    );
    worker.on('failed', (job, error) => {
      this.jobs.inc({ ...label, job: job?.name ?? 'unknown', result: 'failed' });
      log.error({ ...label, job: job?.name, id: job?.id, why: error.message }, 'a job failed');
    });
    worker.on('stalled', (id) => {
      this.jobs.inc({ ...label, job: 'unknown', result: 'stalled' });
      log.warn({ ...label, id }, 'a job stalled: its worker died or was away');
    });
    worker.on('error', (error) => log.warn({ ...label, why: error.message }, 'queue worker'));
    return worker;
  }

  private async run(queue: string, job: Job): Promise<void> {
    const running = this.running.get(queue);
    if (running) running.started += 1;
    const handler = this.handlers.jobs.get(job.name);
    if (!handler) throw new Error(`no handler for ${job.name}`);
    await handler.runner.handle(handler.options.schema.parse(job.data));
  }

  // Workers have silently stopped consuming after a reconnect in several BullMQ versions.
  private async watch(): Promise<void> {
    for (const running of this.running.values()) {
      const counts = await this.doorbell.counts(running.spec.name).catch(() => null);
      if (!counts) continue;
      const stuck = (counts.wait ?? 0) > 0 && (counts.active ?? 0) === 0 && running.started === 0;
      running.idleLooks = stuck ? running.idleLooks + 1 : 0;
      running.started = 0;
      if (running.idleLooks < 2) continue;
      log.error(
        { queue: running.spec.name, ...counts },
        'work waits and nobody takes it: restarting',
      );
      this.restarts.inc({ queue: running.spec.name });
      running.idleLooks = 0;
      void running.worker.close(true).catch(() => undefined);
      running.worker = this.start(running.spec);
    }
  }
}
