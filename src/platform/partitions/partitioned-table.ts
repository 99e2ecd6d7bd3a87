/** A table in parts, one for each month; the migration that made it so is of the module that owns it. */
export interface PartitionedTable {
  readonly table: string;
  /** So many months after its own a part may leave. */
  readonly keepMonths: number;
  /** Where to: into the schema `archive`, or away for good. */
  readonly past: 'archive' | 'drop';
  /** SQL about a row `r` that is still needed: while a part holds one, it stays however old it is. */
  readonly needed?: string;
}

/** What a part is for. */
export interface Part {
  readonly table: string;
  readonly name: string;
  /** The first month in it (`2026-11`); null of the oldest part, which begins with time. */
  readonly from: string | null;
  /** The month with which the next one begins; null of the part for what fits in none. */
  readonly upTo: string | null;
  readonly bytes: number;
  /** As PostgreSQL last estimated. */
  readonly rows: number;
}

/** Every table in parts, with what is referred to after what refers to it. */
export const PARTITIONED_TABLES = Symbol('PARTITIONED_TABLES');
