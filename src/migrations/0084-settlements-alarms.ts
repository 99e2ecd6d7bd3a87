import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was refused at the door may alarm. */
export class SettlementsAlarms1764000000084 implements MigrationInterface {
  name = 'SettlementsAlarms1764000000084';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view notice_refusal_view as
        select bank, fault, hour, times, last_at from notice_refusal;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view notice_refusal_view`);
  }
}
