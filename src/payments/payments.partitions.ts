import { RECORDS_KEPT_MONTHS } from '../kernel/index.js';
import type { PartitionedTable } from '../platform/partitions/index.js';

const kept = { keepMonths: RECORDS_KEPT_MONTHS, past: 'archive' } as const;

/** Payments, histories and answers by the month in which the payment was born, attempts by their own. */
export const PAYMENTS_BY_MONTH: readonly PartitionedTable[] = [
  { table: 'payment_history', ...kept },
  { table: 'enquiry_answer', ...kept },
  { table: 'attempt', ...kept },
  { table: 'payment', ...kept, needed: "r.state in ('ready', 'sending', 'accepted', 'unknown')" },
];
