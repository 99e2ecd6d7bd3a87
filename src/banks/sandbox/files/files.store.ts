import type { Books, BooksStore } from '../books.store.js';
import type { PlannedFile } from './report.rules.js';
import type { OrderFile } from './read-orders.js';
import { ledgerOf } from './ledgers.js';

export interface Arrived {
  readonly bank: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly at: Date;
}

/** `new`: to be taken in, or to be gone on with after a stop; `taken`: only to be put away; `duplicate`: came before. */
export type Standing = 'new' | 'taken' | 'duplicate';

/** Enters a message under its id, once for ever; says how it stands. */
export async function enterMessage(
  books: Books,
  arrived: Arrived,
  file: OrderFile,
): Promise<Standing> {
  const { bank, fileName, sha256, at } = arrived;
  await books.query(
    `insert into file_message (bank, message_id, file_name, sha256, count, total, received_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [bank, file.messageId, fileName, sha256, file.count, file.total, at],
  );
  const { rows } = await books.query<{ same: boolean; done: boolean; archived: boolean }>(
    `select file_name = $3 and sha256 = $4 as same, done_at is not null as done, archived_at is not null as archived
     from file_message where bank = $1 and message_id = $2 for update`,
    [bank, file.messageId, fileName, sha256],
  );
  const [known] = rows;
  if (!known?.same || known.archived) return 'duplicate';
  return known.done ? 'taken' : 'new';
}

/** Enters the orders of a message. @returns blocks with an order that another account was to pay before. */
export async function enterOrders(
  books: Books,
  given: { bank: string; file: OrderFile },
): Promise<Set<string>> {
  const { bank, file } = given;
  const orders = file.blocks.flatMap((block) =>
    block.fault
      ? []
      : block.orders.map(({ reference }) => ({
          reference,
          block: block.id,
          ledger: ledgerOf(bank, block.debtorAccount),
        })),
  );
  const rows = JSON.stringify(orders.map((order, at) => ({ ...order, position: at + 1 })));
  const RECORDS = `jsonb_to_recordset($2::jsonb) as new (reference text, block text, ledger text, position int)`;
  await books.query(
    `insert into file_order (bank, reference, message_id, block_id, ledger, position)
     select $1, reference, $3, block, ledger, position from ${RECORDS} on conflict do nothing`,
    [bank, rows, file.messageId],
  );
  const { rows: elsewhere } = await books.query<{ block: string }>(
    `select distinct new.block from ${RECORDS} join file_order before
       on before.bank = $1 and before.reference = new.reference and before.ledger <> new.ledger`,
    [bank, rows],
  );
  return new Set(elsewhere.map(({ block }) => block));
}

/** The message is taken in, with what is to be said of it. */
export async function finishMessage(
  books: Books,
  given: { bank: string; messageId: string; at: Date },
): Promise<void> {
  await books.query(
    'update file_message set done_at = $3 where bank = $1 and message_id = $2 and done_at is null',
    [given.bank, given.messageId, given.at],
  );
}

export async function noteArchived(
  store: BooksStore,
  given: { bank: string; fileName: string; sha256: string; at: Date },
): Promise<void> {
  await store.read(
    `update file_message set archived_at = $4
     where bank = $1 and file_name = $2 and sha256 = $3 and done_at is not null and archived_at is null`,
    [given.bank, given.fileName, given.sha256, given.at],
  );
}

/** A name is used once: the same report planned again after a stop is the report that was planned. */
export async function planFiles(
  books: Books,
  given: { bank: string; files: readonly PlannedFile[]; at: Date },
): Promise<void> {
  for (const { name, content, afterMs } of given.files) {
    await books.query(
      `insert into report (bank, name, content, due_at) values ($1, $2, $3, $4) on conflict do nothing`,
      [given.bank, name, Buffer.from(content), new Date(given.at.getTime() + afterMs)],
    );
  }
}

export interface DueFile {
  readonly id: string;
  readonly bank: string;
  readonly name: string;
  readonly content: Buffer;
}

export async function filesDue(
  store: BooksStore,
  given: { now: Date; limit: number; newestFirst: boolean },
): Promise<DueFile[]> {
  const direction = given.newestFirst ? 'desc' : 'asc';
  return store.read<DueFile>(
    `select id::text, bank, name, content from report where laid_at is null and due_at <= $1
     order by due_at ${direction}, id ${direction} limit $2`,
    [given.now, given.limit],
  );
}

export async function noteLaid(store: BooksStore, given: { id: string; at: Date }): Promise<void> {
  await store.read('update report set laid_at = $2 where id = $1', [given.id, given.at]);
}

export interface ChangeToSay {
  readonly bank: string;
  readonly ledger: string;
  readonly messageId: string;
  readonly count: number;
  readonly total: string;
  readonly blockId: string;
  readonly reference: string;
  readonly sequence: number;
  readonly status: string;
  readonly reasonCode: string | null;
  readonly amount: string;
  readonly bankReference: string;
  readonly changedAt: Date;
  readonly copies: number;
  /** The entry that the change made, where it moved money. */
  readonly entryId: string | null;
}

/** Changes of orders from files that are due to be said, in the order of their files; noted as said. */
export async function takeChangesToSay(
  books: Books,
  given: { now: Date; limit: number; sayId: string },
): Promise<ChangeToSay[]> {
  // What came by a list is not said by files: the list's result is asked for.
  await books.query(
    `update change set notice_id = $2 where notice_id is null and notice_at <= $1 and applied_at is not null
     and exists (select from list_row where list_row.bank = split_part(change.bank, '/', 1)
       and list_row.reference = change.reference)`,
    [given.now, given.sayId],
  );
  const { rows } = await books.query<ChangeToSay>(
    `with due as (
       select change.bank, change.reference, change.sequence from change
       where change.notice_id is null and change.notice_at <= $1 and change.applied_at is not null
         and strpos(change.bank, '/') > 0
       order by change.notice_at, change.reference, change.sequence limit $2 for update skip locked),
     said as (
       update change set notice_id = $3 from due where change.bank = due.bank
         and change.reference = due.reference and change.sequence = due.sequence
       returning change.*)
     select o.bank, o.ledger, o.message_id as "messageId", m.count, m.total::text, o.block_id as "blockId",
       said.reference, said.sequence, said.status, said.reason_code as "reasonCode", payment.amount::text,
       payment.bank_reference as "bankReference", said.applied_at as "changedAt", said.notice_copies as copies,
       entry.entry_id::text as "entryId"
     from said
     join file_order o on o.ledger = said.bank and o.reference = said.reference
     join file_message m on m.bank = o.bank and m.message_id = o.message_id
     join payment on payment.bank = said.bank and payment.reference = said.reference
     left join entry on entry.bank = said.bank and entry.reference = said.reference
       and entry.kind = case said.status when 'RTRN' then 'return' when 'ACCC' then 'payment' end
     order by o.bank, o.message_id, o.position, said.sequence`,
    [given.now, given.limit, given.sayId],
  );
  return rows;
}

export async function filesNamedLike(
  store: BooksStore,
  bank: string,
  start: string,
): Promise<number> {
  const [row] = await store.read<{ count: number }>(
    'select count(*)::int as count from report where bank = $1 and starts_with(name, $2)',
    [bank, start],
  );
  return row?.count ?? 0;
}
