import { officeDate } from '../kernel/index.js';

/**
 * Of which month's budget a batch is paid (`yyyy-mm`): the month that the list is for; where it is for a year or a
 * round, the month in which it is to be paid. Circular 44/2022/TT-BTC art. 8: money is withdrawn for the list of a
 * month, whenever that list is signed.
 * @param signedAt when the last signature was given, for a batch without a pay date.
 */
export function budgetMonthOf(
  batch: { readonly period: string; readonly payOn: string | null },
  signedAt: Date,
): string {
  if (/^\d{4}-\d{2}$/.test(batch.period)) return batch.period;
  return (batch.payOn ?? officeDate(signedAt)).slice(0, 7);
}
