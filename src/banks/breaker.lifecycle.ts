import { lifecycle } from '../kernel/index.js';

export type BreakerState = 'closed' | 'open' | 'probing';

/** `closed`: calls go. `open`: none goes. `probing`: one goes; answered, the breaker closes; unanswered, it opens again. */
export const breakerLifecycle = lifecycle<BreakerState>({
  name: 'breaker',
  initial: 'closed',
  moves: {
    closed: ['open'],
    open: ['probing'],
    probing: ['closed', 'open'],
  },
});
