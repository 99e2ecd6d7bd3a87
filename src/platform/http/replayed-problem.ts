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
