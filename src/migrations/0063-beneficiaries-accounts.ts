import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts over time without their numbers: who had one on which day, and whether it was verified. */
export class BeneficiariesAccounts1764000000063 implements MigrationInterface {
  name = 'BeneficiariesAccounts1764000000063';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view account_time_view as
        select id as account_id, beneficiary_id, bank_bin, valid_from, replaced_at, verified_at, verified_how
          from payment_account;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop view account_time_view');
  }
}
