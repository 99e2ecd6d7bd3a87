import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';
import type { Bucket } from './matching.rules.js';
import type { ReconciliationState } from './reconciliation.lifecycle.js';
import { waitingEntries } from './statement.store.js';

export interface ReconciliationRow {
  readonly id: string;
  readonly bank: string;
  readonly from: string;
  readonly to: string;
  readonly state: ReconciliationState;
  readonly newEntries: number | null;
  readonly failure: string | null;
  readonly tries: number;
  readonly requestedAt: Date;
  readonly endedAt: Date | null;
  readonly source: 'bank' | 'file';
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly statementRow: string | null;
}

export interface StatementRow {
  readonly statementId: string;
  readonly currency: string;
  readonly opening: string;
  readonly closing: string;
  readonly debitTotal: string;
  readonly creditTotal: string;
  readonly entryCount: number;
  readonly difference: string;
  readonly contested: number;
}

export interface BucketTotal {
  /** Null while entries wait to be matched. */
  readonly bucket: Bucket | null;
  readonly entries: number;
  readonly amount: string;
}

export interface EntryRow {
  readonly id: string;
  readonly entryId: string;
  readonly reference: string | null;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly currency: string;
  readonly bookedAt: Date;
  readonly returnCode: string | null;
  readonly reversal: boolean;
  readonly bucket: Bucket | null;
  readonly paymentId: string | null;
  readonly contested: boolean;
}

const COLUMNS = `
  id, bank, to_char(from_date, 'YYYY-MM-DD') as "from", to_char(to_date, 'YYYY-MM-DD') as "to", state,
  new_entries as "newEntries", failure, tries, requested_at as "requestedAt", ended_at as "endedAt",
  source, closed_at as "closedAt", closed_by_name as "closedBy", statement_row as "statementRow"`;

/** Reconciliations, their statements and entries, for people. */
@Injectable()
export class ReconciliationRead {
  constructor(private readonly database: Database) {}

  /** Newest first, at most `limit + 1` of them. */
  list(filter: {
    bank?: string;
    state?: ReconciliationState;
    before: string | null;
    limit: number;
  }): Promise<ReconciliationRow[]> {
    return rows(
      this.database.reader,
      `select ${COLUMNS} from reconciliation
        where ($1::text is null or bank = $1) and ($2::text is null or state = $2)
          and ($3::uuid is null or id < $3)
        order by id desc limit $4`,
      [filter.bank ?? null, filter.state ?? null, filter.before, filter.limit + 1],
    );
  }

  find(id: string): Promise<ReconciliationRow | null> {
    return one(this.database.reader, `select ${COLUMNS} from reconciliation where id = $1`, [id]);
  }

  statement(statementRow: string): Promise<StatementRow | null> {
    return one(
      this.database.reader,
      `select s.statement_id as "statementId", s.currency, s.opening, s.closing, s.debit_total as "debitTotal",
              s.credit_total as "creditTotal", s.entry_count as "entryCount", s.difference,
              (select count(*)::int from statement_entry e where e.contested_by = s.id) as contested
         from statement s where s.id = $1`,
      [statementRow],
    );
  }

  /** How many entries of the statement fell into each bucket, whichever statement brought them first. */
  async buckets(statementRow: string): Promise<BucketTotal[]> {
    const entries = await this.entriesOf(statementRow);
    return rows(
      this.database.reader,
      `select e.bucket, count(*)::int as entries, coalesce(sum(e.amount), 0) as amount
         from ${entries} group by e.bucket order by e.bucket`,
      [statementRow],
    );
  }

  /** In the order of booking, at most `limit + 1` of them. */
  async entries(filter: {
    statementRow: string;
    bucket?: Bucket;
    after: { bookedAt: string; id: string } | null;
    limit: number;
  }): Promise<EntryRow[]> {
    const entries = await this.entriesOf(filter.statementRow);
    return rows(
      this.database.reader,
      `select ${ENTRY} from ${entries}
          and ($2::text is null or e.bucket = $2)
          and ($3::timestamptz is null or (e.booked_at, e.id) > ($3, $4::uuid))
        order by e.booked_at, e.id limit $5`,
      [
        filter.statementRow,
        filter.bucket ?? null,
        filter.after?.bookedAt ?? null,
        filter.after?.id ?? null,
        filter.limit + 1,
      ],
    );
  }

  /** Entries of a bank's days that were not compared with our books yet: they stand against a closing. */
  waitingEntries(span: { bank: string; from: string; to: string }): Promise<number> {
    return waitingEntries(this.database.reader, span);
  }

  /** Most statements repeat nothing: then no line is compared with what earlier ones said. */
  private async entriesOf(statementRow: string): Promise<string> {
    const found = await one<{ repeats: boolean }>(
      this.database.reader,
      `select s.entry_count > (select count(*) from statement_entry e where e.statement_row = s.id) as repeats
         from statement s where s.id = $1`,
      [statementRow],
    );
    return found?.repeats ? ALL_ENTRIES : OWN_ENTRIES;
  }

  /** One entry, as it lies there. */
  entry(entryRow: string): Promise<EntryRow | null> {
    return one<EntryRow>(
      this.database.reader,
      `select ${ENTRY}
         from statement_entry e where e.id = $1`,
      [entryRow],
    );
  }

  /** How many payments a statement entry has proven, of one batch or of all. */
  async reconciledCount(batchId?: string): Promise<number> {
    const found = await one<{ count: number }>(
      this.database.reader,
      `select count(*)::int as count from payment_match m join payment_view p on p.payment_id = m.payment_id
        where $1::uuid is null or p.batch_id = $1`,
      [batchId ?? null],
    );
    return found?.count ?? 0;
  }
}

const ENTRY = `
  e.id, e.entry_id as "entryId", e.reference, e.direction, e.amount, e.currency, e.booked_at as "bookedAt",
  e.return_code as "returnCode", e.reversal, e.bucket, e.payment_id as "paymentId",
  e.contested_by is not null as contested`;

/** Entries that a statement was the first to bring. */
const OWN_ENTRIES = `statement_entry e where e.statement_row = $1`;

/** With those that an earlier statement had brought. */
const ALL_ENTRIES = `
  statement_entry e
 where e.id = any(array(
   select o.id
     from statement s
     join statement_line l on l.statement_row = s.id
     join statement_entry o on o.bank = s.bank and o.entry_id = l.entry_id
    where s.id = $1))`;
