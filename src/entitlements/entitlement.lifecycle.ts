import { lifecycle } from '../kernel/index.js';

export type EntitlementState = 'open' | 'in_batch' | 'paid' | 'ended';

/**
 * What is owed waits (`open`), lies in one batch, and is paid; it comes back when its batch is cancelled, its
 * payment finally fails, or the money is returned. It ends by a stop decision, and only while nothing is on
 * its way. The database's trigger holds the same table.
 */
export const entitlementLifecycle = lifecycle<EntitlementState>({
  name: 'entitlement',
  initial: 'open',
  moves: { open: ['in_batch', 'ended'], in_batch: ['open', 'paid'], paid: ['open'], ended: [] },
});
