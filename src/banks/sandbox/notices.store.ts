import { newId } from '../../kernel/index.js';
import type { Books, BooksStore } from './books.store.js';
import type { StatusOnWire } from './sandbox-wire.js';
import { statusOf } from './booking.rules.js';

export interface WaitingNotice {
  readonly id: string;
  readonly bank: string;
  readonly body: string;
  readonly attempts: number;
  readonly copiesLeft: number;
}

interface ChangeToTell {
  readonly bank: string;
  readonly reference: string;
  readonly sequence: number;
  readonly status: string;
  readonly reasonCode: string | null;
  readonly amount: string;
  readonly bankReference: string;
  readonly changedAt: Date;
  readonly copies: number;
}

/**
 * Puts the changes that are due to be told into notices, at most `group` payments in each, one bank and one
 * number of copies to a notice. @returns how many notices were written.
 */
export async function writeNotices(
  books: Books,
  given: { now: Date; group: number; limit: number; copies: 1 | 2 },
): Promise<number> {
  const { rows: changes } = await books.query<ChangeToTell>(
    `select change.bank, change.reference, change.sequence, change.status, change.reason_code as "reasonCode",
       payment.amount::text, payment.bank_reference as "bankReference", change.applied_at as "changedAt",
       greatest(change.notice_copies, $3::int) as copies
     from change join payment on payment.bank = change.bank and payment.reference = change.reference
     where change.notice_id is null and change.notice_at <= $1 and change.applied_at is not null
       and strpos(change.bank, '/') = 0 -- a ledger of a file bank: told by files
     order by change.notice_at, change.reference, change.sequence limit $2 for update of change skip locked`,
    [given.now, given.limit, given.copies],
  );
  const notices = [...grouped(changes, given.group)].map((group) => ({ id: newId(), group }));
  if (notices.length === 0) return 0;
  const rows = notices.map(({ id, group }) => ({
    id,
    bank: group[0]?.bank,
    copies: group[0]?.copies,
    body: JSON.stringify({ payments: group.map((change): StatusOnWire => statusOf(change)) }),
  }));
  await books.query(
    `insert into notice (id, bank, body, copies_left, made_at, next_at)
     select id, bank, body, copies, $2, $2
     from jsonb_to_recordset($1::jsonb) as new (id uuid, bank text, body text, copies int)`,
    [JSON.stringify(rows), given.now],
  );
  const told = notices.flatMap(({ id, group }) =>
    group.map(({ bank, reference, sequence }) => ({ id, bank, reference, sequence })),
  );
  await books.query(
    `update change set notice_id = told.id
     from jsonb_to_recordset($1::jsonb) as told (id uuid, bank text, reference text, sequence int)
     where change.bank = told.bank and change.reference = told.reference and change.sequence = told.sequence`,
    [JSON.stringify(told)],
  );
  return notices.length;
}

export async function waitingNotices(
  store: BooksStore,
  given: { now: Date; limit: number; newestFirst: boolean },
): Promise<WaitingNotice[]> {
  const direction = given.newestFirst ? 'desc' : 'asc';
  return store.read<WaitingNotice>(
    `select id, bank, body, attempts, copies_left as "copiesLeft" from notice
     where delivered_at is null and next_at <= $1 order by id ${direction} limit $2`,
    [given.now, given.limit],
  );
}

/** After a 2xx: one copy less to send; delivered when none is left. */
export async function noteDelivered(
  store: BooksStore,
  given: { id: string; at: Date },
): Promise<void> {
  await store.read(
    `update notice set attempts = attempts + 1, copies_left = copies_left - 1,
       delivered_at = case when copies_left <= 1 then $2::timestamptz end where id = $1`,
    [given.id, given.at],
  );
}

export async function noteUndelivered(
  store: BooksStore,
  given: { id: string; nextAt: Date },
): Promise<void> {
  await store.read('update notice set attempts = attempts + 1, next_at = $2 where id = $1', [
    given.id,
    given.nextAt,
  ]);
}

function* grouped(changes: readonly ChangeToTell[], size: number): Generator<ChangeToTell[]> {
  const open = new Map<string, ChangeToTell[]>();
  for (const change of changes) {
    const key = `${change.bank} ${change.copies}`;
    const group = open.get(key) ?? [];
    group.push(change);
    open.set(key, group);
    if (group.length < size) continue;
    yield group;
    open.delete(key);
  }
  yield* open.values();
}
