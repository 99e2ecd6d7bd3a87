import { messageBounds, type Bank, type Rail } from '../banks/index.js';
import { Money, newId } from '../kernel/index.js';

/** How payments of one bank and rail go together into a message. */
export interface Packing {
  readonly bankCode: string;
  readonly rail: string;
  readonly mode: 'single' | 'bulk';
  /** What one message may hold; a payment of more than `amount` goes by itself. */
  readonly bounds: { readonly payments: number; readonly amount: Money | null };
}

export function packingOf({ code, settings }: Bank, rail: Rail): Packing {
  const bounds = messageBounds(rail, settings);
  return { bankCode: code, rail: rail.code, mode: settings.mode, bounds };
}

export interface Pack<T> {
  readonly submissionId: string;
  readonly packing: Packing;
  readonly items: readonly T[];
  readonly total: Money;
  /** False when an earlier call began it and this one adds to it. */
  readonly isNew: boolean;
}

interface OpenPack<T> {
  readonly submissionId: string;
  readonly packing: Packing;
  count: number;
  sum: Money;
  isNew: boolean;
  /** What this call added. */
  items: T[];
}

/**
 * Puts payments into submissions: one each for a bank that takes them singly, as many as a message may hold for a
 * bank that takes many; never two banks or two rails in one. Keeps the order given. Payments come a page at a time
 * and messages fill over the pages; of every bank and rail only the one that is not full yet is remembered.
 */
export class Packer<T extends { amount: string }> {
  private readonly open = new Map<string, OpenPack<T>>();

  /** Where each of these items goes: new submissions, and additions to those that were not full. */
  add(items: readonly T[], packingOf: (item: T) => Packing): Pack<T>[] {
    const touched = new Set<OpenPack<T>>();
    for (const item of items) {
      const pack = this.packFor(packingOf(item), Money.of(item.amount));
      pack.items.push(item);
      touched.add(pack);
    }
    return [...touched].map((pack) => {
      const { submissionId, packing, isNew } = pack;
      const added = pack.items;
      pack.items = [];
      pack.isNew = false;
      const total = Money.sum(added.map((item) => Money.of(item.amount)));
      return { submissionId, packing, items: added, total, isNew };
    });
  }

  private packFor(packing: Packing, amount: Money): OpenPack<T> {
    const key = `${packing.bankCode} ${packing.rail}`;
    const known = this.open.get(key);
    if (known && holds(known, amount)) {
      known.count += 1;
      known.sum = known.sum.plus(amount);
      return known;
    }
    const made: OpenPack<T> = {
      submissionId: newId(),
      packing,
      count: 1,
      sum: amount,
      isNew: true,
      items: [],
    };
    this.open.set(key, made);
    return made;
  }
}

function holds({ packing, count, sum }: OpenPack<unknown>, amount: Money): boolean {
  const { payments, amount: most } = packing.bounds;
  return count < payments && (most === null || sum.plus(amount).compare(most) <= 0);
}

/** All at once: no further page comes. */
export function pack<T extends { amount: string }>(
  items: readonly T[],
  packingOf: (item: T) => Packing,
): Pack<T>[] {
  return new Packer<T>().add(items, packingOf);
}

/** The message reference a bank sees for a submission (ISO 20022 MsgId, at most 35 characters). */
export function messageReferenceOf(submissionId: string): string {
  return `CM${submissionId.replaceAll('-', '').toUpperCase()}`;
}
