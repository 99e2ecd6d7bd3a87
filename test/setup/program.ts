import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';

/** Where test/setup/compile.js puts the program, for tests that need real processes. */
export const programFolder = (): string => resolve('dist', 'tests');
const READY_WITHIN_MS = 90_000;
const ENDED_WITHIN_MS = 10_000;

export interface Program {
  /** What it has written so far. */
  written(): string;
  signal(signal: NodeJS.Signals): void;
  hasEnded(): boolean;
  /** Resolves when its output matches. @throws when it ends before, or not in time. */
  says(pattern: RegExp): Promise<void>;
  /** SIGKILL, also to a stopped one, and waits for its end. */
  end(): Promise<void>;
}

/** A process of the compiled program, with no environment but the one given. */
export function program(file: string, given: { env: Record<string, string>; args?: string[] }) {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(programFolder(), file), ...(given.args ?? [])],
    {
      env: { PATH: process.env.PATH, ...given.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let written = '';
  child.stdout?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const running: Program = {
    written: () => written,
    hasEnded,
    signal: (signal) => void child.kill(signal),
    says: async (pattern) => {
      const deadline = Date.now() + READY_WITHIN_MS;
      while (!pattern.test(written)) {
        if (hasEnded()) throw new Error(`${file} ended: ${written.slice(-2000)}`);
        if (Date.now() > deadline) throw new Error(`${file} is silent: ${written.slice(-2000)}`);
        await new Promise((wake) => setTimeout(wake, 20));
      }
    },
    end: async () => {
      if (hasEnded()) return;
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill('SIGKILL');
      const timer = setTimeout(() => child.kill('SIGKILL'), ENDED_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
  return running;
}
