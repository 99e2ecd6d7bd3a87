/**
 * `npm run simulate -- --seeds N --seed S`: see README.md beside this file.
 */
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { readArguments, type Arguments } from './arguments.js';
import { Crew } from './crew.js';
import { dropDatabase } from './databases.js';
import { PLANTED_BUGS } from './planted-bugs.js';
import { plant } from './plant.js';
import { storyOf, Tally } from './report.js';
import type { SeedResult } from './run-seed.js';
import { startServer, type Server } from './server.js';
import { shrink } from './shrink.js';
import { catchBugs } from './catch-bugs.js';

/** The compiled program that this file is part of. */
const COMPILED = join(import.meta.dirname, '..', '..');
const NO_MORE_THAN = 20;

const args = readArguments(process.argv.slice(2));
const server = await startServer();
// Whoever reads our output may go before us, and whoever started us may want us to end: the server ends with us.
process.stdout.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.stop().finally(() => process.exit(130)));
}
try {
  process.exitCode = args.bugs ? await catchBugs(server, COMPILED, args) : await simulate(server);
} finally {
  await server.stop();
}

async function simulate(at: Server): Promise<number> {
  const bug = PLANTED_BUGS.find(({ name }) => name === args.bug);
  if (args.bug !== undefined && !bug) {
    const names = PLANTED_BUGS.map(({ name }) => name).join(', ');
    process.stderr.write(`there is no planted bug ${args.bug}; there are: ${names}\n`);
    return 2;
  }
  const planted = bug ? await plant(bug, COMPILED) : null;
  const template = `simulation_${process.pid}`;
  const folder = planted?.folder ?? COMPILED;
  const crew = new Crew({ folder, adminUrl: at.adminUrl, template, jobs: args.jobs });
  try {
    await crew.prepare(at.own);
    return await storms(crew, args, bug?.seed);
  } finally {
    await crew.close();
    await dropDatabase(at.adminUrl, template);
    await planted?.remove();
  }
}

async function storms(crew: Crew, given: Arguments, usualSeed?: number): Promise<number> {
  const startedAt = Date.now();
  const firstSeed = given.seed ?? usualSeed ?? randomInt(1_000_000_000);
  process.stdout.write(`seeds ${firstSeed} to ${firstSeed + given.seeds - 1}\n`);
  const tally = new Tally();
  const bar = progressBar(given.seeds);
  let worst: SeedResult | null = null;
  await crew.runAll(
    seedsFrom(firstSeed, given.seeds),
    (seed) => crew.run({ seed, whole: given.story }),
    (result) => {
      tally.add(result);
      bar?.increment({ violations: tally.violations.length });
      if (given.story)
        process.stdout.write(`\nseed ${result.seed} ${result.hash}\n${storyOf(result)}\n`);
      if (result.violation) tellViolation(result);
      if (result.violation && (!worst || result.trace.length < worst.trace.length)) worst = result;
      return tally.violations.length < NO_MORE_THAN;
    },
  );
  bar?.stop();
  if (worst) await tellShortly(crew, worst, given);
  process.stdout.write(`${tally.asTable()}\n${tally.asJson({ firstSeed, startedAt })}\n`);
  return tally.violations.length > 0 ? 1 : 0;
}

function tellViolation({ seed, violation }: SeedResult): void {
  const why = `${violation?.invariant ?? ''}: ${violation?.detail ?? ''}`;
  const again = `npm run simulate -- --seeds 1 --seed ${seed} --story`;
  process.stdout.write(`\nVIOLATION in seed ${seed}: ${why}\n  again: ${again}\n`);
}

async function tellShortly(crew: Crew, failing: SeedResult, given: Arguments): Promise<void> {
  const deadline = Date.now() + given.shrinkSeconds * 1000;
  const short = await shrink(crew, failing, { deadline, jobs: given.jobs });
  const { length } = failing.trace;
  process.stdout.write(
    `\nThe short story of seed ${failing.seed} (${short.trace.length} of ${length} decisions):\n${storyOf(short)}\n`,
  );
}

function* seedsFrom(first: number, count: number): Iterable<number> {
  for (let seed = first; seed < first + count; seed += 1) yield seed;
}

function progressBar(total: number): cliProgress.SingleBar | null {
  if (!process.stderr.isTTY) return null;
  const format = 'seeds [{bar}] {value}/{total}, {violations} violations, {eta_formatted} left';
  const bar = new cliProgress.SingleBar({ format, stream: process.stderr });
  bar.start(total, 0, { violations: 0 });
  return bar;
}
