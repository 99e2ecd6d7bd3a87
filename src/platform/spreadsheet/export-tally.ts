import { Money } from '../../kernel/index.js';
import type { ExportColumn } from './export-shape.js';

/** Adds up what is added up; money exactly. */
export class ExportTally<R> {
  private rows = 0;
  private readonly sums: (bigint | null)[];

  constructor(private readonly columns: readonly ExportColumn<R>[]) {
    this.sums = columns.map(({ kind, adds = kind === 'money' }) => (adds ? 0n : null));
  }

  add(row: R): void {
    this.rows += 1;
    this.columns.forEach(({ value }, at) => {
      const sum = this.sums[at];
      const given = value(row);
      if (sum === null || sum === undefined || given === null || given === undefined) return;
      this.sums[at] = sum + BigInt(Money.of(String(given)).toString());
    });
  }

  get count(): number {
    return this.rows;
  }

  /** By column; null where nothing is added up. */
  get totals(): readonly (string | null)[] {
    return this.sums.map((sum) => (sum === null ? null : String(sum)));
  }
}
