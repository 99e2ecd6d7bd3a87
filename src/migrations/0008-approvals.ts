import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Approvals1764000000008 implements MigrationInterface {
  name = 'Approvals1764000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
