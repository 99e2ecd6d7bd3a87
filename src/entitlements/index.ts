export { ApplyImport } from './apply-import.js';
export type { ApplyMode } from './apply.store.js';
export { CheckImport } from './check-import.js';
export { CorrectCell, type CorrectionOrder } from './correct-cell.js';
export {
  countCorrections,
  listCorrections,
  presentCells,
  type CorrectionView,
} from './correction.read.js';
export { EndEntitlement } from './end-entitlement.js';
export {
  findEntitlement,
  historyOf,
  type EntitlementView,
  type HistoryView,
} from './entitlement.read.js';
export {
  decisionsNamed,
  isCountable,
  searchEntitlements,
  totalsOfSearch,
  type EntitlementSearch,
  type StateTotal,
} from './entitlement-search.read.js';
export { entitlementsErrors } from './entitlements.errors.js';
export { EntitlementsModule } from './entitlements.module.js';
export { ENTITLEMENTS_BY_MONTH } from './entitlements.partitions.js';
export { entitlementLifecycle, type EntitlementState } from './entitlement.lifecycle.js';
export type { FailedItem, MovedBy } from './entitlement.store.js';
export { importApplied, importChecked, importReceived } from './entitlements.events.js';
export { importLifecycle, type ImportState } from './import.lifecycle.js';
export {
  findImport,
  listImports,
  sameContent,
  sendersOfImports,
  stepsOfImport,
  type ImportDetail,
  type ImportFilter,
  type ImportStep,
  type ImportSummary,
  type SameContent,
} from './import.read.js';
export {
  countByColumn,
  countByRule,
  listErrors,
  listRows,
  type ErrorFilter,
  type ErrorView,
  type RowView,
} from './import-row.read.js';
export { FIELDS, LIST_FIELDS, NOT_READ, isField, type Field } from './list.columns.js';
export { RULES } from './list.problems.js';
export { MapColumns, type MappingOrder } from './map-columns.js';
export { MarkList, type MarkedCopy } from './mark-list.js';
export { EntitlementMoves } from './move-entitlements.js';
export { ReceiveImport, type SentList } from './receive-import.js';
export { RefuseImport } from './refuse-import.js';
export { ShowHeadings, type ShownHeading, type ShownHeadings } from './show-headings.js';
