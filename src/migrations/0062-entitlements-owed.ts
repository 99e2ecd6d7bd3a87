import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is owed what, without the person: what reports count by the hundred thousand is read from indexes alone. */
export class EntitlementsOwed1764000000062 implements MigrationInterface {
  name = 'EntitlementsOwed1764000000062';

  async up(runner: QueryRunner): Promise<void> {
    // With years of entitlements, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index entitlement_by_period;
      create index entitlement_by_period on entitlement (period, commune_code, beneficiary_id)
        include (state, programme, authorised_until) where state <> 'ended';

      create view owed_view as
        select id as entitlement_id, beneficiary_id, programme, period, kind, amount, currency, fund, commune_code,
               state, batch_id, failed_code, authorised_until, created_at
          from entitlement;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop view owed_view;
      drop index entitlement_by_period;
      create index entitlement_by_period on entitlement (period, commune_code, beneficiary_id)
        include (state, programme) where state <> 'ended';
    `);
  }
}
