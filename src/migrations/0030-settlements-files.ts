import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a bank said in a file is kept like a notice, in parts, each naming its file: so a file can be seen with what it did. */
export class SettlementsFiles1764000000030 implements MigrationInterface {
  name = 'SettlementsFiles1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table bank_notice add column file_id uuid references bank_file (id);
      create index bank_notice_by_file on bank_notice (file_id) where file_id is not null;
      create or replace view notice_item_view as
        select n.id as bank_notice_id, n.bank, n.notice_id, n.state, n.sent_at, n.received_at, n.applied_at,
               n.repeated, n.last_seen_at, i.position, i.reference, i.fact, i.why, i.reason_code, i.happened_at,
               i.sequence, i.amount, i.currency, i.result, i.payment_id, n.file_id
          from bank_notice n
          join notice_item i on i.bank_notice_id = n.id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view notice_item_view;
      create view notice_item_view as
        select n.id as bank_notice_id, n.bank, n.notice_id, n.state, n.sent_at, n.received_at, n.applied_at,
               n.repeated, n.last_seen_at, i.position, i.reference, i.fact, i.why, i.reason_code, i.happened_at,
               i.sequence, i.amount, i.currency, i.result, i.payment_id
          from bank_notice n
          join notice_item i on i.bank_notice_id = n.id;
      drop index bank_notice_by_file;
      alter table bank_notice drop column file_id;
    `);
  }
}
