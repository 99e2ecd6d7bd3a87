import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a list that people carry was uploaded at the bank's portal, as the person who did it says. */
export class BanksHandOver1764000000029 implements MigrationInterface {
  name = 'BanksHandOver1764000000029';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table bank_file add column uploaded_at timestamptz,
        add constraint uploaded_at_a_time check ((state = 'uploaded') = (uploaded_at is not null));
      create or replace view bank_file_view as
        select id as file_id, bank_code, direction, state, file_name, media_type, byte_size, sha256, message_reference,
               message_made_at, payment_count, total_amount, currency, remote_name, delivered_at, kind, answers,
               item_count, times_seen, last_seen_at, why_vi, why_en, place, created_at, uploaded_at
          from bank_file;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view bank_file_view;
      create view bank_file_view as
        select id as file_id, bank_code, direction, state, file_name, media_type, byte_size, sha256, message_reference,
               message_made_at, payment_count, total_amount, currency, remote_name, delivered_at, kind, answers,
               item_count, times_seen, last_seen_at, why_vi, why_en, place, created_at
          from bank_file;
      alter table bank_file drop constraint uploaded_at_a_time, drop column uploaded_at;
    `);
  }
}
