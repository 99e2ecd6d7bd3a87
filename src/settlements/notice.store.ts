import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { FactKind, ItemResult, ItemRow } from './notice.rules.js';
import { noticeLifecycle, type NoticeState } from './notice.lifecycle.js';

export interface NewNotice {
  readonly id: string;
  readonly bank: string;
  readonly noticeId: string;
  readonly body: Buffer;
  readonly bodySha256: string;
  readonly sentAt: Date;
  readonly receivedAt: Date;
  readonly itemCount: number;
  readonly unreadCount: number;
  /** The file of the bank that says it; null for a message over HTTP. */
  readonly fileId: string | null;
}

/**
 * Stores the messages whose id (or, as a conflict, whose id and body) was not there, and gives their ids. Of two of the
 * same, the first. Always in the order of the banks' ids, so that two processes cannot wait for each other in a circle.
 */
export async function insertNotices(
  tx: Tx,
  notices: readonly NewNotice[],
  state: Extract<NoticeState, 'received' | 'conflict'>,
): Promise<Set<string>> {
  const stored = await rows<{ id: string }>(
    tx,
    `with stored as (
       insert into bank_notice (id, bank, notice_id, body, body_sha256, sent_at, received_at, item_count,
                                unread_count, state, last_seen_at, due_at, file_id)
       select n.id, n.bank, n.notice_id, n.body, n.body_sha256, n.sent_at, n.received_at, n.item_count,
              n.unread_count, $11, n.received_at, n.received_at, n.file_id
         from unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::timestamptz[],
                     $7::timestamptz[], $8::int[], $9::int[], $10::uuid[]) with ordinality
              as n (id, bank, notice_id, body, body_sha256, sent_at, received_at, item_count, unread_count, file_id, nth)
        order by n.bank, n.notice_id, n.nth
       on conflict do nothing returning id, received_at, state),
     told as (
       insert into notice_history (bank_notice_id, at, from_state, to_state)
       select id, received_at, null, state from stored)
     select id from stored`,
    [
      notices.map((notice) => notice.id),
      notices.map((notice) => notice.bank),
      notices.map((notice) => notice.noticeId),
      notices.map((notice) => notice.body),
      notices.map((notice) => notice.bodySha256),
      notices.map((notice) => notice.sentAt),
      notices.map((notice) => notice.receivedAt),
      notices.map((notice) => notice.itemCount),
      notices.map((notice) => notice.unreadCount),
      notices.map((notice) => notice.fileId),
      state,
    ],
  );
  return new Set(stored.map(({ id }) => id));
}

/** A message as it was signed. */
export function bodyOf(
  tx: Tx,
  id: string,
): Promise<{ bank: string; body: Buffer; sha256: string } | null> {
  return one(tx, `select bank, body, body_sha256 as sha256 from bank_notice where id = $1`, [id]);
}

/** Counts the same message coming again; false when no message of that id has this body. */
export async function countRepeat(
  tx: Tx,
  again: { bank: string; noticeId: string; bodySha256: string; at: Date },
): Promise<boolean> {
  const counted = await execute(
    tx,
    `update bank_notice set repeated = repeated + 1, last_seen_at = greatest(last_seen_at, $4)
      where bank = $1 and notice_id = $2 and body_sha256 = $3`,
    [again.bank, again.noticeId, again.bodySha256, again.at],
  );
  return counted > 0;
}

/** @param items each with the id of its notice. */
export async function insertItems(
  tx: Tx,
  items: readonly (ItemRow & { readonly bankNoticeId: string })[],
): Promise<void> {
  if (items.length === 0) return;
  await execute(
    tx,
    `insert into notice_item (bank_notice_id, position, reference, fact, why, reason_code, reason_text,
                              bank_reference, happened_at, sequence, amount, currency)
     select * from unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                          $9::timestamptz[], $10::bigint[], $11::numeric[], $12::text[])`,
    [
      items.map((item) => item.bankNoticeId),
      items.map((item) => item.position),
      items.map((item) => item.reference),
      items.map((item) => item.fact),
      items.map((item) => item.why),
      items.map((item) => item.reasonCode),
      items.map((item) => item.reasonText),
      items.map((item) => item.bankReference),
      items.map((item) => item.happenedAt),
      items.map((item) => item.sequence),
      items.map((item) => item.amount),
      items.map((item) => item.currency),
    ],
  );
}

/** Takes notices that wait, for this transaction alone; whoever else looks meanwhile passes them by. */
export function claimWaiting(
  tx: Tx,
  claim: { bank: string; now: Date; limit: number; only?: string },
): Promise<{ id: string; itemCount: number }[]> {
  return rows(
    tx,
    `select id, item_count + unread_count as "itemCount" from bank_notice
      where bank = $1 and state = 'received' and due_at <= $2 and ($4::uuid is null or id = $4)
      order by due_at, id limit $3 for update skip locked`,
    [claim.bank, claim.now, claim.limit, claim.only ?? null],
  );
}

export interface WaitingItem {
  readonly bankNoticeId: string;
  readonly position: number;
  readonly reference: string | null;
  readonly fact: FactKind | null;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly bankReference: string | null;
  readonly happenedAt: Date | null;
  readonly sequence: number | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly sentAt: Date;
}

/** A sequence of the bank stays below 2^53: it was read from a JSON number that was checked to be safe. */
export function waitingItems(tx: Tx, bankNoticeIds: readonly string[]): Promise<WaitingItem[]> {
  return rows(
    tx,
    `select i.bank_notice_id as "bankNoticeId", i.position, i.reference, i.fact, i.reason_code as "reasonCode",
            i.reason_text as "reasonText", i.bank_reference as "bankReference", i.happened_at as "happenedAt",
            i.sequence::float8 as sequence, i.amount, i.currency, n.sent_at as "sentAt"
       from notice_item i join bank_notice n on n.id = i.bank_notice_id
      where i.bank_notice_id = any($1::uuid[]) and i.result is null
      order by i.bank_notice_id, i.position`,
    [bankNoticeIds],
  );
}

export interface AppliedItem {
  readonly bankNoticeId: string;
  readonly position: number;
  readonly result: ItemResult;
  readonly paymentId: string | null;
}

/** The notices are named twice: known before the statement is planned, they leave of all months those they lie in. */
export async function storeResults(tx: Tx, items: readonly AppliedItem[]): Promise<void> {
  await execute(
    tx,
    `update notice_item i set result = r.result, payment_id = r.payment_id
       from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[]) as r (notice, position, result, payment_id)
      where i.bank_notice_id = r.notice and i.bank_notice_id = any($1::uuid[]) and i.position = r.position
        and i.result is null`,
    [
      items.map((item) => item.bankNoticeId),
      items.map((item) => item.position),
      items.map((item) => item.result),
      items.map((item) => item.paymentId),
    ],
  );
}

export function markApplied(
  tx: Tx,
  applied: { ids: readonly string[]; at: Date },
): Promise<number> {
  return execute(
    tx,
    `with before as (select id, state from bank_notice where id = any($1::uuid[]) and state = any($3)),
     moved as (
       update bank_notice n set state = 'applied', applied_at = $2, last_error = null
         from before b where n.id = b.id and n.state = b.state returning n.id, b.state as from_state)
     insert into notice_history (bank_notice_id, at, from_state, to_state)
     select id, $2, from_state, 'applied' from moved`,
    [applied.ids, applied.at, noticeLifecycle.before('applied')],
  );
}

/** Puts a notice off whose applying failed; tells how often it failed by now. */
export async function countFailure(
  tx: Tx,
  failed: { id: string; why: string },
): Promise<number | null> {
  const row = await one<{ failures: number }>(
    tx,
    `update bank_notice set apply_failures = apply_failures + 1, last_error = $2
      where id = $1 and state = 'received' returning apply_failures as failures`,
    [failed.id, failed.why.slice(0, 300)],
  );
  return row?.failures ?? null;
}

export async function putOff(tx: Tx, off: { id: string; until: Date }): Promise<void> {
  await execute(tx, `update bank_notice set due_at = $2 where id = $1 and state = 'received'`, [
    off.id,
    off.until,
  ]);
}

/** Banks with notices that should have been applied by now. */
export async function banksLeftWaiting(
  tx: Tx,
  given: { now: Date; receivedBefore: Date },
): Promise<string[]> {
  const found = await rows<{ bank: string }>(
    tx,
    `select distinct bank from bank_notice
      where state = 'received' and due_at <= $1 and received_at <= $2 order by bank`,
    [given.now, given.receivedBefore],
  );
  return found.map(({ bank }) => bank);
}

/** Which notices of those that wait: of one bank, or one by its id here, or all. */
export interface WaitingChoice {
  readonly bank?: string;
  readonly id?: string;
}

/** Ends the waits of notices that wait or were put off; gives how many there are of each bank. */
export function hasten(
  tx: Tx,
  { bank, id, now }: WaitingChoice & { readonly now: Date },
): Promise<{ bank: string; count: number }[]> {
  return rows(
    tx,
    `with meant as (
       select id from bank_notice
        where state = 'received' and ($1::text is null or bank = $1) and ($2::uuid is null or id = $2)
        order by id for update skip locked),
     hastened as (
       update bank_notice n set due_at = least(n.due_at, $3) from meant m where n.id = m.id returning n.bank)
     select bank, count(*)::int as count from hastened group by bank order by bank`,
    [bank ?? null, id ?? null, now],
  );
}

export async function countWaiting(tx: Tx, { bank, id }: WaitingChoice): Promise<number> {
  const found = await one<{ n: number }>(
    tx,
    `select count(*)::int as n from bank_notice
      where state = 'received' and ($1::text is null or bank = $1) and ($2::uuid is null or id = $2)`,
    [bank ?? null, id ?? null],
  );
  return found?.n ?? 0;
}
