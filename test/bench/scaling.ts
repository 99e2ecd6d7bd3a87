import type { Mode, PipelineFigures } from './pipeline/pipeline.js';

/** Of a list of whole numbers as the command line gives it: `1,2,4`. */
export type Counts = readonly number[];

export interface ScalingFigures {
  readonly mode: Mode;
  readonly workers: number;
  /** Each worker on one of so many; null: all of them on this machine. */
  readonly hosts: number | null;
  readonly payments: number;
  readonly paymentsPerSecond: number;
  readonly cpuMsPerPayment: Readonly<Record<string, number>>;
  /** Against the first of the same kind. */
  readonly toFirst: number;
}

export interface ScalingOrder {
  /** How many of each mode; those that are not named are not measured. */
  readonly payments: Readonly<Partial<Record<Mode, number>>>;
  readonly workers: Counts;
  readonly hosts: Counts;
}

/** One pipeline, from the list to the last settled payment. */
export type Measure = (
  mode: Mode,
  payments: number,
  at: { workers: number; onHosts: boolean },
) => Promise<PipelineFigures>;

/** How the throughput of both pipelines changes with the number of workers, on this machine and on hosts of their own. */
export async function scalingOf(order: ScalingOrder, measure: Measure): Promise<ScalingFigures[]> {
  const found: ScalingFigures[] = [];
  const kinds = [
    { counts: order.workers, onHosts: false },
    { counts: order.hosts, onHosts: true },
  ];
  for (const [mode, payments] of Object.entries(order.payments) as [Mode, number][]) {
    for (const { counts, onHosts } of kinds) {
      let first: number | null = null;
      for (const workers of counts) {
        const { paymentsPerSecond, cpuMsPerPayment } = await measure(mode, payments, {
          workers,
          onHosts,
        });
        first ??= paymentsPerSecond;
        found.push({
          ...{ mode, workers, hosts: onHosts ? workers : null },
          ...{ payments, paymentsPerSecond, cpuMsPerPayment },
          toFirst: Math.round((paymentsPerSecond / first) * 100) / 100,
        });
      }
    }
  }
  return found;
}

const MOST = 16;

export const COUNTS_RULE = `whole numbers from 1 to ${MOST}, such as 2 or 1,2,4`;

/** Null for what is none. */
export function countsOf(text: string): Counts | null {
  const counts = text.split(',').map(Number);
  const isGood = counts.every((count) => Number.isInteger(count) && count >= 1 && count <= MOST);
  return isGood ? counts : null;
}
