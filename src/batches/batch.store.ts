import { InvariantError, Money, type CurrencyCode } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import { batchLifecycle, type BatchState } from './batch.lifecycle.js';

/** Who did it. Ids and logins, never a person's full name. */
export interface ActedBy {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/** What else than programme and period a batch was asked for. */
export interface BatchFilter {
  readonly fund?: string;
  readonly communeCodes?: readonly string[];
  readonly bankBins?: readonly string[];
  readonly kind?: string;
}

/** A batch's own row, locked or just read. */
export interface Batch {
  readonly id: string;
  readonly number: string;
  readonly programme: string;
  readonly period: string;
  readonly filter: BatchFilter;
  /** ISO 8601 date, or null for "as soon as it is signed". */
  readonly payOn: string | null;
  readonly state: BatchState;
  readonly round: number;
  readonly lineCount: number;
  readonly total: Money;
  readonly digest: string | null;
  readonly preparedBy: string;
  readonly proposedBy: string | null;
  readonly followUpOf: string | null;
  readonly version: number;
}

type BatchRow = Omit<Batch, 'total'> & { amount: string; currency: CurrencyCode };

const COLUMNS = `
  id, number, programme, period, filter, pay_on::text as "payOn", state, round, line_count as "lineCount",
  total_amount as amount, currency, digest, prepared_by as "preparedBy", proposed_by as "proposedBy",
  follow_up_of as "followUpOf", version`;

/** Takes the next number of a programme and period; its row stays locked, so there are no gaps and no doubles. */
export async function nextNumber(
  tx: Tx,
  of: { programme: string; period: string },
): Promise<string> {
  const given = await one<{ last: number }>(
    tx,
    `insert into batch_numbering (programme, period, last_number) values ($1, $2, 1)
     on conflict (programme, period) do update set last_number = batch_numbering.last_number + 1
     returning last_number as last`,
    [of.programme, of.period],
  );
  if (!given) throw new InvariantError('no batch number was given', of);
  return `${of.programme}-${of.period}-${String(given.last).padStart(2, '0')}`;
}

export async function insertBatch(
  tx: Tx,
  batch: {
    id: string;
    number: string;
    programme: string;
    period: string;
    filter: BatchFilter;
    payOn: string | null;
    note: string | null;
    currency: CurrencyCode;
    preparedBy: string;
    followUpOf: string | null;
    at: Date;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into batch
       (id, number, programme, period, filter, pay_on, note, currency, prepared_by, follow_up_of, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      batch.id,
      batch.number,
      batch.programme,
      batch.period,
      JSON.stringify(batch.filter),
      batch.payOn,
      batch.note,
      batch.currency,
      batch.preparedBy,
      batch.followUpOf,
      batch.at,
    ],
  );
}

/** Locks the batch: who reads it so waits for whoever is changing it, and then reads what they left. */
export async function lockBatch(tx: Tx, batchId: string): Promise<Batch | null> {
  return toBatch(
    await one<BatchRow>(tx, `select ${COLUMNS} from batch where id = $1 for update`, [batchId]),
  );
}

export async function readBatch(tx: Tx, batchId: string): Promise<Batch | null> {
  return toBatch(await one<BatchRow>(tx, `select ${COLUMNS} from batch where id = $1`, [batchId]));
}

function toBatch(row: BatchRow | null): Batch | null {
  if (!row) return null;
  const { amount, currency, ...rest } = row;
  return { ...rest, total: Money.of(amount, currency) };
}

/** Writes the count and total of the lines that a draft has now, and tells them. */
export async function countDraft(
  tx: Tx,
  batchId: string,
): Promise<{ lineCount: number; total: Money; version: number }> {
  const counted = await one<{
    lineCount: number;
    amount: string;
    currency: CurrencyCode;
    version: number;
  }>(
    tx,
    `update batch b
        set line_count = l.n, total_amount = l.total, version = version + 1
       from (select count(*)::int as n, coalesce(sum(amount), 0) as total from batch_line where batch_id = $1) l
      where b.id = $1 and b.state = 'draft'
     returning line_count as "lineCount", total_amount as amount, currency, version`,
    [batchId],
  );
  if (!counted) throw new InvariantError('only a draft is counted', { batchId });
  const { lineCount, amount, currency, version } = counted;
  return { lineCount, total: Money.of(amount, currency), version };
}

/** Columns that move with a state; the caller's own, never a person's text. */
type MoveColumns = Partial<
  Record<
    | 'digest'
    | 'proposed_by'
    | 'proposed_at'
    | 'approval_id'
    | 'return_reason'
    | 'cancel_reason'
    | 'round'
    | 'account_checks',
    string | number | Date | null
  >
>;

/**
 * Moves a batch along its lifecycle and writes what moves with it. A batch in another state stays as it is.
 * @throws InvariantError when it did not move: the caller holds its lock and has looked.
 */
export async function moveBatch(
  tx: Tx,
  move: { batchId: string; to: BatchState; set: MoveColumns },
): Promise<void> {
  const columns = Object.keys(move.set);
  const assignments = columns.map((column, i) => `, ${column} = $${i + 4}`).join('');
  const moved = await execute(
    tx,
    `update batch set state = $2, version = version + 1${assignments} where id = $1 and state = any($3)`,
    [move.batchId, move.to, batchLifecycle.before(move.to), ...Object.values(move.set)],
  );
  if (moved !== 1) throw new InvariantError('the batch did not move', { batchId: move.batchId });
}

export async function appendHistory(
  tx: Tx,
  entry: {
    batchId: string;
    at: Date;
    happened:
      'assembled' | 'line_removed' | 'rebuilt' | 'proposed' | 'returned' | 'approved' | 'cancelled';
    from: BatchState | null;
    to: BatchState;
    round: number;
    actor: ActedBy;
    reason?: string;
    detail?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into batch_history
       (batch_id, at, happened, from_state, to_state, round, actor_kind, actor_id, actor_name, reason, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      entry.batchId,
      entry.at,
      entry.happened,
      entry.from,
      entry.to,
      entry.round,
      entry.actor.kind,
      entry.actor.id,
      entry.actor.name,
      entry.reason ?? null,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

/** Everybody who had a hand in the batch. */
export async function preparersOf(tx: Tx, batchId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select person_id as id from batch_preparer_view where batch_id = $1`,
    [batchId],
  );
  return found.map((row) => row.id);
}
