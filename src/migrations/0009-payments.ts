import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Payments1764000000009 implements MigrationInterface {
  name = 'Payments1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('select 1');
  }
}
