import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A line that none of a bank's rails carries (it is too much, or too little) is left out of a batch, and says so. */
export class BatchesRails1764000000026 implements MigrationInterface {
  name = 'BatchesRails1764000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(reasons([...BEFORE, 'no_rail']));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(reasons(BEFORE));
  }
}

const BEFORE = [
  'no_account',
  'no_route',
  'held',
  'deceased',
  'ended',
  'recipient_expired',
  'failed_before',
  'over_ceiling',
  'in_another_batch',
  'already_paid',
  'removed',
];

const reasons = (allowed: readonly string[]): string => `
  alter table batch_exclusion drop constraint batch_exclusion_reason_check,
    add constraint batch_exclusion_reason_check check (reason in (${allowed.map((r) => `'${r}'`).join(', ')}))`;
