import { questionsOfConsole } from './pages/console.js';
import { filledDatabase } from './pages/filled-database.js';
import { knownOf } from './pages/known.js';
import { measured, type Measured } from './pages/measure.js';
import { processorTimeOf } from './pages/processor-time.js';
import { questionsOfApi } from './pages/requests.js';
import { servedBy } from './pages/served.js';

export const MOST_MS = 200;
const SHOWN = 40;

export interface PageOrder {
  readonly payments: number;
  readonly times: number;
  /** Only addresses that fit this pattern. */
  readonly only?: string;
  /** Fills the database anew. */
  readonly fresh?: boolean;
}

export interface PageFigures {
  readonly payments: number;
  readonly times: number;
  readonly asked: number;
  readonly overMs: number;
  readonly over: number;
  readonly notAnswered: number;
  /** The largest of all p95, ms. */
  readonly p95Ms: number;
  readonly slowest: readonly Pick<Measured, 'name' | 'p50' | 'p95' | 'max' | 'cpu'>[];
}

type Say = (line: string) => unknown;

/** How long every list of the API and every page of the console takes with so many payments stored. */
export async function pageTimes(order: PageOrder, say: Say): Promise<PageFigures> {
  const { payments, times, only = '', fresh = false } = order;
  const filled = await filledDatabase({ payments, fresh }, say);
  try {
    const known = await knownOf(filled.url);
    const served = await servedBy(filled.environment);
    try {
      const [asker] = served.askers;
      if (!asker) throw new Error('nobody has signed in');
      const api = await questionsOfApi(known);
      const console = only.startsWith('/api') ? [] : await questionsOfConsole(asker, known);
      const questions = [...api, ...console].filter(({ name }) => new RegExp(only).test(name));
      const tell = (some: readonly Measured[], done: number) => {
        for (const one of some.filter(({ p95, cpu }) => (cpu ?? p95) > MOST_MS / 2))
          say(lineOf(one));
        if (process.stderr.isTTY) process.stderr.write(`\r${done}/${questions.length} `);
      };
      const processorTime = () => processorTimeOf([filled.processId, served.processId]);
      const { askers } = served;
      const found = await measured(questions, { askers, known, times, processorTime, tell });
      return figuresOf(found, order, say);
    } finally {
      await served.stop();
    }
  } finally {
    await filled.stop();
  }
}

function lineOf(one: Measured): string {
  const figures = [one.p50, one.p95, one.max, one.cpu].map((ms) => String(ms ?? '?').padStart(6));
  return `${figures.join(' ')} ${String(one.bytes).padStart(7)}  ${one.name}`;
}

function figuresOf(found: readonly Measured[], order: PageOrder, say: Say): PageFigures {
  const slowest = [...found].sort((a, b) => (b.cpu ?? b.p95) - (a.cpu ?? a.p95));
  const over = slowest.filter(({ p95 }) => p95 > MOST_MS);
  const odd = found.filter(({ status }) => status !== 200);
  say(`\n   p50    p95    max    cpu   bytes  (ms; the slowest ${SHOWN}, and all over ${MOST_MS})`);
  for (const one of slowest.slice(0, Math.max(SHOWN, over.length))) say(lineOf(one));
  for (const { name, status } of odd) say(`${status} ${name}`);
  return {
    payments: order.payments,
    times: order.times,
    asked: found.length,
    overMs: MOST_MS,
    over: over.length,
    notAnswered: odd.length,
    p95Ms: Math.max(...found.map(({ p95 }) => p95)),
    slowest: slowest
      .slice(0, SHOWN)
      .map(({ name, p50, p95, max, cpu }) => ({ name, p50, p95, max, cpu })),
  };
}
