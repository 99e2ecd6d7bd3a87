import { lifecycle } from '../kernel/index.js';

export const RECONCILIATION_STATES = ['requested', 'finished', 'closed', 'failed'] as const;
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number];

/**
 * Asked for, then done over a whole statement, or given up because the bank gave none. Closed by a person, when all
 * of its days is matched or explained.
 */
export const reconciliationLifecycle = lifecycle<ReconciliationState>({
  name: 'reconciliation',
  initial: 'requested',
  moves: { requested: ['finished', 'failed'], finished: ['closed'], closed: [], failed: [] },
});
