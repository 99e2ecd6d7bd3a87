import { Money } from '../kernel/index.js';
import type { FundPosition } from './fund-positions.read.js';

/**
 * What was allotted is somewhere: still available, reserved by a signature, on its way, or paid. What came back was
 * paid and is available again, so it stands beside the equation and not in it.
 */
export function addsUp(position: FundPosition): boolean {
  const { allotted, available, reserved, inTransit, paid } = position;
  return Money.sum([available, reserved, inTransit, paid]).compare(allotted) === 0;
}
