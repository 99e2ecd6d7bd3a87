import type { Check, Findings } from './findings.js';
import type { StrikeTold } from './run-chaos.js';

const WIDTHS = { nth: 4, at: 7, moment: 24, target: 13, deed: 20, ended: 12, ready: 7, moving: 7 };

/** What a person sees while things break: one line for each blow as it falls, then what was found. */
export class ChaosScreen {
  private readonly startedAt = Date.now();
  private headed = false;

  constructor(
    private readonly write: (line: string) => void = (line) => {
      process.stdout.write(`${line}\n`);
    },
  ) {}

  say(line: string): void {
    this.write(line);
  }

  step(title: string): void {
    const seconds = String(Math.round((Date.now() - this.startedAt) / 1000)).padStart(3);
    this.say(`${seconds} s  ${title}`);
  }

  strike(told: StrikeTold, nth: number): void {
    if (!this.headed) this.head();
    const { planned, momentCame } = told;
    const moment = momentCame ? planned.moment : `(${planned.moment})`;
    this.row(
      [`${nth}`, `${told.atSeconds}`, moment, planned.target, planned.deed],
      [
        `${told.ended}/${told.payments}`,
        `${told.readySeconds}`,
        told.movingSeconds === null ? 'NEVER' : `${told.movingSeconds}`,
        told.note,
      ],
    );
  }

  findings(found: Findings, checks: readonly Check[]): void {
    const { settled, rejected, returned, cancelled } = found.figures;
    const ends = `settled ${settled}, rejected ${rejected}, returned ${returned}, cancelled ${cancelled}`;
    this.say('');
    this.say(`  our books:   ${ends}`);
    this.say(
      `  the bank’s:  ${found.books.bankCredits} credits, ${found.books.bankReturns} returns`,
    );
    this.say('');
    for (const { ok, what, figure } of checks) this.say(`  ${ok ? '✔' : '✘'} ${what}: ${figure}`);
    this.say('');
  }

  private head(): void {
    this.headed = true;
    this.say('');
    this.row(['', 'second', 'moment', 'victim', 'deed'], ['ended/paid', 'ready', 'moving', '']);
    this.say(`  ${'-'.repeat(Object.values(WIDTHS).reduce((sum, width) => sum + width + 1, 0))}`);
  }

  /** Words to the left, figures to the right. */
  private row(words: readonly string[], figures: readonly string[]): void {
    const { nth, at, moment, target, deed, ended, ready, moving } = WIDTHS;
    const [one = '', second = '', ...named] = words;
    const [sofar = '', up = '', going = '', note = ''] = figures;
    const left = named.map((word, i) => word.padEnd([moment, target, deed][i] ?? 0));
    const right = [sofar.padStart(ended), up.padStart(ready), going.padStart(moving)];
    const line = [one.padStart(nth), second.padStart(at), ...left, ...right, note].join(' ');
    this.say(`  ${line.trimEnd()}`);
  }
}
