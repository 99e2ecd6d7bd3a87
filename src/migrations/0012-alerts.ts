import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Alerts1764000000012 implements MigrationInterface {
  name = 'Alerts1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
