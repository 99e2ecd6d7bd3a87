import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody has taken on is found among what lives, however much was resolved before. */
export class AlertsByOwner1764000000054 implements MigrationInterface {
  name = 'AlertsByOwner1764000000054';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index alert_living on alert (id desc) where state <> 'resolved';
      create index alert_by_owner on alert (owner_id, id desc) where owner_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index alert_by_owner, alert_living`);
  }
}
