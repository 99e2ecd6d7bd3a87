import { Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock, formatPeriod, lastDayOf } from '../../kernel/index.js';
import { PaymentList, type ListedPayment } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { download, type Language } from '../../platform/http/index.js';
import { everyRow, EXPORT_FORMATS, type ExportColumn } from '../../platform/spreadsheet/index.js';
import { TakeExport } from '../../reports/index.js';
import { Names, PageLanguage, Pages, stateText, type NamesOf } from '../kit/index.js';
import { filterOf, listQuery, type ListQuery } from './payment.query.js';

const PAGE = 1_000;
const format = { schema: z.enum(EXPORT_FORMATS) };

/** The payments of a whole filter as a file. */
@Pages()
export class PaymentExports {
  constructor(
    private readonly listed: PaymentList,
    private readonly exports: TakeExport,
    private readonly database: Database,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get('payments.:format')
  @Requires('payment.read', 'beneficiary.read')
  async file(
    @Param('format', format) wanted: 'xlsx' | 'csv',
    @Query({ schema: listQuery }) query: ListQuery,
    @CurrentActor() actor: Actor,
    @PageLanguage() language: Language,
  ): Promise<StreamableFile> {
    const filter = filterOf(query);
    const taken = await this.exports.take(
      { actor, list: 'payments', format: wanted, filter: { ...filter } },
      {
        language,
        title: language === 'vi' ? 'Khoản chi' : 'Payments',
        filters: factsOf(query, language),
        columns: columnsOf(this.names.at(this.clock.now()), language),
        rows: everyRow((cursor) => this.page(filter, cursor)),
      },
    );
    return download(taken);
  }

  private async page(filter: ReturnType<typeof filterOf>, cursor: string | undefined) {
    const before = cursor ?? null;
    const items = await this.listed.list(this.database.reader, { ...filter, before, limit: PAGE });
    return { items, nextCursor: items.length < PAGE ? null : (items.at(-1)?.id ?? null) };
  }
}

const LABELS: Readonly<Record<string, { vi: string; en: string }>> = {
  q: { vi: 'Tìm', en: 'Search' },
  state: { vi: 'Tình trạng', en: 'State' },
  run: { vi: 'Lượt chi', en: 'Run' },
  batch: { vi: 'Đợt chi', en: 'Batch' },
  month: { vi: 'Kinh phí của tháng', en: 'Money of the month' },
  programme: { vi: 'Chế độ', en: 'Programme' },
  period: { vi: 'Kỳ', en: 'Period' },
  bank: { vi: 'Qua ngân hàng', en: 'Through the bank' },
  commune: { vi: 'Xã, phường', en: 'Commune' },
  fund: { vi: 'Nguồn kinh phí', en: 'Fund' },
  reason: { vi: 'Nguyên nhân', en: 'Cause' },
};

/** The filters that are set, as they stand in the address. */
function factsOf(query: ListQuery, language: Language): { label: string; value: string }[] {
  return Object.entries(query).flatMap(([name, value]) => {
    const label = LABELS[name]?.[language];
    const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined);
    if (label === undefined || values.length === 0) return [];
    const words = values.map((one) =>
      name === 'state' ? stateText('payment', one)[language] : one,
    );
    return [{ label, value: words.join(', ') }];
  });
}

function columnsOf(names: NamesOf, language: Language): ExportColumn<ListedPayment>[] {
  const say = (vi: string, en: string): string => (language === 'vi' ? vi : en);
  const text = (
    heading: string,
    value: (row: ListedPayment) => string | null,
  ): ExportColumn<ListedPayment> => ({ heading, kind: 'text', value });
  return [
    text(say('Họ và tên', 'Name'), (row) => row.payeeName),
    text(say('Mã xã', 'Commune code'), (row) => row.communeCode),
    text(say('Xã, phường', 'Commune'), (row) =>
      names.commune(row.communeCode, lastDayOf(row.period)),
    ),
    text(say('Tên tài khoản', 'Account name'), (row) => row.accountName),
    text(say('Số tài khoản', 'Account'), (row) => row.accountNumber),
    text(say('Ngân hàng', 'Bank'), (row) => names.bank(row.bankBin)),
    { heading: say('Số tiền', 'Amount'), kind: 'money', value: (row) => row.amount },
    text(say('Tình trạng', 'State'), (row) => stateText('payment', row.state)[language]),
    text(say('Nguyên nhân', 'Cause'), (row) =>
      row.reasonCode === null ? null : names.reason(row.reasonCode)[language],
    ),
    text(say('Chế độ', 'Programme'), (row) => names.programme(row.programme)[language]),
    text(say('Kỳ', 'Period'), (row) => formatPeriod(row.period)),
    text(say('Đợt chi', 'Batch'), (row) => row.batchNumber),
  ];
}
