import { lifecycle } from '../kernel/index.js';

export type RunState = 'scheduled' | 'running' | 'paused' | 'finished';

/** A cancelled run takes back what is not sent and then finishes like any other, when its last doubt has ended. */
export const runLifecycle = lifecycle<RunState>({
  name: 'payment run',
  initial: 'scheduled',
  moves: {
    scheduled: ['running', 'paused', 'finished'],
    running: ['paused', 'finished'],
    paused: ['running', 'finished'],
    finished: [],
  },
});
