import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { ExceptionRead } from './exception.read.js';
import {
  faultOfExplanation,
  MOST_AT_ONCE,
  wantsEvidence,
  type ExceptionKind,
} from './exception.rules.js';
import { explainExceptions } from './exception.store.js';
import {
  exceptionNotOpen,
  explanationRefused,
  peopleOnly,
  tooManyExceptions,
  unknownException,
} from './reconciliation.errors.js';

/** Which exceptions: some by their ids, or all of a kind in a run. */
export type Which =
  | { readonly ids: readonly string[] }
  | { readonly reconciliationId: string; readonly kind: ExceptionKind };

/** A person says what became of exceptions, and answers for it. All of them or none. */
@Injectable()
export class ExplainExceptions {
  constructor(
    private readonly database: Database,
    private readonly exceptions: ExceptionRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param order `evidence`: the number of a paper of the bank's or ours; needed where money moved that should not.
   * @returns how many were explained; of a kind in a run, the oldest ones that may be at once.
   * @throws DomainError reconciliation.unknown-exception, reconciliation.exception-not-open,
   *   reconciliation.too-many-exceptions, reconciliation.explanation-*
   */
  async explain(
    actor: Actor,
    order: { which: Which; text: string; evidence: string | null },
  ): Promise<number> {
    assertMay(actor, 'reconciliation.operate');
    if (actor.kind !== 'user') throw peopleOnly();
    const { text, evidence } = order;
    return this.database.transaction(async (tx) => {
      const ids = await this.idsOf(tx, order.which);
      const found = await this.exceptions.lock(tx, ids);
      const known = new Set(found.map(({ id }) => id));
      const missing = ids.find((id) => !known.has(id));
      if (missing !== undefined) throw unknownException(missing);
      const over = found.filter(({ state }) => state !== 'open').map(({ id }) => id);
      if (over.length > 0) throw exceptionNotOpen(over);
      for (const exception of found) {
        const fault = faultOfExplanation({
          text,
          evidence,
          wantsEvidence: wantsEvidence(exception),
        });
        if (fault) throw explanationRefused(fault, exception);
      }
      const at = this.clock.now();
      const explained = await explainExceptions(tx, { ids, by: actor, text, evidence, at });
      await this.record(tx, actor, { which: order.which, explained });
      return explained.length;
    });
  }

  private async idsOf(tx: Tx, which: Which): Promise<string[]> {
    const ids =
      'ids' in which
        ? [...new Set(which.ids)]
        : await this.exceptions.openIds(tx, { ...which, limit: MOST_AT_ONCE });
    if (ids.length > MOST_AT_ONCE) throw tooManyExceptions(MOST_AT_ONCE);
    return ids;
  }

  private async record(
    tx: Tx,
    actor: Actor,
    done: { which: Which; explained: readonly string[] },
  ): Promise<void> {
    const [first] = done.explained;
    if (first === undefined) return;
    const subject =
      'ids' in done.which
        ? { type: 'reconciliation-exception', id: first }
        : { type: 'reconciliation', id: done.which.reconciliationId };
    await this.audit.record(tx, {
      actor,
      action: 'reconciliation-exception.explained',
      subject,
      detail: { exceptions: done.explained },
    });
  }
}
