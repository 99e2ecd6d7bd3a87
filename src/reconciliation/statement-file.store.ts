import { execute, one, type Tx } from '../platform/database/index.js';

export interface KnownStatement {
  readonly statementRow: string;
  readonly reconciliationId: string | null;
}

/** The statement that these very bytes brought before. */
export function sameFile(
  tx: Tx,
  file: { bank: string; sha256: string },
): Promise<KnownStatement | null> {
  return one<KnownStatement>(
    tx,
    `select statement_row as "statementRow", reconciliation_id as "reconciliationId" from statement_file
      where bank = $1 and sha256 = $2`,
    [file.bank, file.sha256],
  );
}

/** The run that first looked at a statement. */
export async function runOf(tx: Tx, statementRow: string): Promise<string | null> {
  const found = await one<{ id: string }>(
    tx,
    'select id from reconciliation where statement_row = $1 order by id limit 1',
    [statementRow],
  );
  return found?.id ?? null;
}

export async function insertFile(
  tx: Tx,
  file: {
    id: string;
    bank: string;
    statementRow: string;
    reconciliationId: string;
    fileName: string;
    byteSize: number;
    sha256: string;
    by: { kind: string; id: string; name: string };
    at: Date;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into statement_file (id, bank, statement_row, reconciliation_id, file_name, byte_size, sha256, received_at,
                                 received_by_kind, received_by_id, received_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      file.id,
      file.bank,
      file.statementRow,
      file.reconciliationId,
      file.fileName,
      file.byteSize,
      file.sha256,
      file.at,
      file.by.kind,
      file.by.id,
      file.by.name,
    ],
  );
}

export async function insertFileChunk(
  tx: Tx,
  chunk: { fileId: string; chunkNo: number; bytes: Buffer },
): Promise<void> {
  await execute(
    tx,
    'insert into statement_file_chunk (file_id, chunk_no, bytes) values ($1, $2, $3)',
    [chunk.fileId, chunk.chunkNo, chunk.bytes],
  );
}
