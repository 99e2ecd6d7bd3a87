import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Cells of a checked list that an officer mended, and what the officers' pages look lists and entitlements up by.
 *
 * Promises kept here and not in code: corrections only grow, and each says what the cell held before; the file that
 * was sent is not touched by any of them.
 */
export class EntitlementsCorrections1764000000040 implements MigrationInterface {
  name = 'EntitlementsCorrections1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CORRECTIONS);
    await runner.query(LOOKUPS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index entitlement_by_decision, entitlement_ended_by_beneficiary, entitlement_import_by_content,
        entitlement_by_programme;
      create index entitlement_by_programme on entitlement (programme, period, state, id);
      drop table import_correction;
      alter table import_row drop column cells;
    `);
  }
}

const CORRECTIONS = `
  -- The cells as they were read, by column: {"H": ["text", "1,624"]}. Only of rows with something to mend; the
  -- values of any other row say the same.
  alter table import_row add column cells jsonb;

  create table import_correction (
    id uuid primary key,
    import_id uuid not null references entitlement_import (id),
    row_number int not null,
    field text not null,
    column_name text not null,
    cell text not null,
    -- Null: the cell was, or became, empty.
    was text,
    became text check (char_length(became) between 1 and 500),
    at timestamptz not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    constraint something_changed check (was is distinct from became)
  );
  create index import_correction_by_import on import_correction (import_id, id);
  create trigger import_correction_only_grows before update or delete on import_correction
    for each statement execute function refuse_change();
`;

const LOOKUPS = `
  create index entitlement_import_by_content on entitlement_import (content_sha256);
  -- As people type it: without case, and d for đ; the first parts of a number are enough.
  create index entitlement_by_decision
    on entitlement (translate(lower(decision_number collate "C"), 'đĐ', 'dd') text_pattern_ops, id);
  -- Living ones are found by entitlement_once.
  create index entitlement_ended_by_beneficiary on entitlement (beneficiary_id, id) where state = 'ended';
  -- Counted and summed by programme and period without the table.
  drop index entitlement_by_programme;
  create index entitlement_by_programme
    on entitlement (programme, period, state, id) include (commune_code, amount);
`;
