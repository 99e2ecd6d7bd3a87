import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Reconciliation1764000000011 implements MigrationInterface {
  name = 'Reconciliation1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
