import { Injectable } from '@nestjs/common';
import { Database, one, rows, type Tx } from '../platform/database/index.js';
import type { ExceptionKind, ExceptionState } from './exception.rules.js';

export interface ExceptionRow {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly state: ExceptionState;
  readonly bank: string;
  /** The office's days that it is about. */
  readonly from: string;
  readonly to: string;
  readonly reconciliationId: string | null;
  readonly paymentId: string | null;
  readonly paymentReference: string | null;
  readonly direction: 'debit' | 'credit' | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly openedAt: Date;
  readonly ownerId: string | null;
  readonly owner: string | null;
  readonly version: number;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly explanation: string | null;
  readonly evidence: string | null;
  readonly entryRow: string | null;
}

export interface ExceptionFilter {
  readonly bank?: string;
  readonly kind?: ExceptionKind;
  readonly state?: ExceptionState;
  /** A user's id, or `none`. */
  readonly owner?: string;
  readonly reconciliation?: string;
  readonly openedBefore?: Date;
  /** About any of these days, both included, ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

/** What is open of one kind. */
export interface OpenOfKind {
  readonly kind: ExceptionKind;
  readonly count: number;
  readonly amount: string;
  readonly oldest: Date;
  /** Of them, those that nobody has taken on. */
  readonly unowned: number;
}

export interface KindCount {
  readonly kind: ExceptionKind;
  readonly count: number;
}

export interface NoteRow {
  readonly id: string;
  readonly at: Date;
  readonly by: string;
  readonly text: string;
}

export interface ExceptionHistoryRow {
  readonly at: Date;
  readonly happened: string;
  readonly by: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const COLUMNS = `
  x.id, x.kind, x.state, x.bank, to_char(x.from_date, 'YYYY-MM-DD') as "from", to_char(x.to_date, 'YYYY-MM-DD') as "to",
  x.reconciliation_id as "reconciliationId", x.payment_id as "paymentId", p.reference as "paymentReference",
  x.direction, x.amount, x.currency, x.detail, x.opened_at as "openedAt", x.owner_id as "ownerId",
  x.owner_name as owner, x.version, x.ended_at as "endedAt", x.ended_by_name as "endedBy", x.explanation, x.evidence,
  x.entry_row as "entryRow"`;

// What is about any day of a run hinders its closing, whoever found it; what came after its closing does not.
const OF_RUN = `
  exists (select 1 from reconciliation r
           where r.id = $1 and r.bank = x.bank and x.from_date <= r.to_date and x.to_date >= r.from_date
             and (r.closed_at is null or x.opened_at <= r.closed_at))`;

const HISTORY_SHOWN = 200;
const NOTES_SHOWN = 500;

/** Exceptions for people. */
@Injectable()
export class ExceptionRead {
  constructor(private readonly database: Database) {}

  /** Oldest first, at most `limit + 1` of them. */
  list(
    filter: ExceptionFilter & { after: { openedAt: string; id: string } | null; limit: number },
  ): Promise<ExceptionRow[]> {
    return rows<ExceptionRow>(
      this.database.reader,
      `select ${COLUMNS} from reconciliation_exception x left join payment_view p on p.payment_id = x.payment_id
        where ($1::uuid is null or ${OF_RUN})
          and ($2::text is null or x.bank = $2) and ($3::text is null or x.kind = $3)
          and ($4::text is null or x.state = $4)
          and ($5::text is null or ($5 = 'none' and x.owner_id is null) or x.owner_id::text = $5)
          and ($6::timestamptz is null or x.opened_at <= $6)
          and ($7::timestamptz is null or (x.opened_at, x.id) > ($7, $8::uuid))
          and ($10::date is null or x.to_date >= $10) and ($11::date is null or x.from_date <= $11)
        order by x.opened_at, x.id limit $9`,
      [
        filter.reconciliation ?? null,
        filter.bank ?? null,
        filter.kind ?? null,
        filter.state ?? null,
        filter.owner ?? null,
        filter.openedBefore ?? null,
        filter.after?.openedAt ?? null,
        filter.after?.id ?? null,
        filter.limit + 1,
        filter.from ?? null,
        filter.to ?? null,
      ],
    );
  }

  find(id: string, tx: Tx = this.database.reader): Promise<ExceptionRow | null> {
    return one<ExceptionRow>(
      tx,
      `select ${COLUMNS} from reconciliation_exception x left join payment_view p on p.payment_id = x.payment_id
        where x.id = $1`,
      [id],
    );
  }

  notes(id: string): Promise<NoteRow[]> {
    return rows<NoteRow>(
      this.database.reader,
      `select id, at, author_name as by, text from exception_note where exception_id = $1 order by id
        limit ${NOTES_SHOWN}`,
      [id],
    );
  }

  history(id: string): Promise<ExceptionHistoryRow[]> {
    return rows<ExceptionHistoryRow>(
      this.database.reader,
      `select at, happened, actor_name as by, detail from exception_history where exception_id = $1 order by id
        limit ${HISTORY_SHOWN}`,
      [id],
    );
  }

  /** All that is open, by kind, the oldest kind first. */
  openByKind(bank: string | null): Promise<OpenOfKind[]> {
    return rows<OpenOfKind>(
      this.database.reader,
      `select kind, count(*)::int as count, coalesce(sum(amount), 0)::text as amount, min(opened_at) as oldest,
              count(*) filter (where owner_id is null)::int as unowned
         from reconciliation_exception where state = 'open' and ($1::text is null or bank = $1)
        group by kind order by min(opened_at)`,
      [bank],
    );
  }

  /** Open exceptions of a run's bank and days, by kind. */
  openOfRun(reconciliationId: string, tx: Tx = this.database.reader): Promise<KindCount[]> {
    return rows<KindCount>(
      tx,
      `select x.kind, count(*)::int as count from reconciliation_exception x
        where x.state = 'open' and ${OF_RUN} group by x.kind order by x.kind`,
      [reconciliationId],
    );
  }

  /** The oldest open exceptions of a kind in a run. */
  async openIds(
    tx: Tx,
    given: { reconciliationId: string; kind: ExceptionKind; limit: number },
  ): Promise<string[]> {
    const found = await rows<{ id: string }>(
      tx,
      `select x.id from reconciliation_exception x
        where x.state = 'open' and x.kind = $2 and ${OF_RUN} order by x.opened_at, x.id limit $3`,
      [given.reconciliationId, given.kind, given.limit],
    );
    return found.map(({ id }) => id);
  }

  /** These exceptions, locked in the order of their ids. */
  lock(
    tx: Tx,
    ids: readonly string[],
  ): Promise<Pick<ExceptionRow, 'id' | 'kind' | 'direction' | 'state'>[]> {
    return rows(
      tx,
      `select id, kind, direction, state from reconciliation_exception where id = any($1::uuid[])
        order by id for update`,
      [ids],
    );
  }
}
