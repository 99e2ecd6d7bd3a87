import { Money, newId } from '../kernel/index.js';

/** How one bank wants its payments. */
export interface Packing {
  readonly bankCode: string;
  readonly mode: 'single' | 'bulk';
  readonly maxPerSubmission: number;
}

export interface Pack<T> {
  readonly submissionId: string;
  readonly packing: Packing;
  readonly items: readonly T[];
  readonly total: Money;
}

/**
 * Puts payments into submissions: one each for a bank that takes them singly, up to `maxPerSubmission` for a bank
 * that takes many; never two banks in one. Keeps the order given.
 */
export function pack<T extends { amount: string }>(
  items: readonly T[],
  packingOf: (item: T) => Packing,
): Pack<T>[] {
  const byBank = new Map<string, { packing: Packing; items: T[] }>();
  for (const item of items) {
    const packing = packingOf(item);
    const group = byBank.get(packing.bankCode) ?? { packing, items: [] };
    group.items.push(item);
    byBank.set(packing.bankCode, group);
  }
  return [...byBank.values()].flatMap(({ packing, items: ofBank }) =>
    slices(ofBank, packing.mode === 'single' ? 1 : packing.maxPerSubmission).map((slice) => ({
      submissionId: newId(),
      packing,
      items: slice,
      total: Money.sum(slice.map((item) => Money.of(item.amount))),
    })),
  );
}

/** The message reference a bank sees for a submission (ISO 20022 MsgId, at most 35 characters). */
export function messageReferenceOf(submissionId: string): string {
  return `CM${submissionId.replaceAll('-', '').toUpperCase()}`;
}

function slices<T>(items: readonly T[], size: number): T[][] {
  const made: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    made.push(items.slice(start, start + size));
  }
  return made;
}
