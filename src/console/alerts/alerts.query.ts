import { z } from 'zod';
import { ALERT_RULES, SEVERITIES, type AlertFilter } from '../../alerts/index.js';
import type { Actor } from '../../identity/index.js';
import { cursorField, filterChoice, filterText } from '../kit/index.js';

export const ALERT_SIDES = ['open', 'acknowledged', 'resolved', 'all'] as const;
export type AlertSide = (typeof ALERT_SIDES)[number];

/** Which alerts a list or a file is about, as an address says it; without a state, all that live. */
export const alertsQuery = z.object({
  state: filterChoice(ALERT_SIDES),
  severity: filterChoice(SEVERITIES),
  rule: filterChoice(ALERT_RULES),
  bank: filterText,
  mine: filterChoice(['yes']),
  cursor: cursorField,
});
export type AlertsQuery = z.infer<typeof alertsQuery>;

export function filterOf(query: AlertsQuery, actor: Actor): AlertFilter {
  const { state, severity, rule, bank, mine } = query;
  return {
    ...{ severity, rule, bank },
    state: state === 'all' ? undefined : state,
    living: state === undefined,
    ownerId: mine ? actor.id : undefined,
  };
}
