import { lifecycle } from '../kernel/index.js';

export type RulingState = 'proposed' | 'confirmed' | 'refused' | 'withdrawn' | 'overtaken';

/** `overtaken`: when it was to be signed, none of its payments was in that doubt any more; the bank's word wins. */
export const rulingLifecycle = lifecycle<RulingState>({
  name: 'doubt ruling',
  initial: 'proposed',
  moves: {
    proposed: ['confirmed', 'refused', 'withdrawn', 'overtaken'],
    confirmed: [],
    refused: [],
    withdrawn: [],
    overtaken: [],
  },
});
