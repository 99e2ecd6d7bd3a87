import { Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Requires, UserNames } from '../../identity/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import {
  BUCKET_TEXTS,
  ReconciliationRead,
  StatementRead,
  type EntryRow,
  type KnownStatementRow,
} from '../../reconciliation/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { Pages } from '../kit/index.js';
import { withSenders } from './statement-senders.js';
import { noSuchRun } from './reconciliation-pages.errors.js';
import { entriesQuery, titleOf } from './reconciliation.controller.js';
import { statementsQuery } from './statements.controller.js';

/** Statements, and the entries of one, as files. */
@Pages()
@Requires('reconciliation.read')
export class StatementExports {
  constructor(
    private readonly statements: StatementRead,
    private readonly reads: ReconciliationRead,
    private readonly people: UserNames,
    private readonly exports: ListExports,
  ) {}

  @Get('statements.:format')
  all(
    @Query({ schema: statementsQuery }) { bank }: z.infer<typeof statementsQuery>,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    return this.exports.give<KnownStatementRow>(wanted, {
      list: 'statements',
      title: { vi: 'Sao kê đã có', en: 'Statements that are here' },
      filter: { bank },
      facts: ({ names }) => [['Ngân hàng', 'Bank', bank && names.ourBank(bank)]],
      columns: statementColumns,
      rows: rowsByKey(
        async (before: string | null) =>
          withSenders(
            this.people,
            await this.statements.list({ bank, before, limit: EXPORT_PAGE }),
          ),
        ({ id }) => id,
      ),
    });
  }

  @Get('reconciliation/:id/entries.:format')
  async entries(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: entriesQuery }) { bucket }: z.infer<typeof entriesQuery>,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const run = await this.reads.find(id);
    if (!run) throw noSuchRun();
    const { statementRow } = run;
    return this.exports.give<EntryRow>(wanted, {
      list: 'statement-entries',
      title: { vi: 'Bút toán của sao kê', en: 'Entries of the statement' },
      filter: { reconciliation: id, bucket },
      facts: ({ t, names }) => [
        ['Về', 'About', t(titleOf(run, names.ourBank(run.bank)))],
        ['Nhóm', 'Bucket', bucket && t(BUCKET_TEXTS[bucket])],
      ],
      columns: entryColumns,
      rows:
        statementRow === null
          ? []
          : rowsByKey(
              (after: { bookedAt: string; id: string } | null) =>
                this.reads.entries({ statementRow, bucket, after, limit: EXPORT_PAGE }),
              (entry) => ({ bookedAt: entry.bookedAt.toISOString(), id: entry.id }),
            ),
    });
  }
}

function statementColumns({
  names,
  text,
  money,
  count,
  date,
  moment,
}: ColumnMaker<KnownStatementRow>): ExportColumn<KnownStatementRow>[] {
  const balance = (...given: Parameters<typeof money>) => ({ ...money(...given), adds: false });
  return [
    text('Số sao kê', 'Statement', (row) => row.statementId),
    text('Ngân hàng', 'Bank', (row) => names.ourBank(row.bank)),
    date('Từ ngày', 'From', (row) => row.from),
    date('Đến ngày', 'To', (row) => row.to),
    balance('Số dư đầu', 'Opening', (row) => row.opening),
    money('Ghi nợ', 'Debits', (row) => row.debitTotal),
    money('Ghi có', 'Credits', (row) => row.creditTotal),
    balance('Số dư cuối', 'Closing', (row) => row.closing),
    money('Lệch', 'Differs by', (row) => row.difference),
    count('Bút toán', 'Entries', (row) => row.entryCount),
    moment('Nhận lúc', 'Here since', (row) => row.readAt),
    text('Tệp', 'File', (row) => row.file?.name),
    text('Người nộp', 'Brought by', (row) => row.file?.receivedBy),
  ];
}

function entryColumns({ t, text, money, moment }: ColumnMaker<EntryRow>): ExportColumn<EntryRow>[] {
  const of = (direction: EntryRow['direction']) => (row: EntryRow) =>
    row.direction === direction ? row.amount : null;
  return [
    text('Mã giao dịch của ngân hàng', 'The bank’s entry', (row) => row.entryId),
    moment('Hạch toán lúc', 'Booked', (row) => row.bookedAt),
    money('Ghi nợ', 'Debit', of('debit')),
    money('Ghi có', 'Credit', of('credit')),
    text('Bút toán đảo', 'Reversal', (row) => (row.reversal ? t('có', 'yes') : null)),
    text('Tham chiếu', 'Reference', (row) => row.reference),
    text('Nhóm', 'Bucket', (row) => t(BUCKET_TEXTS[row.bucket ?? 'waiting'])),
  ];
}
