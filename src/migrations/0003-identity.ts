import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Identity1764000000003 implements MigrationInterface {
  name = 'Identity1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
