import { newId } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import { exceptionLifecycle, type ExceptionKind, type FoundException } from './exception.rules.js';

/** Writes what is new of these facts, each with its first history row; tells how many were new. */
export function insertExceptions(
  tx: Tx,
  found: readonly FoundException[],
  given: { reconciliationId: string | null; at: Date },
): Promise<number> {
  if (found.length === 0) return Promise.resolve(0);
  return execute(
    tx,
    `with told as (
       insert into reconciliation_exception (id, kind, fingerprint, bank, from_date, to_date, state, reconciliation_id,
                                             entry_row, statement_row, payment_id, direction, amount, currency,
                                             detail, opened_at)
       select f.id, f.kind, f.fingerprint, f.bank, f.from_date, f.to_date, 'open', $14, f.entry_row, f.statement_row,
              f.payment_id, f.direction, f.amount, f.currency, f.detail, $15
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::uuid[], $8::uuid[],
                     $9::uuid[], $10::text[], $11::numeric[], $12::text[], $13::jsonb[])
              as f (id, kind, fingerprint, bank, from_date, to_date, entry_row, statement_row, payment_id, direction,
                    amount, currency, detail)
        order by f.fingerprint
       on conflict (fingerprint) do nothing returning id)
     insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name)
     select id, $15, 'opened', null, 'open', 'system', 'system', 'system' from told`,
    [
      found.map(() => newId()),
      found.map(({ kind }) => kind),
      found.map(({ fingerprint }) => fingerprint),
      found.map(({ bank }) => bank),
      found.map(({ from }) => from),
      found.map(({ to }) => to),
      found.map(({ entryRow }) => entryRow ?? null),
      found.map(({ statementRow }) => statementRow ?? null),
      found.map(({ paymentId }) => paymentId ?? null),
      found.map(({ direction }) => direction ?? null),
      found.map(({ amount }) => amount?.toString() ?? null),
      found.map(({ amount }) => amount?.currency ?? null),
      found.map(({ detail }) => JSON.stringify(detail ?? {})),
      given.reconciliationId,
      given.at,
    ],
  );
}

const SYSTEM = { kind: 'system', id: 'system', name: 'system' };

/** Ends open exceptions because their fact is gone; `why` is a word of ours. Tells how many. */
export async function endExceptions(
  tx: Tx,
  gone: { ids: readonly string[]; why: string; at: Date },
): Promise<number> {
  if (gone.ids.length === 0) return 0;
  return execute(
    tx,
    `with moved as (
       update reconciliation_exception
          set state = 'ended', ended_at = $2, ended_by_kind = $3, ended_by_id = $4, ended_by_name = $5,
              version = version + 1
        where id = any($1::uuid[]) and state = any($7) returning id)
     insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name,
                                    detail)
     select id, $2, 'ended', 'open', 'ended', $3, $4, $5, jsonb_build_object('why', $6::text) from moved`,
    [
      gone.ids,
      gone.at,
      SYSTEM.kind,
      SYSTEM.id,
      SYSTEM.name,
      gone.why,
      exceptionLifecycle.before('ended'),
    ],
  );
}

/** Open exceptions of these kinds about these payments. */
export async function openOfPayments(
  tx: Tx,
  given: { kinds: readonly ExceptionKind[]; paymentIds: readonly string[] },
): Promise<string[]> {
  if (given.paymentIds.length === 0) return [];
  const found = await rows<{ id: string }>(
    tx,
    `select id from reconciliation_exception
      where state = 'open' and kind = any($1) and payment_id = any($2::uuid[]) order by id`,
    [given.kinds, given.paymentIds],
  );
  return found.map(({ id }) => id);
}

/** Open exceptions of what the entry itself is, not of what statements say about it. */
export async function openOfEntries(tx: Tx, entryRows: readonly string[]): Promise<string[]> {
  if (entryRows.length === 0) return [];
  const found = await rows<{ id: string }>(
    tx,
    `select id from reconciliation_exception
      where state = 'open' and kind not in ('contested', 'outside-days') and entry_row = any($1::uuid[]) order by id`,
    [entryRows],
  );
  return found.map(({ id }) => id);
}

/** Moves open exceptions to explained, by a person; gives the ids that were open. */
export async function explainExceptions(
  tx: Tx,
  given: {
    ids: readonly string[];
    by: { kind: string; id: string; name: string };
    text: string;
    evidence: string | null;
    at: Date;
  },
): Promise<string[]> {
  const moved = await rows<{ id: string }>(
    tx,
    `with moved as (
       update reconciliation_exception
          set state = 'explained', ended_at = $2, ended_by_kind = $3, ended_by_id = $4, ended_by_name = $5,
              explanation = $6, evidence = $7, version = version + 1
        where id = any($1::uuid[]) and state = any($8) returning id),
     told as (
       insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id,
                                      actor_name)
       select id, $2, 'explained', 'open', 'explained', $3, $4, $5 from moved)
     select id from moved`,
    [
      given.ids,
      given.at,
      given.by.kind,
      given.by.id,
      given.by.name,
      given.text,
      given.evidence,
      exceptionLifecycle.before('explained'),
    ],
  );
  return moved.map(({ id }) => id);
}

/** Gives an open exception to somebody, or to nobody; false when it is not open or not of that version any more. */
export async function setOwner(
  tx: Tx,
  given: {
    id: string;
    version: number;
    owner: { id: string; name: string } | null;
    by: { kind: string; id: string; name: string };
    at: Date;
  },
): Promise<boolean> {
  const { owner, by } = given;
  const moved = await execute(
    tx,
    `with moved as (
       update reconciliation_exception set owner_id = $3, owner_name = $4, version = version + 1
        where id = $1 and version = $2 and state = 'open' returning id, state)
     insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name,
                                    detail)
     select id, $5, case when $3::uuid is null then 'given-up' else 'owned' end, state, state, $6, $7, $8,
            jsonb_build_object('owner', $3::uuid) from moved`,
    [
      given.id,
      given.version,
      owner?.id ?? null,
      owner?.name ?? null,
      given.at,
      by.kind,
      by.id,
      by.name,
    ],
  );
  return moved === 1;
}

export async function insertNote(
  tx: Tx,
  note: {
    id: string;
    exceptionId: string;
    by: { kind: string; id: string; name: string };
    text: string;
    at: Date;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into exception_note (id, exception_id, at, author_kind, author_id, author_name, text)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [note.id, note.exceptionId, note.at, note.by.kind, note.by.id, note.by.name, note.text],
  );
}
