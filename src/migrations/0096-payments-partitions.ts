import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth, type ByMonth } from './by-month.js';

/**
 * What grows with every payment, by month. The history of a payment and what a bank said of it lie in the month in which
 * the payment was born, so that who asks about a payment looks into one part only.
 */
export class PaymentsPartitions1764000000096 implements MigrationInterface {
  name = 'PaymentsPartitions1764000000096';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(partitionByMonth(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(joinMonths(table));
  }
}

// Who refers before who is referred to: PostgreSQL 18 cannot attach a part that refers to a table in parts.
const TABLES: readonly ByMonth[] = [
  { table: 'payment_history', key: 'payment_id', historyIndex: 'payment_history_by_payment' },
  { table: 'enquiry_answer', key: 'payment_id' },
  { table: 'attempt', key: 'id' },
];
