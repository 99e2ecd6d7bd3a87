import { Global, Module, type DynamicModule } from '@nestjs/common';
import { ArchiveParts } from './archive-parts.js';
import { MakePartsAhead } from './jobs/make-parts-ahead.js';
import { MakeParts } from './make-parts.js';
import { PARTITIONED_TABLES, type PartitionedTable } from './partitioned-table.js';
import { PartitionsMetrics } from './partitions.metrics.js';
import { ViewParts } from './view-parts.js';

/** Events are news, not records: who wants to know what happened reads the histories. */
const OUTBOX: readonly PartitionedTable[] = [
  { table: 'outbox_delivery', keepMonths: 3, past: 'drop', needed: 'r.done_at is null' },
  {
    table: 'outbox_event',
    keepMonths: 3,
    past: 'drop',
    needed: 'exists (select 1 from outbox_delivery d where d.event_id = r.id)',
  },
];

/** Tables in parts, one for each month: made ahead, watched, and taken out when they are old. */
@Global()
@Module({})
export class PartitionsModule {
  /** `tables` of the modules, beside the platform's own; what is referred to after what refers to it. */
  static register(tables: readonly PartitionedTable[]): DynamicModule {
    return {
      module: PartitionsModule,
      providers: [
        { provide: PARTITIONED_TABLES, useValue: [...OUTBOX, ...tables] },
        MakeParts,
        ArchiveParts,
        ViewParts,
        MakePartsAhead,
        PartitionsMetrics,
      ],
      exports: [MakeParts, ArchiveParts, ViewParts],
    };
  }
}
