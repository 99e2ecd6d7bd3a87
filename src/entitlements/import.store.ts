import { createHash } from 'node:crypto';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Meaning } from './list.columns.js';
import type { MovedBy } from './entitlement.store.js';

/** What an office says of a list it sends. */
export interface Declaration {
  readonly sender: string;
  readonly programme: string | null;
  readonly period: string | null;
  /** Own headings (as compared) and the fields they mean. */
  readonly headings: Readonly<Record<string, Meaning>>;
  readonly controlRows: number | null;
  /** Whole đồng, plain digits. */
  readonly controlTotal: string | null;
  readonly controlByCommune: Readonly<Record<string, string>> | null;
}

export interface NewImport extends Declaration {
  readonly id: string;
  readonly fileName: string;
  readonly format: string;
  readonly byteSize: number;
  readonly contentSha256: string;
  readonly at: Date;
  readonly by: MovedBy;
}

/** Content and declaration together: the same twice is one import. */
export function identityOf(contentSha256: string, declaration: Declaration): string {
  const sorted = (record: Readonly<Record<string, string>> | null): unknown =>
    record === null ? null : Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(
      JSON.stringify([
        contentSha256,
        declaration.programme,
        declaration.period,
        sorted(declaration.headings),
        declaration.controlRows,
        declaration.controlTotal,
        sorted(declaration.controlByCommune),
      ]),
    )
    .digest('hex');
}

/** The living import of the same content: applied under the same programme and period, or declared alike. */
export async function findSame(tx: Tx, list: NewImport): Promise<string | null> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from entitlement_import
      where (identity_sha256 = $1 and state <> 'refused')
         or (content_sha256 = $2 and state = 'applied'
             and declared_programme is not distinct from $3 and declared_period is not distinct from $4)
      order by received_at limit 1`,
    [identityOf(list.contentSha256, list), list.contentSha256, list.programme, list.period],
  );
  return found[0]?.id ?? null;
}

/** Writes the import; false when the same one has arrived in the meantime. */
export async function insertImport(tx: Tx, list: NewImport): Promise<boolean> {
  const inserted = await execute(
    tx,
    `insert into entitlement_import
       (id, sender, file_name, format, byte_size, content_sha256, identity_sha256, declared_programme,
        declared_period, headings, control_rows, control_total, control_by_commune,
        received_by_kind, received_by_id, received_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (identity_sha256) where state <> 'refused' do nothing`,
    [
      list.id,
      list.sender,
      list.fileName,
      list.format,
      list.byteSize,
      list.contentSha256,
      identityOf(list.contentSha256, list),
      list.programme,
      list.period,
      JSON.stringify(list.headings),
      list.controlRows,
      list.controlTotal,
      list.controlByCommune === null ? null : JSON.stringify(list.controlByCommune),
      list.by.kind,
      list.by.id,
      list.at,
    ],
  );
  if (inserted === 1) {
    await appendImportHistory(tx, {
      importId: list.id,
      from: null,
      to: 'received',
      at: list.at,
      by: list.by,
    });
  }
  return inserted === 1;
}

export async function appendImportHistory(
  tx: Tx,
  step: {
    importId: string;
    from: string | null;
    to: string;
    at: Date;
    by: MovedBy;
    detail?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into import_history
       (import_id, at, from_state, to_state, actor_kind, actor_id, actor_name, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      step.importId,
      step.at,
      step.from,
      step.to,
      step.by.kind,
      step.by.id,
      step.by.name,
      JSON.stringify(step.detail ?? {}),
    ],
  );
}

export async function insertFileChunk(
  tx: Tx,
  chunk: { importId: string; chunkNo: number; bytes: Buffer },
): Promise<void> {
  await execute(
    tx,
    'insert into import_file_chunk (import_id, chunk_no, bytes) values ($1, $2, $3)',
    [chunk.importId, chunk.chunkNo, chunk.bytes],
  );
}

/** The bytes that were sent, piece by piece. */
export async function* readFileChunks(tx: Tx, importId: string): AsyncGenerator<Buffer> {
  for (let chunkNo = 0; ; chunkNo += 1) {
    const chunk = await one<{ bytes: Buffer }>(
      tx,
      'select bytes from import_file_chunk where import_id = $1 and chunk_no = $2',
      [importId, chunkNo],
    );
    if (!chunk) return;
    yield chunk.bytes;
  }
}

export async function rememberHeadings(
  tx: Tx,
  remember: { sender: string; headings: Readonly<Record<string, Meaning>>; at: Date },
): Promise<void> {
  const headings = Object.keys(remember.headings);
  if (headings.length === 0) return;
  await execute(
    tx,
    `insert into sender_heading (sender, heading, field, remembered_at)
     select $1, heading, field, $4 from unnest($2::text[], $3::text[]) as h (heading, field)
     on conflict (sender, heading) do update set field = excluded.field, remembered_at = excluded.remembered_at`,
    [remember.sender, headings, Object.values(remember.headings), remember.at],
  );
}

export function headingsOfSender(
  tx: Tx,
  sender: string,
): Promise<{ heading: string; field: string }[]> {
  return rows(tx, 'select heading, field from sender_heading where sender = $1 order by heading', [
    sender,
  ]);
}

/** What was said of the columns of one list, beside what its sender is known for. */
export async function declaredHeadings(
  tx: Tx,
  importId: string,
): Promise<Readonly<Record<string, Meaning>>> {
  return (await importIsDeclaredAs(tx, importId))?.headings ?? {};
}

export function importIsDeclaredAs(
  tx: Tx,
  importId: string,
): Promise<Pick<Declaration, 'sender' | 'programme' | 'period' | 'headings'> | null> {
  return one(
    tx,
    `select sender, declared_programme as programme, declared_period as period, headings
       from entitlement_import where id = $1`,
    [importId],
  );
}
