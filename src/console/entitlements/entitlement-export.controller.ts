import { Get, Query, type StreamableFile } from '@nestjs/common';
import { findImport, searchEntitlements, type EntitlementView } from '../../entitlements/index.js';
import { Requires } from '../../identity/index.js';
import { formatPeriod, lastDayOf } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { kindText, Pages, stateText } from '../kit/index.js';
import { ENTITLEMENTS } from './entitlement.controller.js';
import { entitlementsFilter, searchOf, type EntitlementsFilter } from './entitlement.forms.js';

/** What is owed, of a whole filter, as a file. */
@Pages()
export class EntitlementExports {
  constructor(
    private readonly database: Database,
    private readonly exports: ListExports,
  ) {}

  @Get('entitlements.:format')
  @Requires('entitlement.read', 'beneficiary.read')
  async file(
    @Query({ schema: entitlementsFilter }) { cursor: _, ...filter }: EntitlementsFilter,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const { reader } = this.database;
    const search = searchOf(filter);
    const list = filter.import ? await findImport(reader, filter.import) : null;
    return this.exports.give<EntitlementView>(wanted, {
      list: 'entitlements',
      title: ENTITLEMENTS.text,
      filter,
      facts: ({ t, names }) => [
        ['Chế độ', 'Programme', filter.programme && t(names.programme(filter.programme))],
        ['Kỳ', 'Period', filter.period && formatPeriod(filter.period)],
        ['Xã, phường', 'Commune', filter.commune && names.commune(filter.commune)],
        ['Tình trạng', 'State', filter.state && t(stateText('entitlement', filter.state))],
        ['Loại khoản', 'Kind', filter.kind && t(kindText(filter.kind))],
        ['Số quyết định', 'Decision', filter.decision],
        ['Lần chi trước', 'Last payment', filter.failed && t(FAILED[filter.failed])],
        ['Danh sách gửi vào', 'List', list?.fileName],
        ['Chỉ một người', 'Only one person', filter.person && t('có', 'yes')],
      ],
      columns: columnsOf,
      rows: rowsByKey(
        (before: string | null) =>
          searchEntitlements(reader, { ...search, before, limit: EXPORT_PAGE }),
        ({ id }) => id,
      ),
    });
  }
}

const FAILED = {
  true: { vi: 'Không thành', en: 'Failed' },
  false: { vi: 'Không có lần nào hỏng', en: 'Did not fail' },
};

function columnsOf({
  t,
  names,
  text,
  money,
  date,
}: ColumnMaker<EntitlementView>): ExportColumn<EntitlementView>[] {
  return [
    text('Họ và tên', 'Name', (row) => row.fullName),
    text('Số định danh', 'Personal number', (row) => row.personalNumber),
    text('Mã xã', 'Commune code', (row) => row.communeCode),
    text('Xã, phường', 'Commune', (row) => names.commune(row.communeCode, lastDayOf(row.period))),
    text('Chế độ', 'Programme', (row) => t(names.programme(row.programme))),
    text('Kỳ', 'Period', (row) => formatPeriod(row.period)),
    text('Loại', 'Kind', (row) => t(kindText(row.kind))),
    money('Số tiền', 'Amount', (row) => row.amount),
    text('Tình trạng', 'State', (row) => t(stateText('entitlement', row.state))),
    text(
      'Lần trước không thành vì',
      'Failed before because',
      (row) => row.failedCode && t(names.reason(row.failedCode)),
    ),
    text('Số quyết định', 'Decision', (row) => row.decisionNumber),
    date('Ngày quyết định', 'Dated', (row) => row.decisionDate),
    text('Nguồn kinh phí', 'Fund', (row) => t(names.fund(row.fund))),
    text('Người nhận thay', 'Recipient', (row) => row.recipientName),
    text(
      'Số định danh người nhận thay',
      'Recipient’s number',
      (row) => row.recipientPersonalNumber,
    ),
    date('Ủy quyền đến', 'Authorised until', (row) => row.authorisedUntil),
    text('Ghi chú', 'Note', (row) => row.note),
  ];
}
