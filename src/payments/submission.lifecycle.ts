import { lifecycle } from '../kernel/index.js';

export type SubmissionState = 'waiting' | 'sending' | 'answered' | 'cancelled';

/** `sending → waiting`: surely not sent, or some of it was not; it is tried again after a backoff. */
export const submissionLifecycle = lifecycle<SubmissionState>({
  name: 'submission',
  initial: 'waiting',
  moves: {
    waiting: ['sending', 'cancelled', 'answered'],
    sending: ['answered', 'waiting'],
    answered: [],
    cancelled: [],
  },
});
