import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The screen on the wall adds up by rail as well: the rail lies in the index by run beside the bank and the amount. */
export class PaymentsRailFigures1764000000080 implements MigrationInterface {
  name = 'PaymentsRailFigures1764000000080';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_by_run;
      create index payment_by_run on payment (run_id, state, id)
        include (commune_code, bank_code, rail, bank_bin, fund, reason_code, amount);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_by_run;
      create index payment_by_run on payment (run_id, state, id)
        include (commune_code, bank_code, bank_bin, fund, reason_code, amount);
    `);
  }
}
