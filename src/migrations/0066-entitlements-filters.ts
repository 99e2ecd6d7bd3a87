import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Entitlements by what lists are filtered by, each in the order of the list: whatever there is of a programme, period,
 * fund and kind in each state (in place of the index without fund and kind), and by commune.
 */
export class EntitlementsFilters1764000000066 implements MigrationInterface {
  name = 'EntitlementsFilters1764000000066';

  async up(runner: QueryRunner): Promise<void> {
    // With years of entitlements, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index entitlement_by_programme;
      create index entitlement_by_programme on entitlement (programme, period, fund, kind, state, id)
        include (commune_code, amount);
      create index entitlement_by_commune on entitlement (commune_code, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop index entitlement_by_commune, entitlement_by_programme;
      create index entitlement_by_programme
        on entitlement (programme, period, state, id) include (commune_code, amount);
    `);
  }
}
