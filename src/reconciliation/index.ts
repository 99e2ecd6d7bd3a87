export { FetchStatement, type FetchedStatement } from './fetch-statement.js';
export { MatchEntries } from './match-entries.js';
export { BUCKETS, QUIET_BUCKETS, type Bucket } from './matching.rules.js';
export { reconciliationEnded, reconciliationRequested } from './reconciliation.events.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { ReconciliationRead } from './reconciliation.read.js';
export { RequestReconciliation } from './request-reconciliation.js';
export { RunReconciliation } from './run-reconciliation.js';
