import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each failed payment in a follow-up batch: a line, or left out and why. */
export class BatchesReissues1764000000051 implements MigrationInterface {
  name = 'BatchesReissues1764000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create view batch_reissue_view as
        select batch_id, reissue_of as payment_id, amount, null::text as left_out
          from batch_line where reissue_of is not null
        union all
        select batch_id, reissue_of, amount, reason
          from batch_exclusion where reissue_of is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop view batch_reissue_view`);
  }
}
