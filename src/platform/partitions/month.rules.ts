import type { Part, PartitionedTable } from './partitioned-table.js';

/** Parts are made so many months before they are needed. */
export const MONTHS_AHEAD = 3;

/** `2026-11`, and a number of months. */
export function addMonths(month: string, count: number): string {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  return `${year}-${String((months % 12) + 1).padStart(2, '0')}`;
}

const covers = (parts: readonly Part[], month: string): boolean =>
  parts.some(({ from, upTo }) => upTo !== null && month < upTo && (from === null || from <= month));

/** The months from this one to three ahead that have no part yet. */
export function monthsMissing(parts: readonly Part[], now: string): string[] {
  const wanted = Array.from({ length: MONTHS_AHEAD + 1 }, (_, count) => addMonths(now, count));
  return wanted.filter((month) => !covers(parts, month));
}

/** How many months after this one have their parts, one after the other; -1 when not even this one has. */
export function monthsAhead(parts: readonly Part[], now: string): number {
  let ahead = -1;
  while (ahead < MONTHS_AHEAD && covers(parts, addMonths(now, ahead + 1))) ahead += 1;
  return ahead;
}

/** The month from which on a part may leave; null of one that has no end. */
export function mayLeaveFrom(part: Part, { keepMonths }: PartitionedTable): string | null {
  return part.upTo === null ? null : addMonths(part.upTo, keepMonths);
}
