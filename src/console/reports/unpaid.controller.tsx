import { Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { formatPeriod } from '../../kernel/index.js';
import { decodeCursor, download, type Language } from '../../platform/http/index.js';
import { everyRow, type ExportColumn } from '../../platform/spreadsheet/index.js';
import {
  TakeExport,
  ViewHome,
  ViewUnpaid,
  type UnpaidFilter,
  type UnpaidRow,
} from '../../reports/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { kindText, Pages, PrintButton, ROWS_SHOWN, screen, type Screen } from '../kit/index.js';
import { ReportNames } from './report-names.js';
import { EXPORT_PAGE, unpaidQuery, type UnpaidQuery } from './report.query.js';
import { REASON_TEXTS } from './report.words.js';
import { REPORTS } from './reports.page.js';
import { UnpaidPage } from './unpaid.page.js';

const key = z.object({ period: z.string(), commune: z.string(), id: z.uuid() });
const TITLE = { vi: 'Danh sách chưa chi', en: 'Unpaid list' };
const RETURNED_BY = 'hand-in-results';

/** What is owed and not paid. */
@Pages()
export class UnpaidPages {
  constructor(
    private readonly view: ViewUnpaid,
    private readonly home: ViewHome,
    private readonly names: ReportNames,
    private readonly exports: TakeExport,
  ) {}

  @Get('reports/unpaid')
  @Requires('entitlement.read', 'beneficiary.read')
  async show(@Query({ schema: unpaidQuery }) query: UnpaidQuery): Promise<Screen> {
    const filter = { ...query, period: query.period ?? this.names.thisMonth };
    const asked = filterOf(filter);
    const after = decodeCursor(query.cursor, key);
    const page = await this.view.list(asked, { after, limit: ROWS_SHOWN });
    const isThisMonth = filter.period === this.names.thisMonth;
    return screen({
      title: TITLE,
      crumbs: [REPORTS],
      actions: <PrintButton />,
      body: (
        <UnpaidPage
          rows={page.items}
          nextCursor={page.nextCursor}
          totals={await this.view.totals(asked)}
          filter={filter}
          deadline={isThisMonth ? this.home.deadline(RETURNED_BY) : null}
          communeName={(code) =>
            this.names.of('commune', code, { language: 'vi', period: filter.period })
          }
          office={this.names.office()}
        />
      ),
    });
  }

  @Get('reports/unpaid.:format')
  @Requires('entitlement.read', 'beneficiary.read')
  async file(
    @Query({ schema: unpaidQuery }) query: UnpaidQuery,
    @Wanted() { actor, format, language }: FileWanted,
  ): Promise<StreamableFile> {
    const filter = filterOf({ ...query, period: query.period ?? this.names.thisMonth });
    const { period, programme, commune, reason, carriedOver } = filter;
    const at = { language, period };
    const say = (vi: string, en: string): string => (language === 'vi' ? vi : en);
    const taken = await this.exports.take(
      { actor, list: 'report-unpaid', format, filter: { ...filter } },
      {
        language,
        title: TITLE[language],
        filters: [
          { label: say('Kỳ', 'Period'), value: formatPeriod(period) },
          {
            label: say('Kỳ trước chuyển sang', 'Carried over'),
            value: carriedOver ? say('gồm cả', 'included') : say('không gồm', 'left out'),
          },
          ...this.names.facts({ programme, commune }, at),
          ...(reason
            ? [{ label: say('Lý do', 'Reason'), value: REASON_TEXTS[reason][language] }]
            : []),
        ],
        columns: this.columns(at),
        rows: everyRow((cursor) =>
          this.view.list(filter, { after: decodeCursor(cursor, key), limit: EXPORT_PAGE }),
        ),
      },
    );
    return download(taken);
  }

  private columns(at: { language: Language; period: string }): ExportColumn<UnpaidRow>[] {
    const { language, period } = at;
    const say = (vi: string, en: string): string => (language === 'vi' ? vi : en);
    const text = (
      heading: string,
      value: (row: UnpaidRow) => string | null,
    ): ExportColumn<UnpaidRow> => ({ heading, kind: 'text', value });
    return [
      text(say('Họ và tên', 'Name'), (row) => row.fullName),
      text(say('Số định danh', 'Personal number'), (row) => row.personalNumber),
      text(say('Mã xã', 'Commune code'), (row) => row.communeCode),
      text(say('Xã, phường', 'Commune'), (row) => this.names.of('commune', row.communeCode, at)),
      text(say('Chế độ', 'Programme'), (row) => this.names.of('programme', row.programme, at)),
      text(say('Kỳ', 'Period'), (row) => formatPeriod(row.period)),
      text(say('Chuyển sang', 'Carried over'), (row) => (row.period === period ? null : 'x')),
      text(say('Loại', 'Kind'), (row) => kindText(row.kind)[language]),
      { heading: say('Số tiền', 'Amount'), kind: 'money', value: (row) => row.amount },
      text(say('Lý do', 'Reason'), (row) => REASON_TEXTS[row.reason][language]),
      text(say('Lý do của ngân hàng', 'The bank’s reason'), (row) =>
        row.failedCode === null ? null : this.names.reason(row.failedCode, language),
      ),
      text(say('Số tài khoản', 'Account'), (row) => row.accountNumber),
      text(say('Ngân hàng', 'Bank'), (row) =>
        row.bankBin === null ? null : this.names.of('payeeBank', row.bankBin, at),
      ),
    ];
  }
}

function filterOf(query: UnpaidQuery & { period: string }): UnpaidFilter {
  const { period, programme, commune, reason, earlier } = query;
  return { period, programme, commune, reason, carriedOver: earlier !== 'no' };
}
