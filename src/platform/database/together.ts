import { AsyncResource } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';

interface Waiting<I, O> {
  readonly item: I;
  readonly done: (result: O) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * What many callers want done at the same moment is done together: while a piece of work is under way, what arrives
 * waits, and the next piece takes all of it. A caller who comes alone waits for nobody; a thousand a second cost some
 * dozens of transactions. When a piece fails, each of its items is done alone, so that one faulty item fails nobody else's.
 */
export class Together<I, O> {
  private readonly waiting: Waiting<I, O>[] = [];
  /** The work belongs to no caller, so it must not run in what one of them set around itself (a request, say). */
  private readonly outside = new AsyncResource('Together');
  private running = 0;

  /**
   * @param work gives one result per item, in their order; all or nothing, so that it can be done again.
   * @param limits `most`: items of one piece; `atOnce`: pieces under way at the same time; `gatherMs`: what the first of
   * a piece waits for others, where the work is so quick that hardly anybody comes meanwhile.
   */
  constructor(
    private readonly work: (items: readonly I[]) => Promise<readonly O[]>,
    private readonly limits: {
      readonly most: number;
      readonly atOnce: number;
      readonly gatherMs?: number;
    },
  ) {}

  /** Resolves when the piece of work that took the item has ended well. */
  do(item: I): Promise<O> {
    return new Promise<O>((done, failed) => {
      this.waiting.push({ item, done, failed });
      this.outside.runInAsyncScope(() => this.begin());
    });
  }

  private begin(): void {
    while (this.running < this.limits.atOnce && this.waiting.length > 0) {
      this.running += 1;
      void this.next().finally(() => {
        this.running -= 1;
        this.begin();
      });
    }
  }

  private async next(): Promise<void> {
    const { most, gatherMs = 0 } = this.limits;
    if (gatherMs > 0 && this.waiting.length < most) await pause(gatherMs);
    const piece = this.waiting.splice(0, most);
    if (piece.length > 0) await this.take(piece);
  }

  private async take(piece: readonly Waiting<I, O>[]): Promise<void> {
    try {
      const results = await this.work(piece.map(({ item }) => item));
      if (results.length !== piece.length) throw new Error('not one result for each item');
      for (const [at, { done }] of piece.entries()) done(results[at] as O);
    } catch (error) {
      const [only] = piece;
      if (piece.length === 1) only?.failed(error);
      else for (const each of piece) await this.take([each]);
    }
  }
}
