import { Inject, Injectable } from '@nestjs/common';
import { Clock, officeDate } from '../../kernel/index.js';
import { Database, sqlStateOf } from '../database/index.js';
import { monthsMissing } from './month.rules.js';
import { addPart, addPartAndHome, alone, lookAtWhole, partsOf } from './part.store.js';
import { PARTITIONED_TABLES, type PartitionedTable } from './partitioned-table.js';

export interface MonthOfTable {
  readonly table: string;
  readonly month: string;
}

/** Rows of that month lie in the part for what fits in none already; of events that have deliveries, they stay there. */
const IN_THE_WAY = new Set(['23514', '23503']);

/** Makes the parts of this month and the next three; does nothing where they are there. Safe in many processes at once. */
@Injectable()
export class MakeParts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(PARTITIONED_TABLES) private readonly tables: readonly PartitionedTable[],
  ) {}

  /**
   * @param options.homeStrays moves rows that lie in the part for what fits in none into the months that are made; the table
   *   is locked meanwhile.
   * @returns what was made, and what could not be, because rows of that month are in the way.
   */
  async make(
    options: { homeStrays?: boolean } = {},
  ): Promise<{ made: MonthOfTable[]; blocked: MonthOfTable[] }> {
    const now = officeDate(this.clock.now()).slice(0, 7);
    const made: MonthOfTable[] = [];
    const blocked: MonthOfTable[] = [];
    for (const { table } of this.tables) {
      const parts = await partsOf(this.database.reader, [table]);
      let isNew = false;
      for (const month of monthsMissing(parts, now)) {
        const what = { table, month };
        const add = options.homeStrays === true ? addPartAndHome : addPart;
        const done = await this.makeOne(what, add);
        if (done !== 'there') (done === 'made' ? made : blocked).push(what);
        isNew ||= done === 'made';
      }
      if (isNew) await this.database.transaction((tx) => lookAtWhole(tx, table));
    }
    return { made, blocked };
  }

  /** Each in a transaction of its own: a lock on a table that is written to is held for one part only. */
  private async makeOne(
    what: MonthOfTable,
    add: typeof addPart,
  ): Promise<'made' | 'there' | 'blocked'> {
    try {
      return await this.database.transaction(async (tx) => {
        await alone(tx);
        const parts = await partsOf(tx, [what.table]);
        if (!monthsMissing(parts, what.month).includes(what.month)) return 'there';
        await add(tx, what);
        return 'made';
      });
    } catch (error) {
      if (!IN_THE_WAY.has(sqlStateOf(error) ?? '')) throw error;
      return 'blocked';
    }
  }
}
