import type { Problem } from './problem.js';

/** A refusal that was answered before and is answered the same again. */
export class ReplayedProblem extends Error {
  constructor(
    readonly status: number,
    readonly problem: unknown,
  ) {
    super('the stored refusal of an idempotency key');
    this.name = 'ReplayedProblem';
  }
}

/** The problem of a stored refusal, or null for any other error. */
export function replayedProblem(error: unknown): Problem | null {
  return error instanceof ReplayedProblem ? (error.problem as Problem) : null;
}
