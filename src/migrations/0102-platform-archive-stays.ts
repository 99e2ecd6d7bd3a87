import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Parts come into the archive and stay: nothing is written there by its name (`archive.payment` has it since 0101). */
export class PlatformArchiveStays1764000000102 implements MigrationInterface {
  name = 'PlatformArchiveStays1764000000102';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      forEachTable(`execute format(
        'create trigger %I before insert or update or delete or truncate on archive.%I '
        'for each statement execute function refuse_change()', name || '_stays_archived', name);`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      forEachTable(
        `execute format('drop trigger %I on archive.%I', name || '_stays_archived', name);`,
      ),
    );
  }
}

const forEachTable = (act: string): string => `
  do $do$
  declare
    name text;
  begin
    foreach name in array array['payment_history', 'enquiry_answer', 'attempt', 'entitlement_history', 'notice_item',
                                'outbox_event', 'outbox_delivery'] loop
      ${act}
    end loop;
  end $do$;
`;
