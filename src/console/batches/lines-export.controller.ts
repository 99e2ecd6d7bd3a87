import { Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { ViewBatches, type BatchSummary, type LineView } from '../../batches/index.js';
import { Requires } from '../../identity/index.js';
import { formatPeriod, lastDayOf } from '../../kernel/index.js';
import { PaymentReads, type PaymentState } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { kindText, Pages, stateText } from '../kit/index.js';
import { linesQuery } from './batch-parts.controller.js';

interface ExportedLine extends LineView {
  /** Of the payment that was made of it; null before the batch is signed. */
  readonly paymentState: PaymentState | null;
}

/** The lines of a batch, of a whole filter, as a file. */
@Pages()
export class LineExports {
  constructor(
    private readonly batches: ViewBatches,
    private readonly payments: PaymentReads,
    private readonly database: Database,
    private readonly exports: ListExports,
  ) {}

  @Get('batches/:id/lines.:format')
  @Requires('batch.read', 'beneficiary.read')
  async file(
    @Param('id', { schema: z.uuid() }) batchId: string,
    @Query({ schema: linesQuery }) query: z.infer<typeof linesQuery>,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const batch = await this.batches.one(batchId);
    const { cursor: _, ...filter } = query;
    return this.exports.give<ExportedLine>(wanted, {
      list: 'batch-lines',
      title: { vi: 'Các dòng của đợt chi', en: 'Lines of the batch' },
      filter: { batch: batchId, ...filter },
      facts: ({ t, names }) => [
        ['Đợt chi', 'Batch', batch.number],
        ['Chế độ', 'Programme', t(names.programme(batch.programme))],
        ['Kỳ', 'Period', formatPeriod(batch.period)],
        ['Tìm', 'Search', filter.search],
        ['Xã, phường', 'Commune', filter.communeCode && names.commune(filter.communeCode)],
        ['Ngân hàng', 'Bank', filter.bankBin && names.bank(filter.bankBin)],
        ['Nguồn', 'Fund', filter.fund && t(names.fund(filter.fund))],
        ['Loại', 'Kind', filter.kind && t(kindText(filter.kind))],
      ],
      columns: columnsOf,
      rows: rowsByKey(
        (afterLineNo: number | null) =>
          this.page(batch, { ...filter, afterLineNo: afterLineNo ?? 0 }),
        ({ lineNo }) => lineNo,
      ),
    });
  }

  private async page(
    batch: BatchSummary,
    asked: Omit<Parameters<ViewBatches['lines']>[0], 'batchId' | 'limit'>,
  ): Promise<ExportedLine[]> {
    const lines = await this.batches.lines({ ...asked, batchId: batch.id, limit: EXPORT_PAGE });
    const ids = lines.map(({ id }) => id);
    const paid =
      batch.state === 'approved' ? await this.payments.ofLines(this.database.reader, ids) : [];
    const states = new Map(paid.map(({ lineId, state }) => [lineId, state]));
    return lines.map((line) => ({ ...line, paymentState: states.get(line.id) ?? null }));
  }
}

function columnsOf({
  t,
  names,
  text,
  money,
  date,
}: ColumnMaker<ExportedLine>): ExportColumn<ExportedLine>[] {
  return [
    text('Số', 'No.', (row) => String(row.lineNo)),
    text('Họ và tên', 'Name', (row) => row.payeeName),
    text('Số định danh', 'Personal number', (row) => row.personalNumber),
    text('Tên tài khoản', 'Account name', (row) => row.accountName),
    text('Số tài khoản', 'Account', (row) => row.accountNumber),
    text('Ngân hàng', 'Bank', (row) => names.bank(row.bankBin)),
    money('Số tiền', 'Amount', (row) => row.amount),
    text('Mã xã', 'Commune code', (row) => row.communeCode),
    text('Xã, phường', 'Commune', (row) => names.commune(row.communeCode, lastDayOf(row.period))),
    text('Loại', 'Kind', (row) => t(kindText(row.kind))),
    text('Kỳ', 'Period', (row) => formatPeriod(row.period)),
    text('Số quyết định', 'Decision', (row) => row.decisionNumber),
    text('Nguồn kinh phí', 'Fund', (row) => t(names.fund(row.fund))),
    text('Người nhận thay', 'Recipient', (row) => row.recipientName),
    text(
      'Số định danh người nhận thay',
      'Recipient’s number',
      (row) => row.recipientPersonalNumber,
    ),
    date('Ủy quyền đến', 'Authorised until', (row) => row.authorisedUntil),
    text(
      'Khoản chi',
      'Payment',
      ({ paymentState }) => paymentState && t(stateText('payment', paymentState)),
    ),
  ];
}
