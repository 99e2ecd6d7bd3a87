import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What moved on a few days is found by the days, over all banks; the runs over them as well. */
export class ReconciliationDays1764000000053 implements MigrationInterface {
  name = 'ReconciliationDays1764000000053';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index statement_entry_by_day on statement_entry (booked_at, bank) include (bucket);
      create index reconciliation_by_days on reconciliation (to_date, from_date);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index reconciliation_by_days, statement_entry_by_day`);
  }
}
