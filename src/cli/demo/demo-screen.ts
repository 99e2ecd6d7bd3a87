import { MultiBar, Presets, type SingleBar } from 'cli-progress';

const PARAGRAPH_WIDTH = 96;

/** What a person sees while the demo runs. Everything goes to standard output above the last line. */
export class DemoScreen {
  private readonly startedAt = Date.now();
  private bars: MultiBar | null = null;

  say(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  step(title: string): void {
    const seconds = String(Math.round((Date.now() - this.startedAt) / 1000)).padStart(3);
    this.say(`${seconds} s  ${title}`);
  }

  detail(line: string): void {
    this.say(`         ${line}`);
  }

  /** Many short items with commas between, on lines of a readable length. */
  paragraph(items: readonly string[]): void {
    let line = '';
    for (const [at, item] of items.entries()) {
      const piece = at < items.length - 1 ? `${item}, ` : item;
      if (line !== '' && line.length + piece.length > PARAGRAPH_WIDTH) {
        this.detail(`  ${line.trimEnd()}`);
        line = '';
      }
      line += piece;
    }
    if (line !== '') this.detail(`  ${line}`);
  }

  /** A bar that moves while `work` runs; where nobody looks at a terminal, nothing is drawn. */
  async progress<T>(
    title: string,
    work: (show: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    let bar: SingleBar | undefined;
    const show = (done: number, total: number): void => {
      if (!process.stdout.isTTY) return;
      this.bars ??= new MultiBar(
        { format: '         {title} {bar} {value}/{total}', stream: process.stdout },
        Presets.shades_classic,
      );
      bar ??= this.bars.create(total, done, { title });
      bar.setTotal(total);
      bar.update(done);
    };
    try {
      return await work(show);
    } finally {
      this.bars?.stop();
      this.bars = null;
    }
  }

  /** Columns as wide as their widest cell; figures to the right. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): void {
    const widths = head.map((title, column) =>
      Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
    );
    const line = (cells: readonly string[]): string =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ');
    this.say(`  ${line(head)}`);
    this.say(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
    for (const row of rows) this.say(`  ${line(row)}`);
  }

  seconds(): number {
    return Math.round((Date.now() - this.startedAt) / 100) / 10;
  }
}
