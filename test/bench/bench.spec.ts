import { programFolder } from '../setup/program.js';
import { pipelineOf } from './pipeline/pipeline.js';

const WITHIN_MS = 240_000;
const PAYMENTS = 400;

describe('the bench', () => {
  // A small part of `npm run bench`: what it counts must be right, how long it takes is not looked at.
  it(
    'takes a month to settled with two workers at one bank, nobody twice, and writes the same rows by plain SQL',
    async () => {
      const lines: string[] = [];
      const figures = await pipelineOf(
        {
          payments: PAYMENTS,
          mode: 'single',
          backend: 'postgres',
          workers: 2,
          programs: programFolder(),
          floor: true,
          notices: PAYMENTS,
          profile: false,
        },
        (line) => lines.push(line),
      );
      expect(figures).toMatchObject({
        payments: PAYMENTS,
        bankCredits: PAYMENTS,
        paidTwice: 0,
        floor: { payments: PAYMENTS },
        notices: { notices: PAYMENTS },
      });
      expect(Object.keys(figures.memory)).toEqual(['web', 'worker 1', 'worker 2', 'bank']);
      expect(figures.paymentsPerSecond).toBeGreaterThan(0);
    },
    WITHIN_MS,
  );
});
