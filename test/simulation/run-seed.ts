import type { DataSource } from 'typeorm';
import { bankDaysOf } from './bank-days.js';
import { comeToRest } from './calm.js';
import { approveABatch } from './prologue.js';
import { ByChance, ByRecord, traceHash, type Decider, type Decision } from './decisions.js';
import { Violation, type Invariant } from './invariants.js';
import { natureOf } from './nature.js';
import type { Observer } from './observe.js';
import { officersOf } from './officers.js';
import { Random } from './random.js';
import { World } from './world.js';
import { worksOf } from './works.js';

export interface SeedResult {
  readonly seed: number;
  readonly steps: number;
  readonly payments: number;
  readonly crashes: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly trace: readonly Decision[];
  /** Two runs of a seed have the same one. */
  readonly hash: string;
  readonly violation: { readonly invariant: Invariant; readonly detail: string } | null;
  readonly story: readonly string[];
}

/** Runs a seed on a database of its own; with a record, does that again instead of deciding anew. */
export async function runSeed(
  seed: number,
  on: { source: DataSource; observer: Observer },
  record?: readonly Decision[],
): Promise<SeedResult> {
  const random = Random.of(seed, 'decisions');
  const steps = random.between(40, 120);
  const decider: Decider = record ? new ByRecord(record) : new ByChance(random, steps);
  const world = new World(seed, on.source, on.observer, decider);
  let violation: SeedResult['violation'] = null;
  try {
    await world.begin();
    if (random.chance(0.8)) await approveABatch(world);
    await storm(world, decider);
    await comeToRest(world);
  } catch (error) {
    violation = asViolation(error);
  }
  return resultOf(world, decider, violation);
}

async function storm(world: World, decider: Decider): Promise<void> {
  for (;;) {
    const options = [
      ...worksOf(world),
      ...natureOf(world),
      ...officersOf(world),
      ...bankDaysOf(world),
    ];
    const next = decider.step(options);
    if (!next) return;
    world.tell(`> ${next.option.key} [${next.how}]`);
    await next.option.run(next.how);
    await world.check();
  }
}

function asViolation(error: unknown): NonNullable<SeedResult['violation']> {
  if (error instanceof Violation) return { invariant: error.invariant, detail: error.detail };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { invariant: 'unexpected error', detail };
}

function resultOf(world: World, decider: Decider, violation: SeedResult['violation']): SeedResult {
  const payments = (world.seen as World['seen'] | undefined)?.payments ?? [];
  const ends: Record<string, number> = {};
  for (const { state } of payments) ends[state] = (ends[state] ?? 0) + 1;
  return {
    seed: world.seed,
    steps: decider.trace.filter(({ kind }) => kind === 'step').length,
    payments: payments.length,
    crashes: world.crashes,
    faults: Object.fromEntries(world.faults),
    ends,
    trace: decider.trace,
    hash: traceHash([
      ...decider.trace,
      ...payments.map(({ id, state }) => ({ kind: 'aside' as const, key: id, how: state })),
    ]),
    violation,
    story: world.story,
  };
}
