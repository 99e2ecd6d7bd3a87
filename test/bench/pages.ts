/**
 * How long every list of the API and every page of the console takes with a million payments stored:
 * `npm run bench:pages -- --payments 1000000 [--times 30] [--only pattern-of-addresses] [--fresh]`. The database is filled
 * once, in some minutes, and kept under .data/bench-pages. The last line is JSON.
 */
import { parseArgs } from 'node:util';
import { pageTimes } from './page-times.js';

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '30' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
  },
});
const figures = await pageTimes(
  { ...values, payments: Number(values.payments), times: Number(values.times) },
  (line) => process.stderr.write(`${line}\n`),
);
process.stdout.write(`${JSON.stringify(figures)}\n`);
