import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { MessageEvent } from '@nestjs/common';
import {
  catchError,
  concatMap,
  EMPTY,
  exhaustMap,
  finalize,
  from,
  interval,
  map,
  merge,
  Observable,
  share,
  Subject,
  takeUntil,
  timer,
} from 'rxjs';
import { AlertRead } from '../alerts/index.js';
import { BankStandings } from '../banks/index.js';
import { Clock, DomainError, newId } from '../kernel/index.js';
import { logger } from '../platform/logging/index.js';
import { changesBetween, type LiveEventType, type Picture } from './live.rules.js';
import { ViewHome } from './view-home.js';

const LOOK_EVERY_MS = 1_000;
const HEARTBEAT_MS = 15_000;
/** Then the viewer connects anew, and is asked again who it is. */
const LONGEST_MS = 15 * 60_000;
/** Viewers of one process. One look a second serves all of them. */
const VIEWERS_MOST = 200;
/** Events that a viewer who was away for a moment gets afterwards; who was away longer gets a snapshot. */
const KEPT_MOST = 1_000;
/** Living alerts in a picture. */
const ALERTS_MOST = 500;

interface Kept {
  readonly number: number;
  readonly type: LiveEventType;
  readonly data: object;
}

/** One look: what is there now, and what happened since the last. */
interface Tick {
  readonly picture: Picture;
  readonly happened: readonly Kept[];
}

/** What screens on walls are told: alerts, runs and banks, as they change. */
@Injectable()
export class LiveEvents implements OnModuleDestroy {
  private readonly ending = new Subject<void>();
  private readonly log = logger('live');
  /** Numbers of another process, or of an earlier life, mean nothing here. */
  private readonly life = newId();
  private last: Picture | null = null;
  private number = 0;
  private kept: Kept[] = [];
  private viewers = 0;
  private readonly ticks: Observable<Tick>;

  constructor(
    private readonly alerts: AlertRead,
    private readonly home: ViewHome,
    private readonly banks: BankStandings,
    private readonly clock: Clock,
  ) {
    this.ticks = timer(0, LOOK_EVERY_MS).pipe(
      exhaustMap(() =>
        from(this.look()).pipe(
          catchError((error: unknown) => {
            this.log.warn({ why: String(error) }, 'a look for the stream failed');
            return EMPTY;
          }),
        ),
      ),
      map((picture) => this.advance(picture)),
      takeUntil(this.ending),
      share(),
    );
  }

  /**
   * @param lastId the last event that a viewer got before; null the first time.
   * @throws DomainError reports.too-many-viewers
   */
  watch(lastId: string | null): Observable<MessageEvent> {
    if (this.viewers >= VIEWERS_MOST) throw tooManyViewers();
    this.viewers += 1;
    let isNew = true;
    const told = this.ticks.pipe(
      concatMap((tick) => {
        const first = isNew;
        isNew = false;
        return from(first ? this.beginning(tick, lastId) : tick.happened.map((e) => this.sent(e)));
      }),
    );
    const beats = interval(HEARTBEAT_MS).pipe(
      map(() => ({
        type: 'heartbeat',
        id: this.idOf(this.number),
        data: { at: this.clock.now().toISOString() },
      })),
    );
    return merge(told, beats).pipe(
      takeUntil(timer(LONGEST_MS)),
      takeUntil(this.ending),
      finalize(() => {
        this.viewers -= 1;
      }),
    );
  }

  private beginning({ picture }: Tick, lastId: string | null): MessageEvent[] {
    const [life, number] = lastId?.split('.') ?? [];
    const seen = Number(number);
    const oldest = this.kept[0]?.number ?? this.number + 1;
    const isKnown = life === this.life && seen <= this.number && seen >= oldest - 1;
    if (isKnown) return this.kept.filter((e) => e.number > seen).map((e) => this.sent(e));
    return [{ type: 'snapshot', id: this.idOf(this.number), data: picture }];
  }

  private async look(): Promise<Picture> {
    const found = await this.alerts.list({ living: true, before: null, limit: ALERTS_MOST });
    const runs = await this.home.runsUnderWay();
    const banks = await this.banks.all();
    return {
      alerts: found.map(({ id, rule, severity, state, bank, batchId, runId, count, amount }) => ({
        ...{ id, rule, severity, state, bank, batchId, runId, count, amount },
      })),
      runs: runs.map(({ runId, batchId, state, payments, total, states }) => ({
        ...{ runId, batchId, state, payments, total, states },
      })),
      banks: banks.map(({ bank, standing }) => ({ bank: bank.code, standing })),
    };
  }

  private advance(picture: Picture): Tick {
    const changes = this.last ? changesBetween(this.last, picture) : [];
    this.last = picture;
    const happened = changes.map((change): Kept => {
      this.number += 1;
      return { number: this.number, ...change };
    });
    this.kept = [...this.kept, ...happened].slice(-KEPT_MOST);
    return { picture, happened };
  }

  private sent({ number, type, data }: Kept): MessageEvent {
    return { type, id: this.idOf(number), data };
  }

  private idOf(number: number): string {
    return `${this.life}.${number}`;
  }

  onModuleDestroy(): void {
    this.ending.next();
    this.ending.complete();
  }
}

function tooManyViewers(): DomainError {
  return new DomainError('unavailable', 'reports.too-many-viewers', {
    vi: 'Có quá nhiều màn hình đang theo dõi. Hãy đóng bớt rồi thử lại.',
    en: 'Too many screens are watching. Close some of them, then try again.',
  });
}
