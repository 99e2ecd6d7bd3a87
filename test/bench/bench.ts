/**
 * How fast the whole is, and what limits it, measured in one run on the machine at hand:
 * `npm run bench -- [--payments N] [--parts bulk,single,notices,pages,workers,hosts] [--backends postgres,redis]
 * [--workers 1,2,4] [--hosts 1,2,4] [--profile]`. Each part opens a deployment of its own (PostgreSQL on disk, web, workers, the sandbox bank with its
 * books) and takes one month from the list to the last settled payment; `growth` is the same at a tenth of it. The floor
 * is what PostgreSQL takes of the same rows when nobody thinks about them. `workers` (also: more than one number of them)
 * takes both pipelines once with each number of worker processes, `hosts` (also: --hosts) with each worker in a network
 * namespace of its own, as root on Linux. Nothing else may run meanwhile. The last line is JSON.
 */
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { whyNoHosts } from '../site/host-network.js';
import type { Emergency, QueueBackend } from '../site/site.js';
import { pageTimes, type PageFigures } from './page-times.js';
import { pipelineOf, type Mode, type PipelineFigures } from './pipeline/pipeline.js';
import { COUNTS_RULE, countsOf, scalingOf, type Counts } from './scaling.js';

/** Those that are measured unless others are named. */
const PARTS = ['bulk', 'single', 'notices', 'pages'] as const;
const SCALES: Counts = [1, 2, 4];
/** Messages of one payment cost more time each: fewer tell as much. */
const SINGLE_SHARE = 0.1;
const NOTICES_MOST = 50_000;
/** Of other work, above which the figures say little. */
const BUSY_ABOVE = 0.5;

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '20000' },
    parts: { type: 'string', default: PARTS.join(',') },
    backends: { type: 'string', default: 'postgres,redis' },
    workers: { type: 'string' },
    hosts: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
const payments = Number(values.payments);
const parts = new Set(values.parts.split(','));
const backends = values.backends.split(',') as QueueBackend[];
const say = (line: string): unknown => process.stderr.write(`${line}\n`);
function stop(why: string): never {
  say(why);
  process.exit(1);
}
const counts = (option: 'workers' | 'hosts'): Counts | null => {
  const text = values[option];
  const found = text === undefined ? null : countsOf(text);
  if (text !== undefined && found === null) stop(`--${option}: ${COUNTS_RULE}`);
  return found;
};
const told = { workers: counts('workers'), hosts: counts('hosts') };
const [workers = 1] = told.workers ?? [];
if ((told.workers?.length ?? 0) > 1) parts.add('workers');
if (told.hosts) parts.add('hosts');
const programs = fileURLToPath(new URL('../..', import.meta.url));

// Whatever ends this process ends the others too, hosts with them; a second time it does no harm.
let emergency: Emergency | undefined;
process.on('exit', () => emergency?.killNow());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    say(`${signal}: ending every process`);
    emergency?.killNow();
    void (emergency?.removeFiles() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

const noHosts = parts.has('hosts') ? whyNoHosts() : null;
if (noHosts !== null) {
  stop(`--hosts: ${noHosts}`);
}
const [load = 0] = loadavg();
if (load > BUSY_ABOVE)
  say(`the machine is busy (load ${load.toFixed(1)}): these figures say little`);

const run = async (
  mode: Mode,
  count: number,
  backend: QueueBackend,
  more: { floor?: boolean; notices?: number; workers?: number; onHosts?: boolean } = {},
): Promise<PipelineFigures> => {
  const order = { workers, onHosts: false, floor: false, notices: 0, ...more };
  const where = order.onHosts ? ', each on a host of its own' : '';
  say(`${mode}, ${count} payments, queues in ${backend}, workers: ${order.workers}${where}`);
  const begun = (of: Emergency) => {
    emergency = of;
  };
  const { profile } = values;
  const ordered = { ...order, payments: count, mode, backend, programs, begun, profile };
  const figures = await pipelineOf(ordered, say);
  // So that a long bench that is ended has told something.
  say(`  ${JSON.stringify(figures)}`);
  return figures;
};

const bulk: Partial<Record<QueueBackend, PipelineFigures>> = {};
const single: Partial<Record<QueueBackend, PipelineFigures>> = {};
const tenth: Partial<Record<Mode, PipelineFigures>> = {};
let pages: PageFigures | null = null;
const [first = 'postgres'] = backends;
const singles = Math.round(payments * SINGLE_SHARE);
if (parts.has('bulk')) {
  tenth.bulk = await run('bulk', Math.round(payments / 10), first);
  for (const backend of backends) {
    const isFirst = backend === first;
    const notices = isFirst && parts.has('notices') ? NOTICES_MOST : 0;
    bulk[backend] = await run('bulk', payments, backend, { floor: isFirst, notices });
  }
}
if (parts.has('single')) {
  tenth.single = await run('single', Math.round(singles / 10), first);
  for (const backend of backends) single[backend] = await run('single', singles, backend);
}
const scales = {
  workers: parts.has('workers') ? (told.workers ?? SCALES) : [],
  hosts: parts.has('hosts') ? (told.hosts ?? SCALES) : [],
};
const scaling = await scalingOf(
  { payments: { bulk: payments, single: singles }, ...scales },
  async (mode, count, at) => {
    const figures = await run(mode, count, first, at);
    say(`  ${figures.paymentsPerSecond} payments a second`);
    return figures;
  },
);
if (parts.has('pages')) pages = await pageTimes({ payments, times: 30 }, say);

const [cpu] = cpus();
const floor = bulk[first]?.floor ?? null;
const ratio = (of: number | undefined, to: number | undefined): number | null =>
  of !== undefined && to !== undefined && to > 0 ? Math.round((of / to) * 100) / 100 : null;
process.stdout.write(
  `${JSON.stringify({
    machine: {
      cores: cpus().length,
      processor: cpu?.model ?? null,
      memoryMiB: Math.round(totalmem() / 1024 ** 2),
      node: process.version,
      loadBefore: Math.round(load * 10) / 10,
    },
    payments,
    workers,
    floor,
    bulk,
    single,
    scaling,
    pages,
    ratios: {
      bulkToFloor: ratio(bulk[first]?.paymentsPerSecond, floor?.paymentsPerSecond),
      singleToBulk: ratio(single[first]?.paymentsPerSecond, bulk[first]?.paymentsPerSecond),
      bulkAtTenTimes: ratio(bulk[first]?.paymentsPerSecond, tenth.bulk?.paymentsPerSecond),
      singleAtTenTimes: ratio(single[first]?.paymentsPerSecond, tenth.single?.paymentsPerSecond),
      importAtTenTimes: ratio(
        bulk[first]?.importedRowsPerSecond,
        tenth.bulk?.importedRowsPerSecond,
      ),
    },
    tenth,
  })}\n`,
);
