import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A statement that came in a bank's file names the file and its place in it; each place is taken once. Statements may
 * be of one account only.
 */
export class ReconciliationFiles1764000000031 implements MigrationInterface {
  name = 'ReconciliationFiles1764000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which of several accounts of ours it speaks of alone; null when it speaks of all that we have at the bank.
      alter table statement add column account text check (char_length(account) between 1 and 64);
      create table statement_of_file (
        file_id uuid not null references bank_file (id),
        -- Its place in the file, from 1.
        part int not null check (part > 0),
        -- The statement that says it (an earlier one, when it said the very same), or why it could not be taken.
        statement_row uuid references statement (id),
        reconciliation_id uuid references reconciliation (id),
        failure text,
        new_entries int not null,
        repeated boolean not null,
        at timestamptz not null,
        primary key (file_id, part),
        constraint taken_or_why_not check ((statement_row is null) = (failure is not null))
      );
      create trigger statement_of_file_only_grows before update or delete or truncate on statement_of_file
        for each statement execute function refuse_change();
      create view statement_of_file_view as
        select file_id, part, statement_row, reconciliation_id, failure, new_entries, repeated, at
          from statement_of_file;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view statement_of_file_view;
      drop table statement_of_file;
      alter table statement drop column account;
    `);
  }
}
