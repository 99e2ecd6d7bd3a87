import type { AlertRow } from '../alerts/index.js';
import type { Standing } from '../banks/index.js';
import type { RunUnderWay } from './month-money.read.js';

/** Ids, states and figures of what a screen on the wall shows; texts and names are fetched by id. */
export type LiveAlert = Pick<
  AlertRow,
  'id' | 'rule' | 'severity' | 'state' | 'bank' | 'batchId' | 'runId' | 'count' | 'amount'
>;

export interface LiveRun extends Pick<RunUnderWay, 'runId' | 'batchId' | 'state' | 'payments'> {
  readonly total: string;
  /** By state of the payment. */
  readonly states: RunUnderWay['states'];
}

export interface LiveBank {
  readonly bank: string;
  readonly standing: Standing;
}

/** All of it at one moment. */
export interface Picture {
  readonly alerts: readonly LiveAlert[];
  readonly runs: readonly LiveRun[];
  readonly banks: readonly LiveBank[];
}

export const LIVE_EVENTS = [
  'snapshot',
  'alert.opened',
  'alert.changed',
  'alert.resolved',
  'run.changed',
  'run.finished',
  'bank.changed',
  'heartbeat',
] as const;
export type LiveEventType = (typeof LIVE_EVENTS)[number];

export interface LiveChange {
  readonly type: LiveEventType;
  readonly data: object;
}

/** What happened from one picture to the next. */
export function changesBetween(before: Picture, after: Picture): LiveChange[] {
  return [
    ...compared(before.alerts, after.alerts, {
      key: ({ id }) => id,
      begun: 'alert.opened',
      changed: 'alert.changed',
      gone: ({ id }) => ({ type: 'alert.resolved', data: { id } }),
    }),
    ...compared(before.runs, after.runs, {
      key: ({ runId }) => runId,
      begun: 'run.changed',
      changed: 'run.changed',
      gone: ({ runId }) => ({ type: 'run.finished', data: { runId } }),
    }),
    ...compared(before.banks, after.banks, {
      key: ({ bank }) => bank,
      begun: 'bank.changed',
      changed: 'bank.changed',
      gone: () => null,
    }),
  ];
}

function compared<T extends object>(
  before: readonly T[],
  after: readonly T[],
  how: {
    key: (one: T) => string;
    begun: LiveEventType;
    changed: LiveEventType;
    gone: (one: T) => LiveChange | null;
  },
): LiveChange[] {
  const old = new Map(before.map((one) => [how.key(one), one]));
  const kept = new Set(after.map(how.key));
  const moved = after.flatMap((one): LiveChange[] => {
    const was = old.get(how.key(one));
    if (was === undefined) return [{ type: how.begun, data: one }];
    return JSON.stringify(was) === JSON.stringify(one) ? [] : [{ type: how.changed, data: one }];
  });
  const gone = before
    .filter((one) => !kept.has(how.key(one)))
    .map(how.gone)
    .filter((change) => change !== null);
  return [...moved, ...gone];
}
