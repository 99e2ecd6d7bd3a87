import { readFileSync } from 'node:fs';

const SAMPLE_MS = 250;

export interface MemoryOf {
  /** The most that the process ever held, MiB (VmHWM of /proc). */
  readonly peakMiB: number;
  /** At the beginning, and over the last tenth of the samples, MiB: does it grow? */
  readonly firstMiB: number;
  readonly lastMiB: number;
}

/** Looks at the resident memory of processes four times a second, until it is asked. Linux only: it reads /proc. */
export class MemoryWatch {
  private readonly samples = new Map<string, number[]>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly processes: Readonly<Record<string, number>>) {
    this.timer = setInterval(() => this.sample(), SAMPLE_MS);
  }

  stop(): Record<string, MemoryOf> {
    clearInterval(this.timer);
    this.sample();
    return Object.fromEntries(
      [...this.samples].map(([name, seen]) => {
        const tail = seen.slice(-Math.ceil(seen.length / 10));
        const lastMiB = Math.round(tail.reduce((sum, one) => sum + one, 0) / tail.length);
        return [name, { peakMiB: Math.max(...seen), firstMiB: seen[0] ?? 0, lastMiB }];
      }),
    );
  }

  private sample(): void {
    for (const [name, pid] of Object.entries(this.processes)) {
      const resident = residentMiB(pid);
      if (resident === null) continue;
      const seen = this.samples.get(name);
      if (seen) seen.push(resident);
      else this.samples.set(name, [resident]);
    }
  }
}

/** Null of a process that is not there any more, or where there is no /proc. */
function residentMiB(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? null : Math.round(Number(kib) / 1024);
  } catch {
    return null;
  }
}
