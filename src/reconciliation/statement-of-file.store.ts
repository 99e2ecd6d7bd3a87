import { execute, one, rows, type Tx } from '../platform/database/index.js';

/** Which places of a file were taken before. */
export async function partsTaken(tx: Tx, fileId: string): Promise<Set<number>> {
  const found = await rows<{ part: number }>(
    tx,
    'select part from statement_of_file where file_id = $1',
    [fileId],
  );
  return new Set(found.map(({ part }) => part));
}

export interface TakenPart {
  readonly fileId: string;
  readonly part: number;
  readonly statementRow: string | null;
  readonly reconciliationId: string | null;
  readonly failure: string | null;
  readonly newEntries: number;
  readonly repeated: boolean;
  readonly at: Date;
}

/** Notes what became of one place of a file; false when somebody was quicker. */
export async function notePart(tx: Tx, taken: TakenPart): Promise<boolean> {
  const noted = await execute(
    tx,
    `insert into statement_of_file (file_id, part, statement_row, reconciliation_id, failure, new_entries, repeated, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      taken.fileId,
      taken.part,
      taken.statementRow,
      taken.reconciliationId,
      taken.failure?.slice(0, 1000) ?? null,
      taken.newEntries,
      taken.repeated,
      taken.at,
    ],
  );
  return noted === 1;
}

/** One taker of a file at a time. */
export async function lockFile(tx: Tx, fileId: string): Promise<void> {
  await one(tx, `select pg_advisory_xact_lock(hashtextextended('statement file ' || $1, 0))`, [
    fileId,
  ]);
}
