import { lifecycle } from '../kernel/index.js';

export type PaymentState =
  'ready' | 'sending' | 'accepted' | 'settled' | 'rejected' | 'unknown' | 'returned' | 'cancelled';

/**
 * `sending → ready`: the adapter is sure nothing left. `unknown → ready`: the bank proved, after its own
 * window, that it never happened. `settled → returned`: credited, and came back.
 */
export const paymentLifecycle = lifecycle<PaymentState>({
  name: 'payment',
  initial: 'ready',
  moves: {
    ready: ['sending', 'cancelled'],
    sending: ['ready', 'accepted', 'settled', 'rejected', 'unknown'],
    accepted: ['settled', 'rejected'],
    unknown: ['accepted', 'settled', 'rejected', 'ready'],
    settled: ['returned'],
    rejected: [],
    returned: [],
    cancelled: [],
  },
});

/** States in which the run still waits for something to happen. */
export const UNFINISHED_STATES: readonly PaymentState[] = [
  'ready',
  'sending',
  'accepted',
  'unknown',
];
