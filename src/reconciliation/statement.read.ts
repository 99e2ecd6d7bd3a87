import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';

export interface KnownStatementRow {
  readonly id: string;
  readonly bank: string;
  readonly statementId: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly opening: string;
  readonly closing: string;
  readonly debitTotal: string;
  readonly creditTotal: string;
  readonly entryCount: number;
  readonly difference: string;
  readonly readAt: Date;
  readonly reconciliationId: string | null;
  readonly file: {
    readonly name: string;
    readonly sha256: string;
    readonly byteSize: number;
    readonly receivedAt: string;
    readonly receivedBy: string;
  } | null;
}

const COLUMNS = `
  s.id, s.bank, s.statement_id as "statementId", to_char(s.from_date, 'YYYY-MM-DD') as "from",
  to_char(s.to_date, 'YYYY-MM-DD') as "to", s.currency, s.opening, s.closing, s.debit_total as "debitTotal",
  s.credit_total as "creditTotal", s.entry_count as "entryCount", s.difference, s.ended_at as "readAt",
  (select r.id from reconciliation r where r.statement_row = s.id order by r.id limit 1) as "reconciliationId",
  (select jsonb_build_object('name', f.file_name, 'sha256', f.sha256, 'byteSize', f.byte_size,
            'receivedAt', to_char(f.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'receivedBy', f.received_by_name)
     from statement_file f where f.statement_row = s.id order by f.id limit 1) as file`;

/** Whole statements, wherever they came from, for people. */
@Injectable()
export class StatementRead {
  constructor(private readonly database: Database) {}

  /** Newest first, at most `limit + 1` of them. */
  list(filter: {
    bank?: string;
    before: string | null;
    limit: number;
  }): Promise<KnownStatementRow[]> {
    return rows<KnownStatementRow>(
      this.database.reader,
      `select ${COLUMNS} from statement s
        where s.state = 'complete' and ($1::text is null or s.bank = $1) and ($2::uuid is null or s.id < $2)
        order by s.id desc limit $3`,
      [filter.bank ?? null, filter.before, filter.limit + 1],
    );
  }

  find(id: string): Promise<KnownStatementRow | null> {
    return one<KnownStatementRow>(
      this.database.reader,
      `select ${COLUMNS} from statement s where s.id = $1 and s.state = 'complete'`,
      [id],
    );
  }
}
