import { Get, Header, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { formatPeriod } from '../../kernel/index.js';
import { download, type Language } from '../../platform/http/index.js';
import { type ExportColumn } from '../../platform/spreadsheet/index.js';
import { TakeExport, ViewCashless, type CommuneShares } from '../../reports/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { PageLanguage, Pages, PrintButton, screen, type Screen } from '../kit/index.js';
import { CashlessPage } from './cashless.page.js';
import { communeParts, communesDrawing, svgOf, trendDrawing } from './charts.js';
import { ReportNames } from './report-names.js';
import { cashlessQuery, type CashlessQuery } from './report.query.js';
import { MEASURE_TEXTS } from './report.words.js';
import { REPORTS } from './reports.page.js';

const chartQuery = cashlessQuery.extend({
  part: z.coerce.number().int().min(0).catch(0).default(0),
});
const SVG = 'image/svg+xml; charset=utf-8';

export const CASHLESS_TITLE = {
  vi: 'Tỷ lệ chi trả không dùng tiền mặt',
  en: 'Share of people paid without cash',
};

/** Who is paid without cash. */
@Pages()
export class CashlessPages {
  constructor(
    private readonly view: ViewCashless,
    private readonly names: ReportNames,
    private readonly exports: TakeExport,
  ) {}

  @Get('reports/cashless')
  @Requires('beneficiary.read')
  async show(@Query({ schema: cashlessQuery }) query: CashlessQuery): Promise<Screen> {
    const filter = this.asked(query);
    return screen({
      title: CASHLESS_TITLE,
      crumbs: [REPORTS],
      actions: <PrintButton />,
      body: (
        <CashlessPage
          report={await this.view.of(filter)}
          trend={await this.view.trend(filter)}
          filter={filter}
          communeName={this.communeName(filter.period)}
          office={this.names.office()}
        />
      ),
    });
  }

  @Get('reports/cashless/trend.svg')
  @Requires('beneficiary.read')
  @Header('Content-Type', SVG)
  async trend(
    @Query({ schema: cashlessQuery }) query: CashlessQuery,
    @PageLanguage() language: Language,
  ): Promise<string> {
    const points = await this.view.trend(this.asked(query));
    const shown = points.filter(({ all }) => all.people > 0);
    return svgOf(trendDrawing(shown, language));
  }

  @Get('reports/cashless/communes.svg')
  @Requires('beneficiary.read')
  @Header('Content-Type', SVG)
  async communes(
    @Query({ schema: chartQuery }) query: z.infer<typeof chartQuery>,
    @PageLanguage() language: Language,
  ): Promise<string> {
    const filter = this.asked(query);
    const { communes, target } = await this.view.of(filter);
    const nameOf = this.communeName(filter.period);
    const named = communes.map((row) => ({ ...row, name: nameOf(row.communeCode) }));
    const part = communeParts(named)[query.part] ?? [];
    return svgOf(communesDrawing(part, { target: target?.credited ?? null, language }));
  }

  @Get('reports/cashless.:format')
  @Requires('beneficiary.read')
  async file(
    @Query({ schema: cashlessQuery }) query: CashlessQuery,
    @Wanted() { actor, format, language }: FileWanted,
  ): Promise<StreamableFile> {
    const { period, ...marks } = this.asked(query);
    const { communes } = await this.view.of({ period, ...marks });
    const at = { language, period };
    const taken = await this.exports.take(
      { actor, list: 'report-cashless', format, filter: { period, ...marks } },
      {
        language,
        title: CASHLESS_TITLE[language],
        filters: [
          { label: { vi: 'Kỳ', en: 'Period' }[language], value: formatPeriod(period) },
          ...this.names.facts(marks, at),
        ],
        columns: this.columns(language, this.communeName(period)),
        rows: communes,
      },
    );
    return download(taken);
  }

  private columns(
    language: Language,
    communeName: (code: string) => string,
  ): ExportColumn<CommuneShares>[] {
    const say = (vi: string, en: string): string => (language === 'vi' ? vi : en);
    const count = (
      heading: string,
      value: (row: CommuneShares) => number,
    ): ExportColumn<CommuneShares> => ({ heading, kind: 'count', adds: true, value });
    const share = (measure: 'account' | 'verified' | 'credited'): ExportColumn<CommuneShares> => ({
      heading: `${MEASURE_TEXTS[measure][language]} (%)`,
      kind: 'share',
      value: ({ shares }) => shares[measure],
    });
    return [
      { heading: say('Mã xã', 'Commune code'), kind: 'text', value: (row) => row.communeCode },
      {
        heading: say('Xã, phường', 'Commune'),
        kind: 'text',
        width: 30,
        value: (row) => communeName(row.communeCode),
      },
      count(say('Người được chi', 'People owed'), ({ people }) => people),
      count(MEASURE_TEXTS.account[language], ({ account }) => account),
      share('account'),
      count(MEASURE_TEXTS.verified[language], ({ verified }) => verified),
      share('verified'),
      count(
        say('Được chi qua TK: tự nhận', 'Paid into it: themselves'),
        ({ credited, creditedByRecipient }) => credited - creditedByRecipient,
      ),
      count(
        say('Được chi qua TK: người nhận thay', 'Paid into it: recipient'),
        ({ creditedByRecipient }) => creditedByRecipient,
      ),
      count(MEASURE_TEXTS.credited[language], ({ credited }) => credited),
      share('credited'),
      count(say('Còn nhận tiền mặt', 'Still cash'), ({ people, credited }) => people - credited),
    ];
  }

  private communeName(period: string): (code: string) => string {
    return (code) => this.names.of('commune', code, { language: 'vi', period });
  }

  private asked(query: CashlessQuery): CashlessQuery & { period: string } {
    return { ...query, period: query.period ?? this.names.thisMonth };
  }
}
