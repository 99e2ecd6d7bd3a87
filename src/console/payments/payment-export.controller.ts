import { Get, Query, type StreamableFile } from '@nestjs/common';
import { Requires } from '../../identity/index.js';
import { formatPeriod, lastDayOf } from '../../kernel/index.js';
import { PaymentList, type ListedPayment } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import {
  EXPORT_PAGE,
  ListExports,
  rowsByKey,
  type ColumnMaker,
  type FileWords,
  type FilterFact,
} from '../exports/list-exports.js';
import { Pages, stateText } from '../kit/index.js';
import { PAYMENTS } from './payment.controller.js';
import { filterOf, listQuery, type ListQuery } from './payment.query.js';

/** The payments of a whole filter as a file. */
@Pages()
export class PaymentExports {
  constructor(
    private readonly listed: PaymentList,
    private readonly exports: ListExports,
    private readonly database: Database,
  ) {}

  @Get('payments.:format')
  @Requires('payment.read', 'beneficiary.read')
  file(
    @Query({ schema: listQuery }) query: ListQuery,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const filter = filterOf(query);
    return this.exports.give<ListedPayment>(wanted, {
      list: 'payments',
      title: PAYMENTS.text,
      filter: { ...filter },
      facts: (words) => factsOf(query, words),
      columns: columnsOf,
      rows: rowsByKey(
        (before: string | null) =>
          this.listed.list(this.database.reader, { ...filter, before, limit: EXPORT_PAGE }),
        ({ id }) => id,
      ),
    });
  }
}

function factsOf(query: ListQuery, { t, names }: FileWords): FilterFact[] {
  const { state, programme, period, bank, payeeBank, commune, fund, reason } = query;
  const states = state.map((one) => t(stateText('payment', one)));
  return [
    ['Tìm', 'Search', query.q],
    ['Tình trạng', 'State', states.length > 0 ? states.join(', ') : null],
    ['Lượt chi', 'Run', query.run],
    ['Đợt chi', 'Batch', query.batch],
    ['Kinh phí của tháng', 'Money of the month', query.month && formatPeriod(query.month)],
    ['đến tháng', 'to the month', query.month && query.monthTo && formatPeriod(query.monthTo)],
    ['Chế độ', 'Programme', programme && t(names.programme(programme))],
    ['Kỳ', 'Period', period && formatPeriod(period)],
    ['Qua ngân hàng', 'Through the bank', bank && names.ourBank(bank)],
    ['Ngân hàng người nhận', 'Payee’s bank', payeeBank && names.bank(payeeBank)],
    ['Xã, phường', 'Commune', commune && names.commune(commune)],
    ['Nguồn kinh phí', 'Fund', fund && t(names.fund(fund))],
    ['Nguyên nhân', 'Cause', reason && t(names.reason(reason))],
  ];
}

function columnsOf({
  t,
  names,
  text,
  money,
}: ColumnMaker<ListedPayment>): ExportColumn<ListedPayment>[] {
  return [
    text('Họ và tên', 'Name', (row) => row.payeeName),
    text('Mã xã', 'Commune code', (row) => row.communeCode),
    text('Xã, phường', 'Commune', (row) => names.commune(row.communeCode, lastDayOf(row.period))),
    text('Tên tài khoản', 'Account name', (row) => row.accountName),
    text('Số tài khoản', 'Account', (row) => row.accountNumber),
    text('Ngân hàng', 'Bank', (row) => names.bank(row.bankBin)),
    money('Số tiền', 'Amount', (row) => row.amount),
    text('Tình trạng', 'State', (row) => t(stateText('payment', row.state))),
    text('Nguyên nhân', 'Cause', (row) => row.reasonCode && t(names.reason(row.reasonCode))),
    text('Chế độ', 'Programme', (row) => t(names.programme(row.programme))),
    text('Kỳ', 'Period', (row) => formatPeriod(row.period)),
    text('Đợt chi', 'Batch', (row) => row.batchNumber),
  ];
}
