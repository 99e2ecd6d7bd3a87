import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PROGRAM = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const RULES = resolve('.dependency-cruiser.cjs');
const LARGEST_REPORT = 256 * 1024 * 1024;

export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Cruise {
  readonly modules: readonly string[];
  readonly violations: readonly Violation[];
}

interface Report {
  readonly modules: readonly { source: string }[];
  readonly summary: {
    readonly violations: readonly { rule: { name: string }; from: string; to: string }[];
  };
}

/** Runs dependency-cruiser, as a developer would, with the project's rules over the folders under `root`. */
export async function cruise(root: string, folders: readonly string[]): Promise<Cruise> {
  const { stdout } = await run(
    process.execPath,
    [PROGRAM, ...folders, '--config', RULES, '--output-type', 'json'],
    { cwd: root, maxBuffer: LARGEST_REPORT },
  ).catch((failure: { stdout?: string }) => {
    // With violations it ends with their number as its code; the report is written all the same.
    if (failure.stdout) return { stdout: failure.stdout };
    throw failure;
  });
  const report = JSON.parse(stdout) as Report;
  return {
    modules: report.modules
      .map(({ source }) => source)
      .filter((path) => /^(src|test)\//.test(path)),
    violations: report.summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    })),
  };
}
