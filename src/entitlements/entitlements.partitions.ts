import { RECORDS_KEPT_MONTHS } from '../kernel/index.js';
import type { PartitionedTable } from '../platform/partitions/index.js';

/** By the month in which the entitlement was taken in. */
export const ENTITLEMENTS_BY_MONTH: readonly PartitionedTable[] = [
  { table: 'entitlement_history', keepMonths: RECORDS_KEPT_MONTHS, past: 'archive' },
];
