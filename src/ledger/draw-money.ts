import { InvariantError, type Money } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { availableByMonth } from './ledger.store.js';
import type { Movement, Stage } from './stages.js';

/**
 * Takes money of a fund for a month: of that month first, then of the months before it, the latest first, so that
 * as much as can be is left for lists of earlier months. Money of later months is not touched. The caller holds the
 * fund's lock and has seen that there is enough.
 */
export async function drawMoney(
  tx: Tx,
  wanted: { fund: string; month: string; amount: Money; to: Stage },
): Promise<Movement[]> {
  const { fund, month, to } = wanted;
  const movements: Movement[] = [];
  let missing = wanted.amount;
  for (const lies of await availableByMonth(tx, { fund, month })) {
    if (!missing.isPositive()) break;
    const amount = lies.amount.compare(missing) < 0 ? lies.amount : missing;
    movements.push({ fund, month, fromMonth: lies.month, from: 'available', to, amount });
    missing = missing.minus(amount);
  }
  if (missing.isPositive()) {
    throw new InvariantError('less money than was seen under the lock', { fund, month });
  }
  return movements;
}
