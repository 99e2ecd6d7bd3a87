import { lifecycle } from '../kernel/index.js';

export const RECONCILIATION_STATES = ['requested', 'finished', 'failed'] as const;
export type ReconciliationState = (typeof RECONCILIATION_STATES)[number];

/** Asked for, then done over a whole statement, or given up because the bank gave none. */
export const reconciliationLifecycle = lifecycle<ReconciliationState>({
  name: 'reconciliation',
  initial: 'requested',
  moves: { requested: ['finished', 'failed'], finished: [], failed: [] },
});
