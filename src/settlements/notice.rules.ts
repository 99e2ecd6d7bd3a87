import type { BankNotice, NoticeItem } from '../banks/index.js';

/** Larger messages are refused before they are read; the wire format asks banks to stay under 900 KiB. */
export const NOTICE_MAX_BYTES = 1024 * 1024;

export const FACTS = ['accepted', 'settled', 'rejected', 'returned'] as const;
export type FactKind = (typeof FACTS)[number];

/** What became of one item of a notice when it was applied. */
export const ITEM_RESULTS = [
  'moved',
  'repeated',
  'late',
  'conflict',
  'unknown-reference',
  'unread',
] as const;
export type ItemResult = (typeof ITEM_RESULTS)[number];

/** One item as it is stored, at its place in the message. */
export interface ItemRow {
  readonly position: number;
  readonly reference: string | null;
  readonly fact: FactKind | null;
  readonly why: string | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly bankReference: string | null;
  readonly happenedAt: Date | null;
  readonly sequence: number | null;
  readonly amount: string | null;
  readonly currency: string | null;
}

const NOTHING_SAID = {
  fact: null,
  reasonCode: null,
  reasonText: null,
  bankReference: null,
  happenedAt: null,
  sequence: null,
  amount: null,
  currency: null,
};

/** The rows of a notice: first what it says, then what could not be read of it. */
export function rowsOf(notice: BankNotice): ItemRow[] {
  const read = notice.items.map((item, position) => ({ position, ...rowOf(item) }));
  const unread = notice.unread.map((item, at) => ({
    ...NOTHING_SAID,
    position: read.length + at,
    reference: item.reference ?? null,
    why: item.why,
  }));
  return [...read, ...unread];
}

function rowOf({ reference, fact, amount }: NoticeItem): Omit<ItemRow, 'position'> {
  const reason = 'reason' in fact ? fact.reason : undefined;
  return {
    reference,
    fact: fact.kind,
    why: null,
    reasonCode: reason?.code ?? null,
    reasonText: reason?.text ?? null,
    bankReference: fact.bankReference ?? null,
    happenedAt: fact.at ?? null,
    sequence: fact.sequence ?? null,
    amount: amount?.toString() ?? null,
    currency: amount?.currency ?? null,
  };
}

interface Ordered {
  readonly fact: FactKind;
  readonly sequence: number | null;
  /** When the bank says it happened; else when it told us. */
  readonly happenedAt: Date | null;
  readonly sentAt: Date;
}

/**
 * Items in the order in which they happened at the bank, not in which they arrived, so that a payment's history
 * reads as it was. What becomes of the payment does not depend on it: its moves only ever go forward.
 */
export function inBanksOrder<T extends Ordered>(items: readonly T[]): T[] {
  return [...items].sort(
    (one, other) =>
      timeOf(one) - timeOf(other) ||
      (one.sequence ?? 0) - (other.sequence ?? 0) ||
      RANK[one.fact] - RANK[other.fact],
  );
}

const RANK: Readonly<Record<FactKind, number>> = {
  accepted: 0,
  settled: 1,
  rejected: 1,
  returned: 2,
};

function timeOf(item: Ordered): number {
  return (item.happenedAt ?? item.sentAt).getTime();
}

/** Waits before a notice whose applying failed is tried again, doubling from here up to the longest. */
const APPLY_AGAIN_AFTER_MS = 5_000;
const APPLY_AGAIN_LONGEST_MS = 15 * 60_000;

/** @param failures how often applying it failed by now, 1 or more. */
export function applyAgainAt(failures: number, now: Date): Date {
  const waitMs = Math.min(
    APPLY_AGAIN_AFTER_MS * 2 ** Math.min(failures - 1, 20),
    APPLY_AGAIN_LONGEST_MS,
  );
  return new Date(now.getTime() + waitMs);
}
