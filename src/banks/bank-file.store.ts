import type { Actor } from '../identity/index.js';
import type { Money } from '../kernel/index.js';
import { execute, one, type Tx } from '../platform/database/index.js';
import {
  incomingFileLifecycle,
  outgoingFileLifecycle,
  type BankFileState,
  type IncomingFileState,
  type OutgoingFileState,
} from './bank-file.lifecycle.js';
import type { PaymentOrder } from './bank-words.js';

/** What people and the system are called in a file's history. */
export type FileActor = Pick<Actor, 'kind' | 'id' | 'name'>;

export interface StoredContent {
  readonly fileName: string;
  readonly mediaType: string;
  readonly byteSize: number;
  /** Hex. */
  readonly sha256: string;
}

export interface NewOutgoingFile extends StoredContent {
  readonly id: string;
  readonly bank: string;
  readonly messageReference: string;
  readonly messageMadeAt: Date;
  readonly orderDigest: string;
  readonly paymentCount: number;
  readonly total: Money;
  readonly at: Date;
}

export async function insertOutgoing(tx: Tx, file: NewOutgoingFile): Promise<void> {
  await execute(
    tx,
    `insert into bank_file (id, bank_code, direction, state, file_name, media_type, byte_size, sha256, message_reference,
                            message_made_at, order_digest, payment_count, total_amount, currency, last_seen_at,
                            created_at)
     values ($1, $2, 'out', 'made', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
    [
      file.id,
      file.bank,
      file.fileName,
      file.mediaType,
      file.byteSize,
      file.sha256,
      file.messageReference,
      file.messageMadeAt,
      file.orderDigest,
      file.paymentCount,
      file.total.toString(),
      file.total.currency,
      file.at,
    ],
  );
}

/** The orders of an outgoing file, in one statement. */
export async function insertOrders(
  tx: Tx,
  fileId: string,
  orders: readonly PaymentOrder[],
): Promise<void> {
  await execute(
    tx,
    `insert into bank_file_order (file_id, position, reference, amount, currency, bank_bin, account_number, account_name, fund)
     select $1, o.position, o.reference, o.amount, o.currency, o.bin, o.account, o.name, o.fund
       from unnest($2::text[], $3::numeric[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
            with ordinality as o (reference, amount, currency, bin, account, name, fund, position)`,
    [
      fileId,
      orders.map((o) => o.reference),
      orders.map((o) => o.amount.toString()),
      orders.map((o) => o.amount.currency),
      orders.map((o) => o.bankBin),
      orders.map((o) => o.accountNumber),
      orders.map((o) => o.accountName),
      orders.map((o) => o.fund),
    ],
  );
}

export interface OutgoingFile extends StoredContent {
  readonly id: string;
  readonly state: OutgoingFileState;
}

/** The file that carries exactly these orders of a message, if it was made before. */
export function sameMessage(
  tx: Tx,
  message: { bank: string; messageReference: string; orderDigest: string },
): Promise<OutgoingFile | null> {
  return one<OutgoingFile>(
    tx,
    `select id, state, file_name as "fileName", media_type as "mediaType", byte_size::float8 as "byteSize", sha256
       from bank_file
      where bank_code = $1 and message_reference = $2 and order_digest = $3 and direction = 'out'
      order by id desc limit 1`,
    [message.bank, message.messageReference, message.orderDigest],
  );
}

/** When a message was made first, whatever it carried then; null for a new one. */
export async function messageMadeAt(
  tx: Tx,
  message: { bank: string; messageReference: string },
): Promise<Date | null> {
  const found = await one<{ at: Date }>(
    tx,
    `select message_made_at as at from bank_file
      where bank_code = $1 and message_reference = $2 and direction = 'out' order by id limit 1`,
    [message.bank, message.messageReference],
  );
  return found?.at ?? null;
}

/** Moves an outgoing file on; false when it is not where such a move begins. */
export function moveOutgoing(
  tx: Tx,
  move: {
    fileId: string;
    to: OutgoingFileState;
    at: Date;
    by: FileActor;
    remoteName?: string;
    note?: string;
    /** With `uploaded`: when, as the person says. */
    uploadedAt?: Date;
  },
): Promise<boolean> {
  return moveFile(tx, { ...move, from: outgoingFileLifecycle.before(move.to) });
}

/** How an outgoing file stands, and nobody moves it before the transaction ends. */
export async function lockOutgoing(tx: Tx, fileId: string): Promise<OutgoingFileState | null> {
  const found = await one<{ state: OutgoingFileState }>(
    tx,
    `select state from bank_file where id = $1 and direction = 'out' for update`,
    [fileId],
  );
  return found?.state ?? null;
}

export interface ReadAs {
  readonly kind: 'report' | 'statements' | 'nothing';
  readonly itemCount: number;
}

/** Ends the reading of an incoming file; false when somebody was quicker. */
export function endReading(
  tx: Tx,
  end: {
    fileId: string;
    to: Exclude<IncomingFileState, 'received'>;
    at: Date;
    by: FileActor;
    readAs?: ReadAs;
    why?: { vi: string; en: string };
    place?: string | null;
  },
): Promise<boolean> {
  return moveFile(tx, { ...end, from: incomingFileLifecycle.before(end.to) });
}

/** quarantined → received; false when it is not set aside. */
export function releaseQuarantined(
  tx: Tx,
  release: { fileId: string; at: Date; by: FileActor; note: string },
): Promise<boolean> {
  return moveFile(tx, { ...release, to: 'received', from: ['quarantined'] });
}

/** Whatever came of its reading → received: it is read as the answer to another message. */
export function readAnew(
  tx: Tx,
  anew: { fileId: string; at: Date; by: FileActor; note: string },
): Promise<boolean> {
  const to = 'received';
  return moveFile(tx, { ...anew, to, from: incomingFileLifecycle.before(to) });
}

async function moveFile(
  tx: Tx,
  move: {
    fileId: string;
    from: readonly BankFileState[];
    to: BankFileState;
    at: Date;
    by: FileActor;
    remoteName?: string;
    note?: string;
    uploadedAt?: Date;
    readAs?: ReadAs;
    why?: { vi: string; en: string };
    place?: string | null;
  },
): Promise<boolean> {
  const moved = await execute(
    tx,
    `with old as (select id, state from bank_file where id = $1 and state = any($2::text[]) for update),
     moved as (
       update bank_file f
          set state = $3, remote_name = coalesce($8, remote_name),
              delivered_at = case when $3 = 'delivered' then $4::timestamptz else delivered_at end,
              kind = coalesce($10, kind), item_count = coalesce($11, item_count),
              why_vi = coalesce($12, why_vi), why_en = coalesce($13, why_en), place = coalesce($14, place),
              uploaded_at = coalesce($15, uploaded_at)
         from old where f.id = old.id
       returning f.id, old.state as from_state)
     insert into bank_file_history (file_id, at, from_state, to_state, actor_kind, actor_id, actor_name, note)
     select id, $4, from_state, $3, $5, $6, $7, $9 from moved`,
    [
      move.fileId,
      move.from,
      move.to,
      move.at,
      move.by.kind,
      move.by.id,
      move.by.name,
      move.remoteName ?? null,
      move.note?.slice(0, 1000) ?? null,
      move.readAs?.kind ?? null,
      move.readAs?.itemCount ?? null,
      move.why?.vi ?? null,
      move.why?.en ?? null,
      move.place ?? null,
      move.uploadedAt ?? null,
    ],
  );
  return moved === 1;
}

/** The first line of a file's history. */
export async function beginHistory(
  tx: Tx,
  begun: { fileId: string; state: BankFileState; at: Date; by: FileActor; note?: string | null },
): Promise<void> {
  await execute(
    tx,
    `insert into bank_file_history (file_id, at, from_state, to_state, actor_kind, actor_id, actor_name, note)
     values ($1, $2, null, $3, $4, $5, $6, $7)`,
    [
      begun.fileId,
      begun.at,
      begun.state,
      begun.by.kind,
      begun.by.id,
      begun.by.name,
      begun.note ?? null,
    ],
  );
}

export async function insertChunk(
  tx: Tx,
  chunk: { fileId: string; chunkNo: number; bytes: Buffer },
): Promise<void> {
  await execute(tx, 'insert into bank_file_chunk (file_id, chunk_no, bytes) values ($1, $2, $3)', [
    chunk.fileId,
    chunk.chunkNo,
    chunk.bytes,
  ]);
}

/** Files whose delivery nobody came back from. Whether the bank has them is not known. */
export async function giveUpDelivering(
  tx: Tx,
  given: { before: Date; at: Date; by: FileActor },
): Promise<number> {
  return execute(
    tx,
    `with lost as (
       select f.id from bank_file f
        where f.state = 'delivering'
          and (select max(h.at) from bank_file_history h where h.file_id = f.id) < $1
        for update of f skip locked),
     moved as (update bank_file f set state = 'uncertain' from lost where f.id = lost.id returning f.id)
     insert into bank_file_history (file_id, at, from_state, to_state, actor_kind, actor_id, actor_name, note)
     select id, $2, 'delivering', 'uncertain', $3, $4, $5, 'the sender did not come back' from moved`,
    [given.before, given.at, given.by.kind, given.by.id, given.by.name],
  );
}
