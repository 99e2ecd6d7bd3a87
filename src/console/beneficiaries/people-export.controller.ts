import { Get, Query, type StreamableFile } from '@nestjs/common';
import { listFound, type BeneficiaryRow } from '../../beneficiaries/index.js';
import { Requires } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { Pages } from '../kit/index.js';
import { peopleFilter, searchOf, type PeopleFilter } from './beneficiary.forms.js';
import { ONLY_TEXTS } from './beneficiary.texts.js';
import { PEOPLE } from './people.controller.js';
import { bornText } from './people.page.js';

/** The people of a whole filter as a file; nobody who is found is left out of it. */
@Pages()
export class PeopleExports {
  constructor(
    private readonly database: Database,
    private readonly exports: ListExports,
  ) {}

  @Get('beneficiaries.:format')
  @Requires('beneficiary.read')
  file(
    @Query({ schema: peopleFilter }) { cursor: _, ...filter }: PeopleFilter,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const search = searchOf(filter);
    return this.exports.give<BeneficiaryRow>(wanted, {
      list: 'beneficiaries',
      title: PEOPLE.text,
      filter,
      facts: ({ t, names }) => [
        ['Tìm', 'Search', filter.q],
        ['Xã, phường', 'Commune', filter.commune && names.commune(filter.commune)],
        ['Chỉ gồm', 'Only', filter.only && t(ONLY_TEXTS[filter.only])],
      ],
      columns: columnsOf,
      rows: rowsByKey(
        (afterId: string | null) =>
          listFound(this.database.reader, search, { afterId, limit: EXPORT_PAGE }),
        ({ id }) => id,
      ),
    });
  }
}

function columnsOf({
  t,
  names,
  text,
  date,
  moment,
}: ColumnMaker<BeneficiaryRow>): ExportColumn<BeneficiaryRow>[] {
  return [
    text('Họ và tên', 'Name', (row) => row.fullName),
    text('Số định danh', 'Personal number', (row) => row.personalNumber),
    text('Ngày sinh', 'Born', (row) => bornText(row.dateOfBirth)),
    text('Mã xã', 'Commune code', (row) => row.communeCode),
    text('Xã, phường', 'Commune', (row) => names.commune(row.communeCode)),
    text('Số tài khoản', 'Account', (row) => row.accountNumber),
    text('Ngân hàng', 'Bank', (row) => row.bankBin && names.bank(row.bankBin)),
    moment('Xác minh lúc', 'Verified at', (row) => row.verifiedAt),
    text(
      'Tạm dừng vì',
      'On hold because',
      (row) => row.holdReason && t(names.reason(row.holdReason)),
    ),
    moment('Tạm dừng từ', 'On hold since', (row) => row.heldAt),
    date('Ngày mất', 'Died on', (row) => row.deceasedOn),
  ];
}
