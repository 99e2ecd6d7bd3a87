import { resolve } from 'node:path';
import { pipelineOf } from './pipeline/pipeline.js';

const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const [payments = '20000', mode = 'bulk', backend = 'postgres', workers = '1'] =
  process.argv.slice(2);
const figures = await pipelineOf(
  {
    payments: Number(payments),
    mode: mode as 'bulk' | 'single',
    backend: backend as 'postgres' | 'redis',
    workers: Number(workers),
    programs: resolve('dist/tests'),
    floor: process.argv.includes('--floor'),
    profile: process.argv.includes('--profile'),
  },
  say,
);
process.stdout.write(`${JSON.stringify(figures)}\n`);
