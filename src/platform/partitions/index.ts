export { ArchiveParts, type ArchiveOrder, type LeavingPart } from './archive-parts.js';
export { MakeParts, type MonthOfTable } from './make-parts.js';
export { PARTITIONED_TABLES, type Part, type PartitionedTable } from './partitioned-table.js';
export { PartitionsModule } from './partitions.module.js';
export { ViewParts, type TableInParts } from './view-parts.js';
