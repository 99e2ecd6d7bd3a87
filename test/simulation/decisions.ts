import { createHash } from 'node:crypto';
import type { Random } from './random.js';

/** One thing that may happen next. The key is stable: the same world in the same standing offers the same keys. */
export interface Option {
  readonly key: string;
  readonly weight: number;
  /** Draws how it happens: a text that says all of it, so that a replay needs no chance. */
  readonly draw?: (random: Random) => string;
  readonly run: (how: string) => Promise<void> | void;
}

/** What was decided: a step of the schedule, or (`aside`) how something within a step went. */
export interface Decision {
  readonly kind: 'step' | 'aside';
  readonly key: string;
  readonly how: string;
}

/** Who decides what happens next: chance, or the record of an earlier run. */
export interface Decider {
  readonly trace: readonly Decision[];
  /** Null: nothing more happens. */
  step(options: readonly Option[]): { option: Option; how: string } | null;
  /** Decides something within a step; `usual` is what an honest, quick and quiet world does. */
  aside(key: string, draw: (random: Random) => string, usual: string): string;
}

export class ByChance implements Decider {
  readonly trace: Decision[] = [];
  private left: number;

  constructor(
    private readonly random: Random,
    steps: number,
  ) {
    this.left = steps;
  }

  step(options: readonly Option[]): { option: Option; how: string } | null {
    if (this.left <= 0 || options.length === 0) return null;
    this.left -= 1;
    let at = this.random.next() * options.reduce((sum, { weight }) => sum + weight, 0);
    const option = options.find(({ weight }) => (at -= weight) < 0) ?? options[0];
    if (!option) return null;
    const how = option.draw?.(this.random) ?? '';
    this.trace.push({ kind: 'step', key: option.key, how });
    return { option, how };
  }

  aside(key: string, draw: (random: Random) => string, usual: string): string {
    const how = draw(this.random);
    if (how !== usual) this.trace.push({ kind: 'aside', key, how });
    return how;
  }
}

/** Does again what a trace says; steps that are not possible now are left out. */
export class ByRecord implements Decider {
  readonly trace: Decision[] = [];
  private readonly asides: ReadonlyMap<string, string>;
  private at = 0;

  constructor(private readonly record: readonly Decision[]) {
    this.asides = new Map(
      record.filter(({ kind }) => kind === 'aside').map(({ key, how }) => [key, how]),
    );
  }

  step(options: readonly Option[]): { option: Option; how: string } | null {
    while (this.at < this.record.length) {
      const next = this.record[this.at];
      this.at += 1;
      if (next?.kind !== 'step') continue;
      const option = options.find(({ key }) => key === next.key);
      if (!option) continue;
      this.trace.push(next);
      return { option, how: next.how };
    }
    return null;
  }

  aside(key: string, _draw: (random: Random) => string, usual: string): string {
    const how = this.asides.get(key) ?? usual;
    if (how !== usual) this.trace.push({ kind: 'aside', key, how });
    return how;
  }
}

/** Two runs that decided the same have the same one. */
export function traceHash(trace: readonly Decision[]): string {
  const text = trace.map(({ kind, key, how }) => `${kind} ${key} ${how}`).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
