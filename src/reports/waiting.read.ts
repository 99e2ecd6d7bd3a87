import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';

/** So many wait, of so much, the oldest since then. */
export interface Waiting {
  readonly count: number;
  /** In đồng; null where there is no sum to it. */
  readonly total: string | null;
  readonly oldest: Date | null;
}

const NOTHING: Waiting = { count: 0, total: null, oldest: null };

/** What waits for people, from the views of every step; each is found by an index over what waits alone. */
@Injectable()
export class WaitingRead {
  /** Drafts that nobody has proposed; `returned` of them came back from a signer. */
  async drafts(tx: Tx): Promise<Waiting & { returned: number }> {
    const found = await one<Waiting & { returned: number }>(
      tx,
      `select count(*)::int as count, coalesce(sum(total_amount), 0)::text as total, min(created_at) as oldest,
              (count(*) filter (where round > 1))::int as returned
         from batch_view where state = 'draft'`,
    );
    return found ?? { ...NOTHING, returned: 0 };
  }

  /** Lists that were checked and neither applied nor refused. */
  imports(tx: Tx): Promise<Waiting> {
    return waiting(
      tx,
      `select count(*)::int as count, coalesce(sum(good_amount), 0)::text as total, min(checked_at) as oldest
         from checked_import_view`,
    );
  }

  /** What failed or came back and is still owed, and lies in no new batch yet. */
  toMend(tx: Tx): Promise<Waiting> {
    return waiting(
      tx,
      `select count(*)::int as count, coalesce(sum(amount), 0)::text as total, null::timestamptz as oldest
         from owed_view where state = 'open' and failed_code is not null`,
    );
  }

  doubts(tx: Tx): Promise<Waiting> {
    return waiting(
      tx,
      `select count(*)::int as count, coalesce(sum(amount), 0)::text as total, min(unknown_since) as oldest
         from payment_view where aside = 'unknown'`,
    );
  }

  /** Rulings on doubts that wait for somebody else's signature than `proposedBy`'s. */
  rulings(tx: Tx, { notBy }: { notBy: string }): Promise<Waiting> {
    return waiting(
      tx,
      `select count(*)::int as count, coalesce(sum(total_amount), 0)::text as total, min(proposed_at) as oldest
         from doubt_ruling_view where state = 'proposed' and proposed_by::text <> $1`,
      [notBy],
    );
  }

  /** Open exceptions of reconciliations, and of them those that are this person's own. */
  async exceptions(tx: Tx, { owner }: { owner: string }): Promise<{ all: Waiting; mine: Waiting }> {
    const found = await rows<Waiting & { isMine: boolean | null }>(
      tx,
      `select owner_id is not null and owner_id::text = $1 as "isMine", count(*)::int as count,
              coalesce(sum(amount), 0)::text as total, min(opened_at) as oldest
         from reconciliation_exception_view where state = 'open' group by grouping sets ((1), ())`,
      [owner],
    );
    return {
      all: found.find(({ isMine }) => isMine === null) ?? NOTHING,
      mine: found.find(({ isMine }) => isMine === true) ?? NOTHING,
    };
  }
}

async function waiting(tx: Tx, sql: string, parameters: unknown[] = []): Promise<Waiting> {
  return (await one<Waiting>(tx, sql, parameters)) ?? NOTHING;
}
