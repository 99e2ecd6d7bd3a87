import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Batches1764000000007 implements MigrationInterface {
  name = 'Batches1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
