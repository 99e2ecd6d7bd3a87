import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was known of the accounts of a batch's lines when it was proposed: figures that its signers see and that do
 * not change under them. Set with a proposal, gone with its return to draft; batches of before have none.
 */
export class BatchesAccountChecks1764000000023 implements MigrationInterface {
  name = 'BatchesAccountChecks1764000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
    await runner.query(viewWith('account_checks'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger batch_keeps_account_checks on batch;
      drop function batch_keeps_account_checks();
    `);
    // A view does not lose a column: whoever goes back keeps one that is always null.
    await runner.query(viewWith('null::jsonb as account_checks'));
    await runner.query(`alter table batch drop column account_checks`);
  }
}

const COLUMN = `
  alter table batch add column account_checks jsonb,
    add constraint a_draft_has_no_account_checks check (state <> 'draft' or account_checks is null);

  create function batch_keeps_account_checks() returns trigger language plpgsql as $$
  begin
    raise exception 'batch % is frozen while it is signed', old.id using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger batch_keeps_account_checks before update on batch for each row
    when (old.state = 'proposed' and new.state <> 'draft'
          and new.account_checks is distinct from old.account_checks)
    execute function batch_keeps_account_checks();
`;

const viewWith = (accountChecks: string): string => `
  create or replace view batch_view as
    select id as batch_id, number, programme, period, state, round, digest, line_count, total_amount, currency,
           prepared_by, proposed_by, proposed_at, approval_id, pay_on, follow_up_of, created_at, ${accountChecks}
      from batch;
`;
