import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';

/** `FUZZ_RUNS=20` tries twenty times as much: for a long night. */
const TIMES = positive(process.env.FUZZ_RUNS) ?? 1;

/** What the tests try when nobody asks for more: the same on every machine. */
const USUAL_SEED = 20_261_121;

/** `FUZZ_SEED` replays a run; a long night without it tries something new each time. */
export const FUZZ_SEED =
  positive(process.env.FUZZ_SEED) ?? (TIMES > 1 ? randomInt(1, 2 ** 31 - 1) : USUAL_SEED);

/** How often a property is tried: as often as it says, times FUZZ_RUNS. */
export const runs = (usual: number): number => Math.max(1, Math.round(usual * TIMES));

/** Some of a list, others with every seed, and all of it in a long night. */
export function some<T>(all: readonly T[], usual: number, name: string): readonly T[] {
  const count = Math.min(all.length, runs(usual));
  const from = (FUZZ_SEED ^ crc32(name)) >>> 0;
  return Array.from({ length: count }, (_, at) => all[(from + at) % all.length]).filter(
    (one): one is T => one !== undefined,
  );
}

/** How long a test may take that does so. */
export const lasting = (usualMs: number): number => usualMs * Math.max(1, TIMES);

/** For `fc.assert`: the seed is in the message by itself, and `FUZZ_SEED` brings it back. */
export const tried = (
  usual: number,
): { numRuns: number; seed: number; includeErrorInReport: boolean } => ({
  numRuns: runs(usual),
  seed: FUZZ_SEED,
  includeErrorInReport: true,
});

/** Values drawn one after the other, each tried whatever became of the others; what each had to complain about. */
export async function complaintsOf<T>(
  name: string,
  values: fc.Arbitrary<T>,
  usual: number,
  attempt: (value: T) => Promise<string | null>,
): Promise<string[]> {
  const complaints: string[] = [];
  const property = fc.asyncProperty(values, async (value) => {
    const complaint = await attempt(value);
    if (complaint) complaints.push(`FUZZ_SEED=${FUZZ_SEED}: ${complaint}`);
  });
  // Each has luck of its own; with one seed for all, all would be asked the same.
  await fc.assert(property, { ...tried(usual), seed: FUZZ_SEED ^ crc32(name) });
  return complaints;
}

function positive(text: string | undefined): number | null {
  const value = Number(text ?? '');
  return Number.isFinite(value) && value > 0 ? value : null;
}
