import { RECORDS_KEPT_MONTHS } from '../kernel/index.js';
import type { PartitionedTable } from '../platform/partitions/index.js';

/** By the month in which the notice came. */
export const SETTLEMENTS_BY_MONTH: readonly PartitionedTable[] = [
  { table: 'notice_item', keepMonths: RECORDS_KEPT_MONTHS, past: 'archive' },
];
