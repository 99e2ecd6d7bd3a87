import { Injectable } from '@nestjs/common';
import { Money, type CurrencyCode } from '../kernel/index.js';
import { Database, one, rows, type Tx } from '../platform/database/index.js';
import type { BankFileState } from './bank-file.lifecycle.js';
import type { SentFiles, SentOrder } from './file-contract.js';

export interface BankFileRow {
  id: string;
  bank: string;
  direction: 'out' | 'in';
  state: BankFileState;
  fileName: string;
  mediaType: string;
  byteSize: number;
  sha256: string;
  messageReference: string | null;
  paymentCount: number | null;
  total: string | null;
  currency: string | null;
  remoteName: string | null;
  deliveredAt: Date | null;
  /** Of a list that people carry: when it was uploaded, as the person says who did it. */
  uploadedAt: Date | null;
  kind: 'report' | 'statements' | 'nothing' | null;
  answers: string | null;
  itemCount: number | null;
  timesSeen: number;
  lastSeenAt: Date;
  whyVi: string | null;
  whyEn: string | null;
  place: string | null;
  createdAt: Date;
}

export interface BankFileMove {
  at: Date;
  from: BankFileState | null;
  to: BankFileState;
  actorKind: string;
  actorName: string;
  note: string | null;
}

const COLUMNS = `
  f.file_id as id, f.bank_code as bank, f.direction, f.state, f.file_name as "fileName", f.media_type as "mediaType",
  f.byte_size::float8 as "byteSize", f.sha256, f.message_reference as "messageReference",
  f.payment_count as "paymentCount", f.total_amount::text as total, f.currency, f.remote_name as "remoteName",
  f.delivered_at as "deliveredAt", f.uploaded_at as "uploadedAt", f.kind, f.answers, f.item_count as "itemCount", f.times_seen as "timesSeen",
  f.last_seen_at as "lastSeenAt", f.why_vi as "whyVi", f.why_en as "whyEn", f.place, f.created_at as "createdAt"`;

/** Bytes of a file come from the database in pieces of this many chunks. */
const CHUNKS_AT_ONCE = 8;

/** Files to and from banks, as they were kept. */
@Injectable()
export class BankFileReads {
  constructor(private readonly database: Database) {}

  find(id: string): Promise<BankFileRow | null> {
    return one<BankFileRow>(
      this.database.reader,
      `select ${COLUMNS} from bank_file_view f where f.file_id = $1`,
      [id],
    );
  }

  /** The latest first. */
  list(given: {
    bank: string | null;
    direction: 'out' | 'in' | null;
    state: BankFileState | null;
    before: string | null;
    limit: number;
  }): Promise<BankFileRow[]> {
    return rows<BankFileRow>(
      this.database.reader,
      `select ${COLUMNS} from bank_file_view f
        where ($1::text is null or f.bank_code = $1) and ($2::text is null or f.direction = $2)
          and ($3::text is null or f.state = $3) and ($4::uuid is null or f.file_id < $4)
        order by f.file_id desc limit $5`,
      [given.bank, given.direction, given.state, given.before, given.limit],
    );
  }

  moves(fileId: string): Promise<BankFileMove[]> {
    return rows<BankFileMove>(
      this.database.reader,
      `select at, from_state as "from", to_state as "to", actor_kind as "actorKind", actor_name as "actorName", note
         from bank_file_history_view where file_id = $1 order by history_id`,
      [fileId],
    );
  }

  /** Its bytes, a few pieces at a time. */
  async *content(fileId: string): AsyncGenerator<Buffer> {
    for (let next = 0; ;) {
      const found = await rows<{ bytes: Buffer }>(
        this.database.reader,
        `select bytes from bank_file_chunk where file_id = $1 and chunk_no >= $2 order by chunk_no limit $3`,
        [fileId, next, CHUNKS_AT_ONCE],
      );
      for (const { bytes } of found) yield bytes;
      if (found.length < CHUNKS_AT_ONCE) return;
      next += found.length;
    }
  }

  /** Received files that nobody has read since `before`: their ring was lost. */
  async leftUnread(given: { before: Date; limit: number }): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.database.reader,
      `select id from bank_file where state = 'received' and created_at < $1 order by created_at limit $2`,
      [given.before, given.limit],
    );
    return found.map(({ id }) => id);
  }

  /** Of these references, the state of the latest file that carries each. */
  async filesOf(
    tx: Tx,
    given: { bank: string; references: readonly string[] },
  ): Promise<Map<string, { fileId: string; state: BankFileState }>> {
    const found = await rows<{ reference: string; fileId: string; state: BankFileState }>(
      tx,
      `select distinct on (o.reference) o.reference, f.id as "fileId", f.state
         from bank_file_order o join bank_file f on f.id = o.file_id
        where o.reference = any($2::text[]) and f.bank_code = $1
        order by o.reference, f.id desc`,
      [given.bank, given.references],
    );
    return new Map(found.map(({ reference, fileId, state }) => [reference, { fileId, state }]));
  }

  /** What was sent to a bank, for whoever reads its answers. */
  sentTo(bank: string): SentFiles {
    const tx = this.database.reader;
    return {
      orders: (messageReference) => ordersOf(tx, { bank, messageReference }),
      madeAt: (messageReference) => madeAtOf(tx, { bank, messageReference }),
      recent: ({ since, limit }) => recentMessages(tx, { bank, since, limit }),
    };
  }
}

async function ordersOf(
  tx: Tx,
  message: { bank: string; messageReference: string },
): Promise<SentOrder[] | null> {
  const found = await rows<Omit<SentOrder, 'amount'> & { amount: string; currency: CurrencyCode }>(
    tx,
    `select o.position, o.reference, o.amount, o.currency, o.bank_bin as "bankBin",
            o.account_number as "accountNumber", o.account_name as "accountName", o.fund
       from bank_file_order o
      where o.file_id = (select id from bank_file
                          where bank_code = $1 and message_reference = $2 and direction = 'out' and state <> 'void'
                          order by id desc limit 1)
      order by o.position`,
    [message.bank, message.messageReference],
  );
  if (found.length === 0) return null;
  return found.map(({ amount, currency, ...order }) => ({
    ...order,
    amount: Money.of(amount, currency),
  }));
}

async function madeAtOf(
  tx: Tx,
  message: { bank: string; messageReference: string },
): Promise<Date | null> {
  const found = await one<{ madeAt: Date }>(
    tx,
    `select min(message_made_at) as "madeAt" from bank_file
      where bank_code = $1 and message_reference = $2 and direction = 'out' and state <> 'void'
     having count(*) > 0`,
    [message.bank, message.messageReference],
  );
  return found?.madeAt ?? null;
}

async function recentMessages(
  tx: Tx,
  given: { bank: string; since: Date; limit: number },
): Promise<string[]> {
  const found = await rows<{ reference: string }>(
    tx,
    `select message_reference as reference from bank_file
      where bank_code = $1 and direction = 'out' and state <> 'void' and created_at >= $2
      group by message_reference order by max(created_at) desc limit $3`,
    [given.bank, given.since, given.limit],
  );
  return found.map(({ reference }) => reference);
}
