import { randomInt } from 'node:crypto';
import fc from 'fast-check';

/** `FUZZ_RUNS=20` tries twenty times as much: for a long night. */
const TIMES = positive(process.env.FUZZ_RUNS) ?? 1;

/** `FUZZ_SEED` replays a run; without it every run tries something new. */
export const FUZZ_SEED = positive(process.env.FUZZ_SEED) ?? randomInt(1, 2 ** 31 - 1);

/** How often a property is tried: as often as it says, times FUZZ_RUNS. */
export const runs = (usual: number): number => Math.max(1, Math.round(usual * TIMES));

/** How long a test may take that does so. */
export const lasting = (usualMs: number): number => usualMs * Math.max(1, TIMES);

/** For `fc.assert`: the seed is in the message by itself, and `FUZZ_SEED` brings it back. */
export const tried = (usual: number): { numRuns: number; seed: number; endOnFailure: boolean } => ({
  numRuns: runs(usual),
  seed: FUZZ_SEED,
  endOnFailure: false,
});

/** A property that does not throw but tells: null when it held, else how it broke, shrunk, and how to see it again. */
export async function complaintOf<T>(
  name: string,
  property: fc.IAsyncProperty<T>,
  usual: number,
): Promise<string | null> {
  const details = await fc.check(property, { ...tried(usual), endOnFailure: true });
  if (!details.failed) return null;
  const why = details.errorInstance instanceof Error ? details.errorInstance.message : 'it failed';
  return `${name}: ${why}\n  again with FUZZ_SEED=${FUZZ_SEED} (path ${details.counterexamplePath})`;
}

function positive(text: string | undefined): number | null {
  const value = Number(text ?? '');
  return Number.isFinite(value) && value > 0 ? value : null;
}
