import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

const READY_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 45_000;
/** What a supervisor waits before it starts again a process that ended unasked. */
const SUPERVISED_AFTER_MS = 500;
const ANSWER_WITHIN_MS = 4000;

export interface Program {
  readonly name: string;
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Answers 200 when the process is ready. */
  readonly readyUrl: string;
  /** Where its output is appended. */
  readonly log: string;
  /** What is put before the command: where it runs. */
  readonly within?: readonly string[];
}

/** A process of the compiled program that is killed, frozen and restarted, and supervised as in a deployment. */
export class Victim {
  /** How often it ended although nobody asked it to. */
  unasked = 0;
  private child: ChildProcess | null = null;
  private isWanted = false;
  private isFrozen = false;

  constructor(private readonly program: Program) {}

  get name(): string {
    return this.program.name;
  }

  /** Where it listens. */
  get url(): string {
    return new URL(this.program.readyUrl).origin;
  }

  /** Null while it does not run. */
  get processId(): number | null {
    return this.child?.pid ?? null;
  }

  get frozen(): boolean {
    return this.isFrozen;
  }

  start(): void {
    this.isWanted = true;
    const log = openSync(this.program.log, 'a');
    const command = [...(this.program.within ?? []), process.execPath, this.program.file];
    const child = spawn(command[0] ?? '', command.slice(1), {
      // Nothing of our own environment, and not in our group: a Ctrl-C is ours to answer.
      env: { PATH: process.env.PATH, ...this.program.env },
      stdio: ['ignore', log, log],
      detached: true,
    });
    closeSync(log);
    this.child = child;
    child.once('exit', () => {
      if (this.child !== child) return;
      this.child = null;
      if (!this.isWanted) return;
      this.unasked += 1;
      setTimeout(() => {
        if (this.isWanted && this.child === null) this.start();
      }, SUPERVISED_AFTER_MS);
    });
  }

  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** In good order. @throws when it does not end in time. */
  async terminate(): Promise<void> {
    await this.end('SIGTERM');
  }

  freeze(): void {
    this.isFrozen = true;
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.isFrozen = false;
    this.child?.kill('SIGCONT');
  }

  /** Without waiting, for who ends in a hurry. */
  killNow(): void {
    this.isWanted = false;
    this.child?.kill('SIGKILL');
  }

  async isReady(): Promise<boolean> {
    if (this.isFrozen) return false;
    const answer = await fetch(this.program.readyUrl, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).catch(() => null);
    return answer?.ok ?? false;
  }

  /** Or until it is frozen. */
  async untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!this.isFrozen && !(await this.isReady())) {
      if (Date.now() > deadline) throw new Error(`${this.name} does not get ready`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.isWanted = false;
    const { child } = this;
    if (!child) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    let late = false;
    const force = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, ENDED_WITHIN_MS);
    await ended;
    clearTimeout(force);
    if (late) throw new Error(`${this.name} did not end within ${ENDED_WITHIN_MS / 1000} s`);
  }
}
