import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was cancelled, for the lists of payments: few among millions. The other ends and doubts have theirs. */
export class PaymentsLists1764000000046 implements MigrationInterface {
  name = 'PaymentsLists1764000000046';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index payment_cancelled on payment (id) where state = 'cancelled'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index payment_cancelled');
  }
}
