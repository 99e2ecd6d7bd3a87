export const IDEMPOTENT_ROUTE = 'chitra:idempotent';

export interface IdempotentOptions {
  /** Top-level body fields that are left out of the stored hash of the request: passwords. */
  readonly secretFields?: readonly string[];
  /** Top-level answer fields that are shown once and stored as null: new secrets. */
  readonly shownOnce?: readonly string[];
}
