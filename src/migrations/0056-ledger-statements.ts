import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What went into an account of a fund and out of it is read page by page; the balances use the same index. */
export class LedgerStatements1764000000056 implements MigrationInterface {
  name = 'LedgerStatements1764000000056';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index ledger_entry_of_account on ledger_entry (fund, month, stage, id) include (amount);
      drop index ledger_entry_by_account;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index ledger_entry_by_account on ledger_entry (fund, month, stage) include (amount);
      drop index ledger_entry_of_account;
    `);
  }
}
