import type { Crew } from './crew.js';
import type { Decision } from './decisions.js';
import type { SeedResult } from './run-seed.js';

/** A prefix of this many decisions is not worth looking for parts to leave out. */
const SHORTEST = 2;

/**
 * Leaves out decisions, larger parts first, as long as the same invariant is violated (delta debugging). What is left
 * is done again exactly; a step that is not possible any more is skipped.
 */
export async function shrink(
  crew: Crew,
  failing: SeedResult,
  given: { deadline: number; jobs: number },
): Promise<SeedResult> {
  const { seed, violation } = failing;
  let best = failing;
  for (let size = Math.ceil(best.trace.length / 2); size >= 1;) {
    const shorter = await firstFailing(partsLeftOut(best.trace, size));
    if (Date.now() > given.deadline || best.trace.length < SHORTEST) return best;
    if (shorter) {
      best = shorter;
      size = Math.min(size, Math.ceil(best.trace.length / 2));
    } else if (size === 1) return best;
    else size = Math.ceil(size / 2);
  }
  return best;

  async function firstFailing(candidates: readonly Decision[][]): Promise<SeedResult | null> {
    let found: SeedResult | null = null;
    await crew.runAll(
      candidates,
      (record) => crew.run({ seed, record, whole: true }),
      (result) => {
        const same = result.violation?.invariant === violation?.invariant;
        if (same && result.trace.length < best.trace.length) found ??= result;
        return found === null && Date.now() < given.deadline;
      },
    );
    return found;
  }
}

/** The trace without each of its parts of `size`, the last part first: the end matters least. */
function partsLeftOut(trace: readonly Decision[], size: number): Decision[][] {
  const candidates: Decision[][] = [];
  for (let end = trace.length; end > 0; end -= size) {
    const start = Math.max(0, end - size);
    candidates.push([...trace.slice(0, start), ...trace.slice(end)]);
  }
  return candidates;
}
