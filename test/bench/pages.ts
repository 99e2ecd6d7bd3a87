/**
 * How long every list of the API and every page of the console takes with a million payments stored:
 * `npm run bench:pages -- --payments 1000000 [--times 30] [--only pattern-of-addresses] [--fresh]`. The database is filled
 * once, in some minutes, and kept under .data/bench-pages. The last line is JSON.
 */
import { filledDatabase } from './pages/filled-database.js';
import { questionsOfConsole } from './pages/console.js';
import { knownOf } from './pages/known.js';
import { measured, type Measured } from './pages/measure.js';
import { processorTimeOf } from './pages/processor-time.js';
import { questionsOfApi } from './pages/requests.js';
import { servedBy } from './pages/served.js';

const MOST_MS = 200;
const SHOWN = 40;

const option = (name: string, fallback: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback);
};
const say = (line: string): unknown => process.stderr.write(`${line}\n`);
const payments = Number(option('payments', '1000000'));
const times = Number(option('times', '30'));
const only = option('only', '');

const filled = await filledDatabase({ payments, fresh: process.argv.includes('--fresh') }, say);
try {
  const known = await knownOf(filled.url);
  const served = await servedBy(filled.environment);
  try {
    const [asker] = served.askers;
    if (!asker) throw new Error('nobody has signed in');
    const api = await questionsOfApi(known);
    const console = only.startsWith('/api') ? [] : await questionsOfConsole(asker, known);
    const all = [...api, ...console];
    const questions = all.filter(({ name }) => new RegExp(only).test(name));
    const tell = (some: readonly Measured[], done: number) => {
      for (const one of some.filter(({ p95, cpu }) => (cpu ?? p95) > MOST_MS / 2)) say(lineOf(one));
      if (process.stderr.isTTY) process.stderr.write(`\r${done}/${questions.length} `);
    };
    const processorTime = () => processorTimeOf([filled.processId, served.processId]);
    const { askers } = served;
    show(await measured(questions, { askers, known, times, processorTime, tell }));
  } finally {
    await served.stop();
  }
} finally {
  await filled.stop();
}

function lineOf(one: Measured): string {
  const figures = [one.p50, one.p95, one.max, one.cpu].map((ms) => String(ms ?? '?').padStart(6));
  return `${figures.join(' ')} ${String(one.bytes).padStart(7)}  ${one.name}`;
}

function show(found: readonly Measured[]): void {
  const slowest = [...found].sort((a, b) => (b.cpu ?? b.p95) - (a.cpu ?? a.p95));
  const over = slowest.filter(({ p95 }) => p95 > MOST_MS);
  const odd = found.filter(({ status }) => status !== 200);
  say(`\n   p50    p95    max    cpu   bytes  (ms; the slowest ${SHOWN}, and all over ${MOST_MS})`);
  for (const one of slowest.slice(0, Math.max(SHOWN, over.length))) {
    say(lineOf(one));
  }
  for (const { name, status } of odd) say(`${status} ${name}`);
  const line = {
    payments,
    times,
    asked: found.length,
    overMs: MOST_MS,
    over: over.length,
    notAnswered: odd.length,
    slowest: slowest
      .slice(0, SHOWN)
      .map(({ name, p50, p95, max, cpu }) => ({ name, p50, p95, max, cpu })),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
