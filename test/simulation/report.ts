import { INVARIANTS } from './invariants.js';
import type { SeedResult } from './run-seed.js';

/** What many seeds have come to. */
export class Tally {
  readonly faults = new Map<string, number>();
  readonly ends = new Map<string, number>();
  readonly violations: { seed: number; invariant: string; detail: string }[] = [];
  seeds = 0;
  steps = 0;
  payments = 0;
  crashes = 0;

  add(result: SeedResult): void {
    this.seeds += 1;
    this.steps += result.steps;
    this.payments += result.payments;
    this.crashes += result.crashes;
    addAll(this.faults, result.faults);
    addAll(this.ends, result.ends);
    if (result.violation) this.violations.push({ seed: result.seed, ...result.violation });
  }

  /** The last line of the output. */
  asJson(given: { firstSeed: number; startedAt: number }): string {
    const harm = {
      paidTwice: 0,
      lost: 0,
      unbalanced: 0,
      illegalMoves: 0,
      alertsMissing: 0,
      errors: 0,
    };
    for (const { invariant } of this.violations) {
      harm[INVARIANTS[invariant as keyof typeof INVARIANTS]] += 1;
    }
    return JSON.stringify({
      seeds: this.seeds,
      payments: this.payments,
      faults: [...this.faults.values()].reduce((sum, count) => sum + count, 0),
      crashes: this.crashes,
      ...harm,
      firstSeed: given.firstSeed,
      steps: this.steps,
      seconds: Math.round((Date.now() - given.startedAt) / 100) / 10,
      ends: Object.fromEntries(this.ends),
      faultsByKind: Object.fromEntries(sorted(this.faults)),
      violations: this.violations.map(({ seed, invariant }) => ({ seed, invariant })),
    });
  }

  /** A table for people. */
  asTable(): string {
    const width = Math.max(20, ...[...this.faults.keys()].map((kind) => kind.length));
    const row = (name: string, count: number): string =>
      `  ${name.padEnd(width)} ${String(count).padStart(9)}`;
    return [
      '',
      'Faults injected',
      ...sorted(this.faults).map(([kind, count]) => row(kind, count)),
      '',
      'Payments by their end',
      ...sorted(this.ends).map(([state, count]) => row(state, count)),
      '',
      row('seeds', this.seeds),
      row('steps', this.steps),
      row('violations', this.violations.length),
      '',
    ].join('\n');
  }
}

/** How it came to the violation, in the order in which it happened. */
export function storyOf(result: SeedResult): string {
  const lines = result.story.filter((line) => !line.startsWith('> '));
  const { violation } = result;
  const end = violation
    ? `=> ${violation.invariant}: ${violation.detail}`
    : '=> nothing went wrong';
  return [...lines.map((line) => `  ${line}`), end].join('\n');
}

function addAll(into: Map<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) {
    into.set(name, (into.get(name) ?? 0) + count);
  }
}

function sorted(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([, one], [, other]) => other - one);
}
