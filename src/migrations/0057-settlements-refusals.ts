import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often messages that claimed to be a bank's were refused at the door, by the hour and the fault. Nothing of such a
 * message is kept: a flood of forged ones makes one row an hour, and a figure in it.
 */
export class SettlementsRefusals1764000000057 implements MigrationInterface {
  name = 'SettlementsRefusals1764000000057';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notice_refusal (
        bank text not null check (char_length(bank) between 1 and 31),
        fault text not null check (fault in ('signature', 'replay-window', 'malformed', 'too-large')),
        hour timestamptz not null,
        times bigint not null check (times > 0),
        last_at timestamptz not null,
        primary key (hour, bank, fault)
      )`);
    // What came more than once is looked for by itself.
    await runner.query(`create index bank_notice_repeated on bank_notice (id) where repeated > 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index bank_notice_repeated`);
    await runner.query(`drop table notice_refusal`);
  }
}
