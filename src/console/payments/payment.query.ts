import { z } from 'zod';
import type { PaymentListFilter } from '../../payments/index.js';
import {
  cursorField,
  filterMonth,
  filterPeriod,
  filterText,
  many,
  optional,
} from '../kit/index.js';

const id = optional(z.uuid()).catch(undefined);
const state = z.enum([
  'ready',
  'sending',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'unknown',
  'cancelled',
]);

/** Which payments a list or a file is about, as an address says it. */
export const listQuery = z.object({
  q: filterText,
  state: many(state).catch([]),
  run: id,
  batch: id,
  month: filterMonth,
  monthTo: filterMonth,
  programme: filterText,
  period: filterPeriod,
  bank: filterText,
  payeeBank: filterText,
  commune: filterText,
  fund: filterText,
  reason: filterText,
  cursor: cursorField,
});
export type ListQuery = z.infer<typeof listQuery>;

export function filterOf(query: ListQuery): PaymentListFilter {
  return {
    states: query.state.length > 0 ? query.state : undefined,
    runId: query.run,
    batchId: query.batch,
    bankCode: query.bank,
    payeeBank: query.payeeBank,
    communeCode: query.commune,
    programme: query.programme,
    period: query.period,
    month: query.month,
    monthTo: query.monthTo,
    fund: query.fund,
    reasonCode: query.reason,
    search: query.q,
  };
}
