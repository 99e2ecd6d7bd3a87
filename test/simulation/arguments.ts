import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';

export interface Arguments {
  readonly seeds: number;
  /** Undefined: taken from chance and printed. */
  readonly seed: number | undefined;
  readonly jobs: number;
  readonly story: boolean;
  readonly shrinkSeconds: number;
  readonly bug: string | undefined;
  readonly bugs: boolean;
  /** Of the planted bugs, every so many-th. */
  readonly every: number;
}

const MOST = 1_000_000_000;

function whole(least: number) {
  return (text: string): number => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN;
    if (Number.isNaN(number) || number < least || number > MOST) {
      throw new InvalidArgumentError(`a whole number from ${least} to ${MOST} is wanted.`);
    }
    return number;
  };
}

/** Reads the command line; writes help or what is wrong and ends the process when it must. */
export function readArguments(argv: readonly string[]): Arguments {
  return new Command('npm run simulate --')
    .description(
      'Runs the payment pipeline through seeded storms of faults, on a real PostgreSQL and a virtual clock, and ' +
        'checks after every step that nobody is paid twice and nothing is lost. Starts its own PostgreSQL, or uses ' +
        'TEST_DATABASE_URL. The last line is one JSON object; the exit code is 1 when anything was violated.',
    )
    .option('--seeds <number>', 'how many seeds to run', whole(1), 200)
    .option('--seed <number>', 'the first seed (from chance when absent, and printed)', whole(0))
    .option('--jobs <number>', 'processes at the same time', whole(1), availableParallelism())
    .option('--story', 'print what happened in each seed', false)
    .option('--shrink-seconds <number>', 'how long to shorten the first violation', whole(0), 60)
    .option('--bug <name>', 'plant this bug of planted-bugs.ts first; the seeds ought to catch it')
    .option(
      '--bugs',
      'plant each of them (or the one named by --bug) until a seed catches it, and tell which were caught',
      false,
    )
    .option('--every <number>', 'with --bugs: only every so many-th of them', whole(1), 1)
    .allowExcessArguments(false)
    .parse(argv, { from: 'user' })
    .opts<Arguments>();
}
