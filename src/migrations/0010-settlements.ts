import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Settlements1764000000010 implements MigrationInterface {
  name = 'Settlements1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
