import { Get, Query, type StreamableFile } from '@nestjs/common';
import { Requires } from '../../identity/index.js';
import { download, type Language } from '../../platform/http/index.js';
import { type ExportColumn } from '../../platform/spreadsheet/index.js';
import {
  TakeExport,
  TERMS,
  ViewPaymentsReport,
  type Dimension,
  type PaymentsFilter,
  type ReportRow,
} from '../../reports/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { PageLanguage, Pages, PrintButton, screen, type Screen } from '../kit/index.js';
import { PaymentsReportPage } from './payments-report.page.js';
import { ReportNames } from './report-names.js';
import { paymentsQuery, type PaymentsQuery } from './report.query.js';
import { DIMENSION_TEXTS, TERM_HEADS } from './report.words.js';
import { REPORTS } from './reports.page.js';

/** What became of payments, by any of their marks. */
@Pages()
export class PaymentsReportPages {
  constructor(
    private readonly view: ViewPaymentsReport,
    private readonly names: ReportNames,
    private readonly exports: TakeExport,
  ) {}

  @Get('reports/payments')
  @Requires('payment.read')
  async show(
    @Query({ schema: paymentsQuery }) query: PaymentsQuery,
    @PageLanguage() language: Language,
  ): Promise<Screen> {
    const { filter, by } = this.asked(query);
    const at = { language, period: filter.to };
    return screen({
      title: { vi: 'Báo cáo kết quả chi trả', en: 'Report on payments' },
      crumbs: [REPORTS],
      actions: <PrintButton />,
      body: (
        <PaymentsReportPage
          report={await this.view.of(filter, by)}
          filter={filter}
          by={by}
          nameOf={(dimension, key) => this.names.of(dimension, key, at)}
          office={this.names.office()}
        />
      ),
    });
  }

  @Get('reports/payments.:format')
  @Requires('payment.read')
  async file(
    @Query({ schema: paymentsQuery }) query: PaymentsQuery,
    @Wanted() { actor, format, language }: FileWanted,
  ): Promise<StreamableFile> {
    const { filter, by } = this.asked(query);
    const { rows } = await this.view.of(filter, by);
    const at = { language, period: filter.to };
    const { from, to, ...marks } = filter;
    const taken = await this.exports.take(
      { actor, list: 'report-payments', format, filter: query },
      {
        language,
        title: { vi: 'Báo cáo kết quả chi trả', en: 'Report on payments' }[language],
        filters: [
          {
            label: { vi: 'Tháng ngân sách', en: 'Budget months' }[language],
            value: [...new Set([from, to])]
              .map((key) => this.names.of('month', key, at))
              .join(' – '),
          },
          ...this.names.facts(marks, at),
        ],
        columns: this.columns(by, at),
        rows,
      },
    );
    return download(taken);
  }

  private columns(
    by: { first: Dimension; second: Dimension | null },
    at: { language: Language; period: string },
  ): ExportColumn<ReportRow>[] {
    const { language } = at;
    const marks = (
      dimension: Dimension,
      keyOf: (row: ReportRow) => string | null,
    ): ExportColumn<ReportRow>[] => {
      const heading = DIMENSION_TEXTS[dimension][language];
      const code = { vi: 'mã', en: 'code' }[language];
      return [
        { heading: `${heading} (${code})`, kind: 'text', value: keyOf },
        {
          heading,
          kind: 'text',
          width: 30,
          value: (row) => this.names.of(dimension, keyOf(row) ?? '', at),
        },
      ];
    };
    const figures = (
      heading: string,
      figureOf: (row: ReportRow) => ReportRow['all'],
    ): ExportColumn<ReportRow>[] => [
      {
        heading: `${heading}: ${{ vi: 'số khoản', en: 'payments' }[language]}`,
        kind: 'count',
        adds: true,
        value: (row) => figureOf(row).count,
      },
      {
        heading: `${heading}: ${{ vi: 'số tiền', en: 'amount' }[language]}`,
        kind: 'money',
        value: (row) => figureOf(row).total,
      },
    ];
    return [
      ...marks(by.first, ({ key }) => key),
      ...(by.second ? marks(by.second, ({ second }) => second) : []),
      ...figures({ vi: 'Tất cả', en: 'All' }[language], ({ all }) => all),
      ...TERMS.flatMap((term) => figures(TERM_HEADS[term][language], ({ terms }) => terms[term])),
    ];
  }

  private asked(query: PaymentsQuery): {
    filter: PaymentsFilter;
    by: { first: Dimension; second: Dimension | null };
  } {
    const { by = 'programme', and, from, to, ...marks } = query;
    const last = to ?? from ?? this.names.thisMonth;
    const first = from ?? last;
    const [earlier, later] = first <= last ? [first, last] : [last, first];
    return {
      filter: { ...marks, from: earlier, to: later },
      by: { first: by, second: and === undefined || and === by ? null : and },
    };
  }
}
