import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments by what lists are filtered by, each in the order of the list, so that a page costs the same among a million:
 * the index by run in the order of ids within each state (it carries what reports add up as before), by commune, by
 * the reason of what failed; and since when a bank has carried messages. A payment that moves writes one index more.
 */
export class PaymentsFilters1764000000065 implements MigrationInterface {
  name = 'PaymentsFilters1764000000065';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_by_run;
      create index payment_by_run on payment (run_id, state, id)
        include (commune_code, bank_code, bank_bin, fund, reason_code, amount);
      create index payment_by_commune on payment (commune_code, id);
      create index payment_by_reason on payment (reason_code, id) where reason_code is not null;
      create index submission_by_bank on submission (bank_code, id);
      create index payment_run_by_period on payment_run (period, programme, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index payment_run_by_period, submission_by_bank, payment_by_reason, payment_by_commune, payment_by_run;
      create index payment_by_run on payment (run_id, state)
        include (commune_code, bank_code, bank_bin, fund, reason_code, amount);
    `);
  }
}
