/** A text in both languages of the interface; Vietnamese first. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

/** What went wrong, as far as a caller must act on it. The HTTP border maps each to a status (RFC 9110). */
export type ErrorKind =
  | 'invalid' // 400: the request itself is malformed
  | 'unauthenticated' // 401
  | 'forbidden' // 403
  | 'not-found' // 404
  | 'conflict' // 409: not in the present state
  | 'precondition-failed' // 412: somebody changed it meanwhile
  | 'too-large' // 413
  | 'unsupported' // 415
  | 'unprocessable' // 422: well-formed, but a rule refuses it
  | 'precondition-required' // 428: it must be said which version was read
  | 'too-many' // 429
  | 'unavailable'; // 503

/**
 * An expected refusal that a person can act on. `code` is stable and documented; `message` says what
 * happened and what to do next in both languages. Holds ids and figures, never names, account numbers or secrets.
 */
export class DomainError extends Error {
  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly text: Bilingual,
    /** Machine-readable particulars, added to the RFC 9457 body as extension members. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${code}: ${text.en}`);
    this.name = new.target.name;
  }
}

/** A value that cannot exist in its type (an amount with letters, a move that no lifecycle has). */
export class InvalidValueError extends Error {
  constructor(
    readonly what: string,
    readonly rule: string,
  ) {
    super(`invalid ${what}: ${rule}`);
    this.name = 'InvalidValueError';
  }
}

/** A bug or a broken promise of the database: loud, with ids, never shown to a person as it is. */
export class InvariantError extends Error {
  constructor(
    message: string,
    readonly ids: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${message} ${JSON.stringify(ids)}`);
    this.name = 'InvariantError';
  }
}
