import type { PdfPaper, TextLook } from './pdf-paper.js';

export interface TableColumn {
  readonly width: number;
  readonly align?: TextLook['align'];
  readonly figures?: TextLook['figures'];
}

/** A text over one or several columns, as they look unless it says otherwise. */
export interface TableCell extends TextLook {
  readonly text: string;
  readonly span?: number;
}

/** A row whose cells have their places and heights. */
interface LaidRow {
  readonly height: number;
  readonly cells: readonly {
    readonly text: string;
    readonly look: TextLook;
    readonly x: number;
    readonly width: number;
    readonly height: number;
  }[];
  /** Edges that a cell over several columns goes over. */
  readonly crossed: readonly number[];
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
  private readonly heading: readonly LaidRow[];
  private readonly kept: number;
  private spans: { top: number; bottom: number; crossed: readonly number[] }[] = [];

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
    this.heading = settings.heading.map((row) => this.laid(row));
    this.kept = settings.pageEnd ? 2 * this.laid(settings.pageEnd()).height : 0;
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
    const row = this.laid(cells);
    if (this.y + row.height + this.kept > this.paper.bottom) await this.turnPage();
    this.draw(row);
  }

  /** Adds the closing rows, for which room was kept, and rules the last part; gives the place below it. */
  end(closing: readonly (readonly TableCell[])[]): number {
    for (const cells of closing) this.draw(this.laid(cells));
    this.rule();
    return this.y;
  }

  private async turnPage(): Promise<void> {
    const closing = this.settings.pageEnd?.();
    if (closing) this.draw(this.laid(closing));
    this.rule();
    await this.paper.newPage();
    this.settings.onNewPage();
    this.partTop = this.paper.top;
    this.y = this.partTop;
    this.drawHeading();
  }

  private headingHeight(): number {
    return this.heading.reduce((sum, { height }) => sum + height, 0);
  }

  private drawHeading(): void {
    const { left: x } = this.paper;
    const width = this.right - x;
    // All of it before the first line, which would be half painted over.
    this.paper.shade({ x, y: this.y, width, height: this.headingHeight() }, '#eeeeee');
    for (const row of this.heading) this.draw(row);
  }

  private get right(): number {
    return this.edges.at(-1) ?? 0;
  }

  private laid(cells: readonly TableCell[]): LaidRow {
    let first = 0;
    let highest = 0;
    const placed: LaidRow['cells'][number][] = [];
    const crossed: number[] = [];
    for (const { text, span = 1, ...own } of cells) {
      const from = this.edges[first] ?? 0;
      const to = this.edges[first + span] ?? from;
      const width = to - from - 2 * PADDING_X;
      const { align, figures } = this.settings.columns[first] ?? {};
      const look = { align, figures, ...own };
      for (let inner = first + 1; inner < first + span; inner += 1) crossed.push(inner);
      first += span;
      if (text === '') continue;
      const height = this.paper.heightOf(text, width, look);
      highest = Math.max(highest, height);
      placed.push({ text, look, x: from + PADDING_X, width, height });
    }
    return { height: highest + 2 * PADDING_Y, cells: placed, crossed };
  }

  private draw({ cells, height, crossed }: LaidRow): void {
    for (const { text, look, x, width, height: own } of cells) {
      this.paper.draw(text, { ...look, x, width, y: this.y + (height - own) / 2 });
    }
    this.spans.push({ top: this.y, bottom: this.y + height, crossed });
    this.y += height;
    this.paper.line({ x: this.paper.left, y: this.y }, { x: this.right, y: this.y });
  }

  /** Upright lines through the part, left out where a text goes over several columns. */
  private rule(): void {
    this.paper.line({ x: this.paper.left, y: this.partTop }, { x: this.right, y: this.partTop });
    for (const [at, x] of this.edges.entries()) {
      let from = this.partTop;
      for (const { top, bottom, crossed } of this.spans) {
        if (!crossed.includes(at)) continue;
        if (top > from) this.paper.line({ x, y: from }, { x, y: top });
        from = bottom;
      }
      if (from < this.y) this.paper.line({ x, y: from }, { x, y: this.y });
    }
    this.spans = [];
  }
}
