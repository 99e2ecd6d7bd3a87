import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth, type ByMonth } from './by-month.js';

/**
 * What banks said of each payment, by the month of the notice. The notices themselves stay in one: that a bank's id is one
 * notice must hold over all months, and a key of a table in parts holds in its part only.
 */
export class SettlementsPartitions1764000000099 implements MigrationInterface {
  name = 'SettlementsPartitions1764000000099';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(partitionByMonth(ITEMS));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(joinMonths(ITEMS));
  }
}

const ITEMS: ByMonth = { table: 'notice_item', key: 'bank_notice_id' };
