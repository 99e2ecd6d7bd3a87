import { Inject, Injectable } from '@nestjs/common';
import { Clock, officeDate } from '../../kernel/index.js';
import { Database } from '../database/index.js';
import { mayLeaveFrom, monthsAhead } from './month.rules.js';
import { partsOf, strayed } from './part.store.js';
import { PARTITIONED_TABLES, type Part, type PartitionedTable } from './partitioned-table.js';

export interface TableInParts {
  readonly table: string;
  /** Each with the month from which on it may leave. */
  readonly parts: readonly (Part & { readonly mayLeaveFrom: string | null })[];
  /** How many months after this one have their parts; -1 when not even this one has. */
  readonly monthsAhead: number;
  /** Rows lie in the part for what fits in none. */
  readonly hasStrays: boolean;
}

/** How the tables in parts stand. */
@Injectable()
export class ViewParts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PARTITIONED_TABLES) private readonly tables: readonly PartitionedTable[],
  ) {}

  async all(): Promise<TableInParts[]> {
    const names = this.tables.map(({ table }) => table);
    const found = await partsOf(this.database.reader, names);
    const strays = await strayed(this.database.reader, names);
    const now = officeDate(this.clock.now()).slice(0, 7);
    return this.tables.map((of) => {
      const parts = found.filter(({ table }) => table === of.table);
      return {
        table: of.table,
        parts: parts.map((part) => ({ ...part, mayLeaveFrom: mayLeaveFrom(part, of) })),
        monthsAhead: monthsAhead(parts, now),
        hasStrays: strays.has(of.table),
      };
    });
  }
}
