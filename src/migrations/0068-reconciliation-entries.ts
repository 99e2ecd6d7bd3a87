import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries by the statement that brought them, in the order in which they are read, with what is added up of them. */
export class ReconciliationEntries1764000000068 implements MigrationInterface {
  name = 'ReconciliationEntries1764000000068';

  async up(runner: QueryRunner): Promise<void> {
    // With years of entries, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      create index statement_entry_by_statement on statement_entry (statement_row, booked_at, id)
        include (bucket, amount);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index statement_entry_by_statement`);
  }
}
