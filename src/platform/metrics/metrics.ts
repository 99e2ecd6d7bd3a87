import { Injectable } from '@nestjs/common';
import {
  Counter,
  Gauge,
  Histogram,
  Registry,
  collectDefaultMetrics,
  type CounterConfiguration,
  type GaugeConfiguration,
  type HistogramConfiguration,
} from 'prom-client';

/** A scrape waits for a figure no longer than this. */
const COLLECT_WITHIN_MS = 3000;

/**
 * The process's Prometheus registry. Names start with `chitra_`, use base units (seconds, bytes) and end in
 * `_total` for counters; labels are bounded sets (bank, state, reason code), never ids or persons.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly failures: Counter<'metric'>;

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.failures = this.counter({
      name: 'chitra_metric_failures_total',
      help: 'Figures that could not be read when they were asked for, by metric',
      labelNames: ['metric'],
    });
  }

  counter<L extends string>(options: Omit<CounterConfiguration<L>, 'registers'>): Counter<L> {
    return new Counter({ ...options, registers: [this.registry] });
  }

  /** A gauge whose `collect` fails or does not end is left out of the answer; the others are told. */
  gauge<L extends string>(options: Omit<GaugeConfiguration<L>, 'registers'>): Gauge<L> {
    const { collect, name, labelNames = [] } = options;
    const failures = this.failures;
    if (!collect) return new Gauge({ ...options, registers: [this.registry] });
    return new Gauge<L>({
      ...options,
      registers: [this.registry],
      async collect() {
        try {
          await within(COLLECT_WITHIN_MS, Promise.resolve(collect.call(this)));
        } catch {
          failures.inc({ metric: name });
          if (labelNames.length > 0) this.reset();
          else this.set(Number.NaN);
        }
      },
    });
  }

  histogram<L extends string>(options: Omit<HistogramConfiguration<L>, 'registers'>): Histogram<L> {
    return new Histogram({ ...options, registers: [this.registry] });
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`not ended within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
