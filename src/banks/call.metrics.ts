import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/index.js';
import type { EndedCall } from './breaker.rules.js';
import { callErrorOf } from './call-error.rules.js';

const ENDED_WITHIN_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counts the calls that this process made, to send and to ask. */
@Injectable()
export class CallMetrics {
  private readonly errors;
  private readonly seconds;

  constructor(metrics: Metrics) {
    this.errors = metrics.counter({
      name: 'chitra_bank_call_errors_total',
      help: 'Calls (sendings and enquiries) that a bank left without an answer, by bank and class of error',
      labelNames: ['bank', 'class'],
    });
    this.seconds = metrics.histogram({
      name: 'chitra_bank_call_seconds',
      help: 'Time from the beginning of a call to a bank until its answers were recorded, by bank and end (answered, busy, silent)',
      labelNames: ['bank', 'end'],
      buckets: ENDED_WITHIN_SECONDS,
    });
  }

  ended(bank: string, { startedAt, at, end }: EndedCall): void {
    const seconds = Math.max(0, at.getTime() - startedAt.getTime()) / 1000;
    this.seconds.observe({ bank, end: end.kind }, seconds);
    if (end.kind !== 'answered') this.errors.inc({ bank, class: callErrorOf(end.why) });
  }
}
