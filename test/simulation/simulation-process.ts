import { execFile } from 'node:child_process';
import { join } from 'node:path';

/** The last line of what the simulation prints. */
export interface Outcome {
  readonly seeds: number;
  readonly firstSeed: number;
  readonly payments: number;
  readonly faults: number;
  readonly crashes: number;
  readonly paidTwice: number;
  readonly lost: number;
  readonly unbalanced: number;
  readonly illegalMoves: number;
  readonly violations: readonly { seed: number; invariant: string }[];
  readonly faultsByKind: Readonly<Record<string, number>>;
  readonly missed?: readonly string[];
  readonly bugs?: number;
}

/** Runs the compiled simulation with a PostgreSQL of its own. */
export function simulation(
  folder: string,
  args: readonly (string | number)[],
): Promise<{ code: number; out: string; err: string; outcome: Outcome }> {
  const program = [join(folder, 'simulate.js'), ...args.map(String)];
  return new Promise((done) => {
    const env = { PATH: process.env.PATH };
    const options = { env, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, program, options, (error, out, err) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      const outcome = last.startsWith('{') ? (JSON.parse(last) as Outcome) : nothing();
      done({ code: error ? Number(error.code ?? 1) : 0, out, err, outcome });
    });
  });
}

function nothing(): Outcome {
  return {
    ...{ seeds: 0, firstSeed: 0, payments: 0, faults: 0, crashes: 0 },
    ...{ paidTwice: 0, lost: 0, unbalanced: 0, illegalMoves: 0 },
    violations: [],
    faultsByKind: {},
  };
}
