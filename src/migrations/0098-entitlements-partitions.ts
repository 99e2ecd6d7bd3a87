import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth, type ByMonth } from './by-month.js';

/** The history of what is owed, by the month in which it was taken in. */
export class EntitlementsPartitions1764000000098 implements MigrationInterface {
  name = 'EntitlementsPartitions1764000000098';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(partitionByMonth(HISTORY));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(joinMonths(HISTORY));
  }
}

const HISTORY: ByMonth = {
  table: 'entitlement_history',
  key: 'entitlement_id',
  historyIndex: 'entitlement_history_by_entitlement',
};
