import { z } from 'zod';
import type { Actor } from '../../identity/index.js';
import {
  EXCEPTION_KINDS,
  EXCEPTION_STATES,
  type ExceptionFilter,
} from '../../reconciliation/index.js';
import { cursorField, filterChoice, filterDay, filterText, optional } from '../kit/index.js';

const DAY_MS = 86_400_000;
/** Nobody waits for an exception longer than this. */
const OLDEST_DAYS = 36_500;

/** Which exceptions a list or a file is about, as an address says it. */
export const exceptionsQuery = z.object({
  bank: filterText,
  kind: filterChoice(EXCEPTION_KINDS),
  state: filterChoice(EXCEPTION_STATES),
  owner: filterChoice(['me', 'none']),
  days: optional(z.coerce.number().int().min(0).max(OLDEST_DAYS)).catch(undefined),
  run: optional(z.uuid()),
  from: filterDay,
  to: filterDay,
  cursor: cursorField,
});
export type ExceptionsQuery = z.infer<typeof exceptionsQuery>;

export function filterOf(
  query: ExceptionsQuery,
  asked: { actor: Actor; now: Date },
): ExceptionFilter {
  const { bank, kind, state, owner, days, run, from, to } = query;
  return {
    ...{ bank, kind, state, from, to },
    owner: owner === 'me' ? asked.actor.id : owner,
    reconciliation: run,
    openedBefore: days === undefined ? undefined : new Date(asked.now.getTime() - days * DAY_MS),
  };
}
