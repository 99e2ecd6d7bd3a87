import { Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { formatPeriod } from '../../kernel/index.js';
import { decodeCursor, download, type Language } from '../../platform/http/index.js';
import { everyRow, type ExportColumn } from '../../platform/spreadsheet/index.js';
import { TakeExport, ViewCashless, type CashPerson } from '../../reports/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { Pages, PrintButton, ROWS_SHOWN, screen, type Screen } from '../kit/index.js';
import { CashPeoplePage } from './cash-people.page.js';
import { CASHLESS_TITLE } from './cashless.controller.js';
import { ReportNames } from './report-names.js';
import { cashPeopleQuery, EXPORT_PAGE, type CashPeopleQuery } from './report.query.js';
import { GROUP_TEXTS, STANDING_TEXTS, standingOf } from './report.words.js';
import { REPORTS } from './reports.page.js';

const key = z.object({ commune: z.string(), id: z.uuid() });

/** Who is still paid in cash, by name. */
@Pages()
export class CashPeoplePages {
  constructor(
    private readonly view: ViewCashless,
    private readonly names: ReportNames,
    private readonly exports: TakeExport,
  ) {}

  @Get('reports/cashless/people')
  @Requires('beneficiary.read')
  async show(@Query({ schema: cashPeopleQuery }) query: CashPeopleQuery): Promise<Screen> {
    const filter = this.asked(query);
    const after = decodeCursor(query.cursor, key);
    const page = await this.view.people(filter, { after, limit: ROWS_SHOWN });
    return screen({
      title: GROUP_TEXTS[query.who ?? 'cash'],
      crumbs: [REPORTS, { href: '/reports/cashless', text: CASHLESS_TITLE }],
      actions: <PrintButton />,
      body: (
        <CashPeoplePage
          people={page.items}
          nextCursor={page.nextCursor}
          filter={filter}
          communeName={(code) =>
            this.names.of('commune', code, { language: 'vi', period: filter.period })
          }
          office={this.names.office()}
        />
      ),
    });
  }

  @Get('reports/cashless/people.:format')
  @Requires('beneficiary.read')
  async file(
    @Query({ schema: cashPeopleQuery }) query: CashPeopleQuery,
    @Wanted() { actor, format, language }: FileWanted,
  ): Promise<StreamableFile> {
    const { period, who, programme, commune } = this.asked(query);
    const filter = { period, who, programme, commune };
    const at = { language, period };
    const taken = await this.exports.take(
      { actor, list: 'report-cash-people', format, filter },
      {
        language,
        title: GROUP_TEXTS.all[language],
        filters: [
          { label: { vi: 'Kỳ', en: 'Period' }[language], value: formatPeriod(period) },
          ...this.names.facts({ programme, commune }, at),
          {
            label: { vi: 'Gồm những ai', en: 'Who' }[language],
            value: GROUP_TEXTS[who ?? 'cash'][language],
          },
        ],
        columns: this.columns(at),
        rows: everyRow((cursor) =>
          this.view.people(filter, { after: decodeCursor(cursor, key), limit: EXPORT_PAGE }),
        ),
      },
    );
    return download(taken);
  }

  private columns(at: { language: Language; period: string }): ExportColumn<CashPerson>[] {
    const say = (vi: string, en: string): string => (at.language === 'vi' ? vi : en);
    const yes = (is: boolean): string => (is ? say('có', 'yes') : say('không', 'no'));
    const text = (
      heading: string,
      value: (row: CashPerson) => string | null,
    ): ExportColumn<CashPerson> => ({ heading, kind: 'text', value });
    return [
      text(say('Họ và tên', 'Name'), (row) => row.fullName),
      text(say('Số định danh', 'Personal number'), (row) => row.personalNumber),
      text(say('Mã xã', 'Commune code'), (row) => row.communeCode),
      text(say('Xã, phường', 'Commune'), (row) => this.names.of('commune', row.communeCode, at)),
      text(say('Chế độ', 'Programmes'), (row) =>
        row.programmes.map((code) => this.names.of('programme', code, at)).join('; '),
      ),
      { heading: say('Còn chưa chi', 'Not paid'), kind: 'money', value: (row) => row.amount },
      text(say('Đến đâu', 'How far'), (row) => STANDING_TEXTS[standingOf(row)][at.language]),
      text(say('Có tài khoản', 'Has an account'), (row) => yes(row.hasAccount)),
      text(say('Đã xác minh', 'Verified'), (row) => yes(row.isVerified)),
      text(say('Người nhận thay', 'Recipient'), (row) => yes(row.byRecipient)),
      text(say('Lý do ngân hàng', 'The bank’s reason'), (row) =>
        row.failedCode === null ? null : this.names.reason(row.failedCode, at.language),
      ),
    ];
  }

  private asked(query: CashPeopleQuery): CashPeopleQuery & { period: string } {
    return { ...query, period: query.period ?? this.names.thisMonth };
  }
}
