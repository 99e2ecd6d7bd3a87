import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Audit1764000000002 implements MigrationInterface {
  name = 'Audit1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
