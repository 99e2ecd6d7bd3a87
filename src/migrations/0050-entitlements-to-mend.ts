import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What failed and is still owed is found by its reason, however much was paid meanwhile. */
export class EntitlementsToMend1764000000050 implements MigrationInterface {
  name = 'EntitlementsToMend1764000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index entitlement_to_mend on entitlement (failed_code, id) include (beneficiary_id, state)
        where failed_code is not null and state in ('open', 'in_batch');
      -- What failed is mostly still open: taken for independent, few were expected and each was looked up alone.
      create statistics entitlement_failed_state (mcv) on failed_code, state from entitlement;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop statistics entitlement_failed_state; drop index entitlement_to_mend`);
  }
}
