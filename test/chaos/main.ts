import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { isRedisInstalled } from '../setup/redis.js';
import { chaosRun, type ChaosResult } from './chaos-run.js';
import { ChaosScreen } from './chaos-screen.js';
import { planOf } from './plan.js';
import type { Emergency, QueueBackend } from '../site/site.js';
import { inSum } from './sum.js';

/**
 * The kill matrix: `npm run chaos -- --payments 3000 --backend both --seed 1 --moments 2`. Real processes, thousands of
 * payments, and everything killed, frozen, restarted, cut and emptied while they are paid. The last line is JSON.
 */
const screen = new ChaosScreen();
const programs = fileURLToPath(new URL('../../', import.meta.url));
let emergency: Emergency | undefined;

// Whatever ends this process ends the others too; a second time it does no harm.
process.on('exit', () => emergency?.killNow());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    screen.say(`\n  ${signal}: ending every process`);
    emergency?.killNow();
    void (emergency?.removeFiles() ?? Promise.resolve()).finally(() => process.exit(130));
  });
}

const program = new Command('chaos')
  .option('--payments <n>', 'payments in each run', whole(12), 3000)
  .addOption(
    new Option('--backend <where>', 'where the queues live')
      .choices(['postgres', 'redis', 'both'])
      .default('both'),
  )
  .option('--seed <n>', 'order and moments of the blows; printed when not given', whole(0))
  .option('--moments <n>', 'how often each victim meets each deed', whole(1), 2)
  .parse();
const options = program.opts<{
  payments: number;
  backend: QueueBackend | 'both';
  seed?: number;
  moments: number;
}>();

const seed = options.seed ?? randomInt(1_000_000);
const results: ChaosResult[] = [];
try {
  for (const backend of backends()) {
    screen.step(`${options.payments} payments, queues in ${backend}, seed ${seed}`);
    const plan = planOf({ backend, moments: options.moments, seed });
    const begun = (of: Emergency) => {
      emergency = of;
    };
    const { payments } = options;
    results.push(await chaosRun({ backend, payments, plan, programs, screen, begun }));
    emergency = undefined;
  }
  screen.say(JSON.stringify(inSum(results, seed)));
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
} catch (error) {
  screen.say(`  the run broke off (seed ${seed}): ${(error as Error).stack}`);
  screen.say(JSON.stringify({ ...inSum(results, seed), ok: false }));
  process.exitCode = 1;
}

function backends(): QueueBackend[] {
  const wanted: QueueBackend[] =
    options.backend === 'both' ? ['postgres', 'redis'] : [options.backend];
  if (!wanted.includes('redis') || isRedisInstalled()) return wanted;
  const why = 'there is no redis-server on this machine (apt-get install redis-server)';
  if (process.env.CI || options.backend === 'redis') {
    screen.say(`  ${why}, and this run must have it`);
    process.exit(1);
  }
  screen.say(`  ${why}: only the queues in PostgreSQL are tried`);
  return ['postgres'];
}

function whole(least: number) {
  return (text: string): number => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`a whole number from ${least} on`);
  };
}
