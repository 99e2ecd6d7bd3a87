import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What reports add up lies in the index by run itself, in place of the narrower one: a month of a million payments is
 * summed without reading their rows, and a payment that moves writes no index more than before.
 */
export class PaymentsFigures1764000000060 implements MigrationInterface {
  name = 'PaymentsFigures1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_by_run;
      create index payment_by_run on payment (run_id, state)
        include (commune_code, bank_code, bank_bin, fund, reason_code, amount);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_by_run;
      create index payment_by_run on payment (run_id, state);
    `);
  }
}
