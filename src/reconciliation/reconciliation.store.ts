import { execute, one, rows, type Tx } from '../platform/database/index.js';
import { reconciliationLifecycle, type ReconciliationState } from './reconciliation.lifecycle.js';

export async function insertReconciliation(
  tx: Tx,
  wanted: {
    id: string;
    bank: string;
    from: string;
    to: string;
    by: { kind: string; id: string };
    at: Date;
    /** Where its statement comes from: the bank is asked for it, or a file brought it. */
    source: 'bank' | 'file';
  },
): Promise<void> {
  await execute(
    tx,
    `with stored as (
       insert into reconciliation (id, bank, from_date, to_date, state, due_at, requested_by_kind, requested_by_id,
                                   requested_at, source)
       values ($1, $2, $3, $4, 'requested', $7, $5, $6, $7, $8) returning id, requested_at)
     insert into reconciliation_history (reconciliation_id, at, from_state, to_state)
     select id, requested_at, null, 'requested' from stored`,
    [
      wanted.id,
      wanted.bank,
      wanted.from,
      wanted.to,
      wanted.by.kind,
      wanted.by.id,
      wanted.at,
      wanted.source,
    ],
  );
}

/** The statement that a file brought for it. */
export async function attachStatement(
  tx: Tx,
  brought: { id: string; statementRow: string; newEntries: number },
): Promise<void> {
  await execute(
    tx,
    `update reconciliation set statement_row = $2, new_entries = $3 where id = $1 and state = 'requested'`,
    [brought.id, brought.statementRow, brought.newEntries],
  );
}

export interface Claimed {
  readonly id: string;
  readonly bank: string;
  readonly from: string;
  readonly to: string;
  /** How often it was begun, this time included. */
  readonly tries: number;
  /** Of what came as a file: the statement lies there already. */
  readonly statementRow: string | null;
  readonly newEntries: number | null;
}

/** Takes it until `leaseUntil`; null when it is ended, or somebody else is at it. */
export function claimReconciliation(
  tx: Tx,
  claim: { id: string; now: Date; leaseUntil: Date },
): Promise<Claimed | null> {
  return one<Claimed>(
    tx,
    `update reconciliation set tries = tries + 1, due_at = $3
      where id = $1 and state = 'requested' and due_at <= $2
     returning id, bank, to_char(from_date, 'YYYY-MM-DD') as "from", to_char(to_date, 'YYYY-MM-DD') as "to", tries,
            statement_row as "statementRow", new_entries as "newEntries"`,
    [claim.id, claim.now, claim.leaseUntil],
  );
}

export async function putOff(tx: Tx, off: { id: string; until: Date }): Promise<void> {
  await execute(tx, `update reconciliation set due_at = $2 where id = $1 and state = 'requested'`, [
    off.id,
    off.until,
  ]);
}

/** Ends it; false when it was ended before. */
export async function endReconciliation(
  tx: Tx,
  end: {
    id: string;
    at: Date;
    statementRow: string | null;
    newEntries: number | null;
    failure: string | null;
  },
): Promise<boolean> {
  const to = end.failure === null ? 'finished' : 'failed';
  const ended = await execute(
    tx,
    `with moved as (
       update reconciliation set state = $2, ended_at = $3, statement_row = coalesce($4, statement_row),
                                 new_entries = coalesce($5, new_entries), failure = $6
        where id = $1 and state = any($7) returning id)
     insert into reconciliation_history (reconciliation_id, at, from_state, to_state)
     select id, $3, 'requested', $2 from moved`,
    [
      end.id,
      to,
      end.at,
      end.statementRow,
      end.newEntries,
      end.failure,
      reconciliationLifecycle.before(to),
    ],
  );
  return ended === 1;
}

export async function dueReconciliations(tx: Tx, now: Date): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from reconciliation where state = 'requested' and due_at <= $1 order by due_at limit 20`,
    [now],
  );
  return found.map(({ id }) => id);
}

export function lookAtReconciliation(tx: Tx, id: string) {
  return one<{ bank: string; from: string; to: string; state: ReconciliationState }>(
    tx,
    `select bank, to_char(from_date, 'YYYY-MM-DD') as "from", to_char(to_date, 'YYYY-MM-DD') as "to", state
       from reconciliation where id = $1`,
    [id],
  );
}

/** Closes a finished one; false when it is not, or not any more. */
export async function closeReconciliation(
  tx: Tx,
  close: { id: string; by: { kind: string; id: string; name: string }; at: Date },
): Promise<boolean> {
  const closed = await execute(
    tx,
    `with moved as (
       update reconciliation
          set state = 'closed', closed_at = $2, closed_by_kind = $3, closed_by_id = $4, closed_by_name = $5
        where id = $1 and state = any($6) returning id)
     insert into reconciliation_history (reconciliation_id, at, from_state, to_state, detail)
     select id, $2, 'finished', 'closed', jsonb_build_object('by', $4::text) from moved`,
    [
      close.id,
      close.at,
      close.by.kind,
      close.by.id,
      close.by.name,
      reconciliationLifecycle.before('closed'),
    ],
  );
  return closed === 1;
}
