import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists that could not be read and were refused for it, and whether their sender has sent a better one since. */
export class EntitlementsAlarms1764000000085 implements MigrationInterface {
  name = 'EntitlementsAlarms1764000000085';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index entitlement_import_refused on entitlement_import (refused_at) where state = 'refused';
      create view refused_import_view as
        select i.id as import_id, i.sender, i.refused_at,
               exists (select 1 from entitlement_import n
                        where n.sender = i.sender and n.received_at > i.received_at
                          and n.state in ('checked', 'applied')
                          and n.declared_programme is not distinct from i.declared_programme
                          and n.declared_period is not distinct from i.declared_period) as came_again
          from entitlement_import i
         where i.state = 'refused' and i.refusal ->> 'code' <> 'entitlements.refused-by-officer';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view refused_import_view;
      drop index entitlement_import_refused;
    `);
  }
}
