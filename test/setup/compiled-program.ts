import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { programFolder } from './program.js';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface RunningProgram {
  readonly process: ChildProcess;
  /** What it has written to standard error so far. */
  log(): string;
  ended: Promise<Ended>;
}

/** A file of the program (`main.js`, `cli.js`) as a process with exactly this environment. */
export function startProgram(
  script: string,
  given: { args?: readonly string[]; environment: Record<string, string>; input?: string },
): RunningProgram {
  const child = spawn(
    process.execPath,
    [join(programFolder(), 'src', script), ...(given.args ?? [])],
    {
      env: { PATH: process.env.PATH, CONFIG_DIR: resolve('config'), ...given.environment },
    },
  );
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(given.input ?? '');
  return { process: child, log: () => err, ended: ended(child) };
}

/** Variables that the bank files want; no bank listens there. */
export const NO_BANK = {
  BANK_SANDBOX_URL: 'http://127.0.0.1:9',
  BANK_SANDBOX_KEY_ID: 'none',
  BANK_SANDBOX_SECRET: 'whsec_bm9uZW5vbmVub25lbm9uZW5vbmVub25l',
  BANK_SANDBOX_NOTICE_SECRET: 'whsec_bm9uZW5vbmVub25lbm9uZW5vbmVub25l',
} as const;

function ended(child: ChildProcess): Promise<Ended> {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal, ...said }));
  });
}
