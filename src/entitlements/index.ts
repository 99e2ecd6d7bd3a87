export { EntitlementMoves } from './move-entitlements.js';
export { entitlementLifecycle, type EntitlementState } from './entitlement.lifecycle.js';
export { importLifecycle, type ImportState } from './import.lifecycle.js';
export type { FailedItem, MovedBy } from './entitlement.store.js';
