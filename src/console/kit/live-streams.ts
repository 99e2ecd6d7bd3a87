import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  catchError,
  concatMap,
  distinctUntilChanged,
  EMPTY,
  map,
  Subject,
  takeUntil,
  takeWhile,
  timer,
  type Observable,
} from 'rxjs';
import type { VNode } from 'preact';
import { logger } from '../../platform/logging/index.js';
import { fragment, type Fragment } from './screen.js';

const EVERY_MS = 1_000;
/** Then the browser connects anew, and is asked again who it is. */
const LONGEST_MS = 15 * 60_000;

export interface Watched<T> {
  /** Reads it; once a second for each viewer, so it must be cheap. */
  readonly look: () => Promise<T>;
  readonly body: (seen: T) => VNode;
  /** Nothing will change any more: the last picture is sent and the stream closed. */
  readonly isOver: (seen: T) => boolean;
  readonly everyMs?: number;
}

/** What the console's `@Sse()` routes answer; all of it ends when the service does. */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly ending = new Subject<void>();
  private readonly log = logger('console');

  /** Sends the part anew whenever what is seen has changed. */
  watch<T>(watched: Watched<T>): Observable<Fragment> {
    return timer(0, watched.everyMs ?? EVERY_MS).pipe(
      concatMap(() => watched.look()),
      map((seen) => ({ seen, print: JSON.stringify(seen), isOver: watched.isOver(seen) })),
      takeWhile(({ isOver }) => !isOver, true),
      distinctUntilChanged((a, b) => a.print === b.print),
      concatMap(({ seen, isOver }) =>
        isOver
          ? [fragment(watched.body(seen)), fragment(watched.body(seen), 'over')]
          : [fragment(watched.body(seen))],
      ),
      takeUntil(timer(LONGEST_MS)),
      takeUntil(this.ending),
      catchError((error: unknown) => {
        this.log.warn({ why: String(error) }, 'a live page ended early');
        return EMPTY;
      }),
    );
  }

  onModuleDestroy(): void {
    this.ending.next();
    this.ending.complete();
  }
}
