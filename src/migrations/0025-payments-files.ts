import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Messages that are delivered now and answered later: an attempt may end as `delivered`, and a doubt knows until when
 * the bank's answer is not even due.
 */
export class PaymentsFiles1764000000025 implements MigrationInterface {
  name = 'PaymentsFiles1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table payment add column answer_due_at timestamptz;
      alter table attempt drop constraint attempt_outcome_check;
      alter table attempt add constraint attempt_outcome_check check (
        outcome in ('answered', 'delivered', 'partly', 'not-sent', 'unknown', 'lost'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table attempt drop constraint attempt_outcome_check;
      alter table attempt add constraint attempt_outcome_check check (
        outcome in ('answered', 'partly', 'not-sent', 'unknown', 'lost'));
      alter table payment drop column answer_due_at;
    `);
  }
}
