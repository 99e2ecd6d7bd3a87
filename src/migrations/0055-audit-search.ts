import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trail is searched by time, and by what a person did of one kind, over millions of entries. */
export class AuditSearch1764000000055 implements MigrationInterface {
  name = 'AuditSearch1764000000055';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index audit_entry_by_time on audit_entry (at, id);
      create index audit_entry_by_actor_and_action on audit_entry (actor_id, action, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index audit_entry_by_time;
      drop index audit_entry_by_actor_and_action;
    `);
  }
}
