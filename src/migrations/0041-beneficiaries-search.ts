import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What officers look people up by, among a million of them: the beginning of a name, and who has died. */
export class BeneficiariesSearch1764000000041 implements MigrationInterface {
  name = 'BeneficiariesSearch1764000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Folded names are plain letters; in byte order their beginnings can be looked up in any database.
      create index beneficiary_by_beginning on beneficiary (folded_name collate "C", id);
      create index beneficiary_deceased on beneficiary (folded_name, id) where deceased_on is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index beneficiary_by_beginning, beneficiary_deceased');
  }
}
