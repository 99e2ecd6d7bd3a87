import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database/index.js';

/** What the items of a report did, by result; `null` while they wait to be applied. */
export interface ReportEffect {
  result: string | null;
  fact: string | null;
  items: number;
}

/** One statement of a file: the row that says it, or why it was not taken. */
export interface StatementEffect {
  part: number;
  statementId: string | null;
  reconciliationId: string | null;
  failure: string | null;
  newEntries: number;
  repeated: boolean;
}

/** Where a file says something that moved nothing, with its place. */
export interface UnreadPlace {
  reference: string | null;
  why: string | null;
  result: string | null;
}

const UNREAD_SHOWN = 200;

/** What a file of a bank did, gathered from the modules that applied it. */
@Injectable()
export class FileEffects {
  constructor(private readonly database: Database) {}

  report(fileId: string): Promise<ReportEffect[]> {
    return rows<ReportEffect>(
      this.database.reader,
      `select result, fact, count(*)::int as items from notice_item_view where file_id = $1
        group by result, fact order by items desc, result, fact`,
      [fileId],
    );
  }

  /** The first of what moved no payment and should be looked at. */
  unread(fileId: string): Promise<UnreadPlace[]> {
    return rows<UnreadPlace>(
      this.database.reader,
      `select reference, why, result from notice_item_view
        where file_id = $1 and (result is null or result in ('unread', 'unknown-reference', 'conflict'))
        order by notice_id, position limit $2`,
      [fileId, UNREAD_SHOWN],
    );
  }

  statements(fileId: string): Promise<StatementEffect[]> {
    return rows<StatementEffect>(
      this.database.reader,
      `select part, statement_row as "statementId", reconciliation_id as "reconciliationId", failure,
              new_entries as "newEntries", repeated
         from statement_of_file where file_id = $1 order by part`,
      [fileId],
    );
  }
}
