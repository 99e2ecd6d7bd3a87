import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Worker, type Job } from 'bullmq';
import type { Counter, Gauge } from 'prom-client';
import { AppConfig } from '../config/index.js';
import { logger } from '../logging/index.js';
import { Metrics } from '../metrics/index.js';
import type { QueueBackend } from './queue-backend.js';
import { Doorbell } from './doorbell.js';
import { HandlerRegistry } from './handler-registry.js';
import { workerOptions, type QueueSpec } from './queue-spec.js';

export const QUEUE_BACKEND = Symbol('QUEUE_BACKEND');
export const QUEUE_SPECS = Symbol('QUEUE_SPECS');
export const QUEUE_WATCH_EVERY_MS = Symbol('QUEUE_WATCH_EVERY_MS');

const log = logger('queue');
/** Looks in a row that must find work waiting and nothing moving before a worker counts as stuck. */
const LOOKS_UNTIL_STUCK = 2;

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
  private stopped = false;
  private mending: Promise<void> | null = null;
  private readonly jobs: Counter<'queue' | 'job' | 'result'>;
  private readonly restarts: Counter<'queue'>;
  private readonly stuck: Gauge<'queue'>;

  constructor(
    private readonly config: AppConfig,
    private readonly handlers: HandlerRegistry,
    private readonly doorbell: Doorbell,
    @Inject(QUEUE_BACKEND) private readonly backend: QueueBackend,
    @Inject(QUEUE_SPECS) private readonly specs: readonly QueueSpec[],
    @Inject(QUEUE_WATCH_EVERY_MS) private readonly watchEveryMs: number,
    metrics: Metrics,
  ) {
    this.jobs = metrics.counter({
      name: 'chitra_queue_jobs_total',
      help: 'Jobs ended, by queue, job and result (completed, failed, stalled)',
      labelNames: ['queue', 'job', 'result'],
    });
    this.stuck = metrics.gauge({
      name: 'chitra_queue_stuck',
      help: '1 while work waits in the queue and this worker took none of it, also after a restart',
      labelNames: ['queue'],
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
      this.stuck.set({ queue: spec.name }, 0);
    }
    this.watchdog = setInterval(() => void this.watch(), this.watchEveryMs);
    this.watchdog.unref();
  }

  /** Takes no new job and waits for those under way, up to SHUTDOWN_TIMEOUT_MS. */
  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
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
      prefix: this.backend.prefixOf(spec.name),
      drainDelay: 5,
    });
    const label = { queue: spec.name };
    worker.on('completed', (job) =>
      this.jobs.inc({ ...label, job: this.jobLabel(job), result: 'completed' }),
    );
    worker.on('failed', (job, error) => {
      this.jobs.inc({ ...label, job: this.jobLabel(job), result: 'failed' });
      log.error({ ...label, job: job?.name, id: job?.id, why: error.message }, 'a job failed');
    });
    worker.on('stalled', (id) => {
      this.jobs.inc({ ...label, job: 'unknown', result: 'stalled' });
      log.warn({ ...label, id }, 'a job stalled: its worker died or was away');
    });
    worker.on('error', (error) => {
      log.warn({ ...label, why: error.message }, 'queue worker');
      const mended = this.mend(error);
      if (this.backend.isLasting(error)) void this.replace(worker, spec, mended);
    });
    return worker;
  }

  // Every worker tells of the same loss, again and again: one mending at a time.
  private mend(error: unknown): Promise<void> {
    this.mending ??= this.backend
      .mend(error)
      .catch((why: unknown) => log.warn({ why: String(why) }, 'mending the queues'))
      .finally(() => {
        this.mending = null;
      });
    return this.mending;
  }

  private async replace(worker: Worker, spec: QueueSpec, mended: Promise<void>): Promise<void> {
    // At once: until then it tries again without a pause, and leaves nothing else any time.
    const closed = worker.close(true).catch(() => undefined);
    await mended;
    const running = this.running.get(spec.name);
    if (!this.stopped && running?.worker === worker) running.worker = this.start(spec);
    await closed;
  }

  private async run(queue: string, job: Job): Promise<void> {
    const running = this.running.get(queue);
    if (running) running.started += 1;
    const handler = this.handlers.jobs.get(job.name);
    if (!handler) throw new Error(`no handler for ${job.name}`);
    await handler.runner.handle(handler.options.schema.parse(job.data));
  }

  // A label is one of a bounded set, whatever somebody put on the queue.
  private jobLabel(job: Job | undefined): string {
    return job && this.handlers.jobs.has(job.name) ? job.name : 'unknown';
  }

  // Workers have silently stopped consuming after a reconnect in several BullMQ versions.
  private async watch(): Promise<void> {
    for (const running of this.running.values()) {
      const { spec } = running;
      const counts = await this.doorbell.counts(spec.name).catch(() => null);
      if (!counts || this.stopped) continue;
      const moves = running.started > 0 || (counts.wait ?? 0) === 0;
      const idle = !moves && (counts.active ?? 0) === 0;
      running.idleLooks = idle ? running.idleLooks + 1 : 0;
      running.started = 0;
      if (moves) this.stuck.set({ queue: spec.name }, 0);
      if (running.idleLooks < this.looksUntilStuck(spec)) continue;
      running.idleLooks = 0;
      this.restart(running, counts);
    }
  }

  // A queue that may start little in a long time is idle for so long by order.
  private looksUntilStuck({ rateLimit }: QueueSpec): number {
    return LOOKS_UNTIL_STUCK + Math.ceil((rateLimit?.perMs ?? 0) / this.watchEveryMs);
  }

  private restart(running: Running, counts: Record<string, number>): void {
    const queue = running.spec.name;
    log.error({ queue, ...counts }, 'work waits and nobody takes it: restarting');
    this.stuck.set({ queue }, 1);
    this.restarts.inc({ queue });
    void running.worker.close(true).catch(() => undefined);
    running.worker = this.start(running.spec);
  }
}
