import { lifecycle } from '../kernel/index.js';

type SubmissionState = 'waiting' | 'sending' | 'answered' | 'cancelled';

/** `sending → answered` also when its sender was lost: then its payments are asked after. `sending → waiting`: surely not sent, or some of it was not; it is tried again after a backoff. */
export const submissionLifecycle = lifecycle<SubmissionState>({
  name: 'submission',
  initial: 'waiting',
  moves: {
    waiting: ['sending', 'cancelled'],
    sending: ['answered', 'waiting'],
    answered: [],
    cancelled: [],
  },
});
