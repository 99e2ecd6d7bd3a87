import { createHash } from 'node:crypto';

/** Enough of SHA-256 that two blocks never meet, and with its letters within the 35 of Max35Text. */
const DIGITS = 32;

/**
 * The id of the payment information block (PmtInfId) of one fund in one message: derived from both, so that a report
 * that names only the block is understood without remembering it.
 */
export function blockIdOf(messageReference: string, fund: string): string {
  const digest = createHash('sha256').update(JSON.stringify([messageReference, fund]));
  return `PI${digest.digest('hex').slice(0, DIGITS).toUpperCase()}`;
}

/** The orders by their fund, funds in the order of their first payment. */
export function blocksOf<T extends { readonly fund: string }>(
  orders: readonly T[],
): Map<string, T[]> {
  const blocks = new Map<string, T[]>();
  for (const order of orders) {
    const block = blocks.get(order.fund);
    if (block) block.push(order);
    else blocks.set(order.fund, [order]);
  }
  return blocks;
}
