import type { PdfPaper, TextLook } from './pdf-paper.js';

export interface TableColumn {
  readonly width: number;
  readonly align?: TextLook['align'];
  /** Figures and account numbers: kept on one line. */
  readonly figures?: boolean;
}

/** A text over one or several columns. */
export interface TableCell extends TextLook {
  readonly text: string;
  readonly span?: number;
}

export interface TableSettings {
  readonly columns: readonly TableColumn[];
  /** Rows that stand above every page's part of the table. */
  readonly heading: readonly (readonly TableCell[])[];
  /** The row that closes the part of a page. Room is kept for it, and for one more of its height at the very end. */
  readonly pageEnd?: () => readonly TableCell[];
  readonly onNewPage: () => void;
}

const PADDING_X = 3;
const PADDING_Y = 2.5;
/** A heading does not stand at the foot of a page without a row or two. */
const ROWS_ROOM = 60;

/** A ruled table that goes over as many pages as it needs; a row is never torn apart. */
export class PdfTable {
  private readonly edges: readonly number[];
  private partTop: number;
  private y: number;
  private spans: { top: number; bottom: number; crossed: ReadonlySet<number> }[] = [];

  private constructor(
    private readonly paper: PdfPaper,
    private readonly settings: TableSettings,
    top: number,
  ) {
    const edges = [paper.left];
    for (const { width } of settings.columns) edges.push((edges.at(-1) ?? 0) + width);
    this.edges = edges;
    this.partTop = top;
    this.y = top;
  }

  /** Begins at `top`, or on the next page when there is no room for the heading and a row or two. */
  static async begin(paper: PdfPaper, settings: TableSettings, top: number): Promise<PdfTable> {
    const table = new PdfTable(paper, settings, top);
    if (top + table.headingHeight() + ROWS_ROOM > paper.bottom) {
      await paper.newPage();
      settings.onNewPage();
      table.partTop = paper.top;
      table.y = paper.top;
    }
    table.drawHeading();
    return table;
  }

  /** Adds a row, on the next page when this one has no room for it and the row that closes the page. */
  async add(cells: readonly TableCell[]): Promise<void> {
    const height = this.heightOf(cells);
    const { pageEnd } = this.settings;
    const closing = pageEnd ? 2 * this.heightOf(pageEnd()) : 0;
    if (this.y + height + closing > this.paper.bottom) await this.turnPage();
    this.draw(cells, height);
  }

  /** Adds the closing rows, for which room was kept, and rules the last part; gives the place below it. */
  end(closing: readonly (readonly TableCell[])[]): number {
    for (const cells of closing) this.draw(cells, this.heightOf(cells));
    this.rule();
    return this.y;
  }

  private async turnPage(): Promise<void> {
    const closing = this.settings.pageEnd?.();
    if (closing) this.draw(closing, this.heightOf(closing));
    this.rule();
    await this.paper.newPage();
    this.settings.onNewPage();
    this.partTop = this.paper.top;
    this.y = this.partTop;
    this.drawHeading();
  }

  private headingHeight(): number {
    return this.settings.heading.reduce((sum, row) => sum + this.heightOf(row), 0);
  }

  private drawHeading(): void {
    const { left: x } = this.paper;
    // All of it before the first line, which would be half painted over.
    this.paper.shade({ x, y: this.y, width: this.width, height: this.headingHeight() }, '#eeeeee');
    for (const row of this.settings.heading) this.draw(row, this.heightOf(row));
  }

  private get width(): number {
    return (this.edges.at(-1) ?? 0) - this.paper.left;
  }

  private heightOf(cells: readonly TableCell[]): number {
    let highest = 0;
    for (const { cell, width } of this.placed(cells)) {
      highest = Math.max(highest, this.paper.heightOf(cell.text, width, cell));
    }
    return highest + 2 * PADDING_Y;
  }

  private draw(cells: readonly TableCell[], height: number): void {
    const crossed = new Set<number>();
    for (const { cell, x, width, first, span } of this.placed(cells)) {
      for (let inner = first + 1; inner < first + span; inner += 1) crossed.add(inner);
      if (cell.text === '') continue;
      const own = this.paper.heightOf(cell.text, width, cell);
      this.paper.text(cell.text, { ...cell, x, width, y: this.y + (height - own) / 2 });
    }
    this.spans.push({ top: this.y, bottom: this.y + height, crossed });
    this.y += height;
    const right = this.edges.at(-1) ?? 0;
    this.paper.line({ x: this.paper.left, y: this.y }, { x: right, y: this.y });
  }

  private *placed(cells: readonly TableCell[]) {
    let first = 0;
    for (const cell of cells) {
      const span = cell.span ?? 1;
      const from = this.edges[first] ?? 0;
      const to = this.edges[first + span] ?? from;
      const { align, figures } = this.settings.columns[first] ?? {};
      const looked = { align, figures, ...cell };
      yield { cell: looked, x: from + PADDING_X, width: to - from - 2 * PADDING_X, first, span };
      first += span;
    }
  }

  /** Upright lines through the part, left out where a text goes over several columns. */
  private rule(): void {
    const right = this.edges.at(-1) ?? 0;
    this.paper.line({ x: this.paper.left, y: this.partTop }, { x: right, y: this.partTop });
    for (const [at, x] of this.edges.entries()) {
      let from = this.partTop;
      for (const { top, bottom, crossed } of this.spans) {
        if (!crossed.has(at)) continue;
        if (top > from) this.paper.line({ x, y: from }, { x, y: top });
        from = bottom;
      }
      if (from < this.y) this.paper.line({ x, y: from }, { x, y: this.y });
    }
    this.spans = [];
  }
}
