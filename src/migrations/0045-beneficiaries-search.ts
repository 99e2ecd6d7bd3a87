import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Payees by what an officer types, for the lists of later modules; the indexes are those of the register. */
export class BeneficiariesSearch1764000000045 implements MigrationInterface {
  name = 'BeneficiariesSearch1764000000045';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view payee_search_view as
        select id as beneficiary_id, personal_number, full_name, to_tsvector('simple', folded_name) as name_words
          from beneficiary;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop view payee_search_view');
  }
}
