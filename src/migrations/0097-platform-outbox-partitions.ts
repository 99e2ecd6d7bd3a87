import type { MigrationInterface, QueryRunner } from 'typeorm';
import { joinMonths, partitionByMonth, type ByMonth } from './by-month.js';

/** Events and their deliveries, by the month of the event. */
export class PlatformOutboxPartitions1764000000097 implements MigrationInterface {
  name = 'PlatformOutboxPartitions1764000000097';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(partitionByMonth(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(joinMonths(table));
  }
}

// Who refers before who is referred to: PostgreSQL 18 cannot attach a part that refers to a table in parts.
const TABLES: readonly ByMonth[] = [
  { table: 'outbox_delivery', key: 'event_id' },
  { table: 'outbox_event', key: 'id' },
];
