import {
  Controller,
  Get,
  Header,
  Headers,
  Inject,
  ServiceUnavailableException,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
} from '@nestjs/terminus';
import { timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../kernel/index.js';
import { AppConfig } from '../config/index.js';
import { Database, one } from '../database/index.js';
import { Public } from '../http/index.js';
import { Metrics } from '../metrics/index.js';
import { QUEUE_BACKEND, type QueueBackend } from '../queue/index.js';
import { Ending } from './ending.js';

/** A part that does not answer so long counts as away; who asks has little patience. */
const PROBE_WITHIN_MS = 3000;

/** For the machines that keep the service: alive, ready, and its figures. In every role. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly database: Database,
    private readonly metrics: Metrics,
    private readonly config: AppConfig,
    private readonly ending: Ending,
    @Inject(QUEUE_BACKEND) private readonly queue: QueueBackend,
  ) {}

  /** The process answers. Says nothing about others: a restart would not mend them. */
  @Get('livez')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether work can be done: the database answers with an up-to-date schema, so does the queue, and no end has begun. */
  @Get('readyz')
  @HealthCheck()
  async ready(): Promise<HealthCheckResult> {
    if (this.ending.isUnderWay) throw ends();
    try {
      return await this.askAll();
    } catch (error) {
      if (error instanceof ServiceUnavailableException) throw notReady(error.getResponse());
      throw error;
    }
  }

  private askAll(): Promise<HealthCheckResult> {
    return this.health.check([
      () =>
        this.probe('database', () =>
          one(this.database.reader, 'select 1 from outbox_event limit 1'),
        ),
      () =>
        this.probe('migrations', async () => {
          if (await this.database.source.showMigrations())
            throw new Error('migrations are pending');
        }),
      () => this.probe('queue', () => this.queue.ping()),
    ]);
  }

  /** Prometheus text format. */
  @Get('metrics')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async scrape(@Headers('authorization') authorization?: string): Promise<string> {
    this.checkToken(authorization);
    return this.metrics.registry.metrics();
  }

  private async probe(name: string, ask: () => Promise<unknown>) {
    const indicator = this.indicators.check(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error('no answer')), PROBE_WITHIN_MS);
    });
    try {
      await Promise.race([ask(), late]);
      return indicator.up();
    } catch (error) {
      // The class and no more: a message may hold an address.
      return indicator.down({ why: error instanceof Error ? error.name : 'unknown' });
    } finally {
      clearTimeout(timer);
    }
  }

  private checkToken(authorization: string | undefined): void {
    const wanted = this.config.settings.METRICS_TOKEN;
    if (!wanted) return;
    const given = Buffer.from(authorization ?? '');
    const right = Buffer.from(`Bearer ${wanted}`);
    if (given.length === right.length && timingSafeEqual(given, right)) return;
    throw new DomainError('unauthenticated', 'metrics.token', {
      vi: 'Cần mã truy cập để đọc số liệu giám sát.',
      en: 'Reading the metrics needs its token.',
    });
  }
}

const ends = (): DomainError =>
  new DomainError('unavailable', 'health.ending', {
    vi: 'Tiến trình này đang kết thúc và không nhận thêm việc.',
    en: 'This process is ending and takes no new work.',
  });

/** Which part is away, by name; why, by class. */
function notReady(result: string | object): DomainError {
  const { details } = result as Partial<HealthCheckResult>;
  return new DomainError(
    'unavailable',
    'health.not-ready',
    {
      vi: 'Hệ thống chưa sẵn sàng: một phần không trả lời. Xem "details" để biết phần nào.',
      en: 'Not ready: a part does not answer. See "details" for which.',
    },
    { details },
  );
}
