import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every verification of the chain and its result: the last one may alarm. It only grows. */
export class AuditVerifications1764000000086 implements MigrationInterface {
  name = 'AuditVerifications1764000000086';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table audit_verification (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        checked bigint not null check (checked >= 0),
        head_seq bigint not null,
        head_hash char(64) not null,
        -- Null when the chain was whole.
        reason text,
        seq bigint
      );
      create trigger audit_verification_only_grows before update or delete or truncate on audit_verification
        for each statement execute function refuse_change();
      create view audit_verification_view as
        select id as verification_id, at, checked, reason, seq from audit_verification;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view audit_verification_view;
      drop table audit_verification;
    `);
  }
}
