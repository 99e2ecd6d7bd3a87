import { Get, Query, type StreamableFile } from '@nestjs/common';
import { AlertRead, AlertWriter, type AlertRow } from '../../alerts/index.js';
import { Requires, UserNames } from '../../identity/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { nameOf, Pages, stateText, withNames } from '../kit/index.js';
import { ALERTS } from './alerts.controller.js';
import { alertsQuery, filterOf, type AlertsQuery } from './alerts.query.js';
import { RULE_TEXTS, SEVERITY_TEXTS } from './alerts.words.js';

/** The alerts of a whole filter as a file. */
@Pages()
export class AlertExports {
  constructor(
    private readonly alerts: AlertRead,
    private readonly writer: AlertWriter,
    private readonly people: UserNames,
    private readonly exports: ListExports,
  ) {}

  @Get('alerts.:format')
  @Requires('alert.read')
  async file(
    @Query({ schema: alertsQuery }) query: AlertsQuery,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const { actor } = wanted;
    const { cursor: _, ...filter } = query;
    const { state, severity, rule, bank, mine } = filter;
    const owner = mine && (await nameOf(this.people, actor.name));
    return this.exports.give<AlertRow>(wanted, {
      list: 'alerts',
      title: ALERTS.text,
      filter,
      facts: ({ t, names }) => [
        ['Tình trạng', 'State', t(state === undefined ? LIVING : sideText(state))],
        ['Mức độ', 'Severity', severity && t(SEVERITY_TEXTS[severity])],
        ['Về việc gì', 'About', rule && t(RULE_TEXTS[rule])],
        ['Ngân hàng', 'Bank', bank && names.ourBank(bank)],
        ['Người nhận', 'Owner', owner],
      ],
      columns: (make) => this.columns(make),
      rows: rowsByKey(
        async (before: string | null) => {
          const found = await this.alerts.list({
            ...filterOf(query, actor),
            before,
            limit: EXPORT_PAGE,
          });
          return withNames(this.people, found, 'owner', 'resolvedBy');
        },
        ({ id }) => id,
      ),
    });
  }

  private columns({
    t,
    names,
    text,
    money,
    count,
    moment,
  }: ColumnMaker<AlertRow>): ExportColumn<AlertRow>[] {
    return [
      text('Cảnh báo', 'Alert', (row) => t(this.writer.shown(row).title)),
      text('Mức độ', 'Severity', (row) => t(SEVERITY_TEXTS[row.severity])),
      text('Về việc gì', 'About', (row) => t(RULE_TEXTS[row.rule])),
      text('Tình trạng', 'State', (row) => t(stateText('alert', row.state))),
      text('Ngân hàng', 'Bank', (row) => row.bank && names.ourBank(row.bank)),
      count('Số dòng', 'Rows', (row) => row.count),
      money('Số tiền', 'Amount', (row) => row.amount),
      moment('Từ', 'Since', (row) => row.openedAt),
      text('Người nhận', 'Owner', (row) => row.owner),
      moment('Nhận lúc', 'Taken on', (row) => row.acknowledgedAt),
      text('Người xử lý xong', 'Resolved by', (row) =>
        row.resolvedBy === 'system' ? t('Hệ thống', 'System') : row.resolvedBy,
      ),
      moment('Xử lý xong lúc', 'Resolved', (row) => row.resolvedAt),
      text('Việc cần làm', 'What to do', (row) => t(this.writer.shown(row).nextStep)),
    ];
  }
}

const LIVING = { vi: 'Đang có', en: 'Living' };
const ALL = { vi: 'Tất cả', en: 'All' };

function sideText(side: NonNullable<AlertsQuery['state']>) {
  return side === 'all' ? ALL : stateText('alert', side);
}
