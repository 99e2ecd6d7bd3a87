import type { Tx } from '../platform/database/index.js';
import { listErrors, type ErrorKey, type ErrorView } from './import-row.read.js';

const ERRORS_PER_PAGE = 1_000;

/** The errors of a list beside its rows, read forward together so that neither is held whole. */
export class ErrorsByRow {
  private page: ErrorView[] = [];
  private at = 0;
  private after: ErrorKey | null = null;
  private ended = false;

  constructor(
    private readonly tx: Tx,
    private readonly importId: string,
  ) {}

  /** Errors of that row. Rows are asked for in rising order; one passed over is gone. */
  async of(row: number): Promise<ErrorView[]> {
    const found: ErrorView[] = [];
    for (let next = await this.peek(); next && next.row <= row; next = await this.peek()) {
      if (next.row === row) found.push(next);
      this.at += 1;
    }
    return found;
  }

  /** All that are left; for lists that are small enough. */
  async all(): Promise<ErrorView[]> {
    const found: ErrorView[] = [];
    for (let next = await this.peek(); next; next = await this.peek()) {
      found.push(next);
      this.at += 1;
    }
    return found;
  }

  private async peek(): Promise<ErrorView | null> {
    if (this.at >= this.page.length && !this.ended) {
      const { tx, importId, after } = this;
      const found = await listErrors(tx, { importId, after, limit: ERRORS_PER_PAGE });
      this.page = found.slice(0, ERRORS_PER_PAGE);
      this.ended = found.length <= ERRORS_PER_PAGE;
      const last = this.page.at(-1);
      if (last) this.after = { row: last.row, id: last.id };
      this.at = 0;
    }
    return this.page[this.at] ?? null;
  }
}
