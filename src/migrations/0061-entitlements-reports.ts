import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What reports ask of entitlements: lists that wait to be applied, who is owed for a period, and what is unpaid. */
export class EntitlementsReports1764000000061 implements MigrationInterface {
  name = 'EntitlementsReports1764000000061';

  async up(runner: QueryRunner): Promise<void> {
    // With years of entitlements, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      create index entitlement_import_checked on entitlement_import (checked_at) where state = 'checked';
      create index entitlement_by_period on entitlement (period, commune_code, beneficiary_id)
        include (state, programme) where state <> 'ended';
      create index entitlement_unpaid on entitlement (period, commune_code, id) where state in ('open', 'in_batch');

      create view checked_import_view as
        select id as import_id, sender, declared_programme, declared_period, good_rows, bad_rows, good_amount,
               jsonb_array_length(blocks) > 0 as is_blocked, checked_at
          from entitlement_import where state = 'checked';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view checked_import_view;
      drop index entitlement_unpaid;
      drop index entitlement_by_period;
      drop index entitlement_import_checked;
    `);
  }
}
