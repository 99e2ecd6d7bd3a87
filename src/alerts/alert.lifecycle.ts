import { lifecycle } from '../kernel/index.js';

export const ALERT_STATES = ['open', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Resolved is the end: a cause that comes back opens a new alert, so that each has one story. */
export const alertLifecycle = lifecycle<AlertState>({
  name: 'alert',
  initial: 'open',
  moves: { open: ['acknowledged', 'resolved'], acknowledged: ['resolved'], resolved: [] },
});
