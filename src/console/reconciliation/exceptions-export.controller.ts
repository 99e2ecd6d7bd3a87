import { Get, Query, type StreamableFile } from '@nestjs/common';
import { Requires, UserNames } from '../../identity/index.js';
import { Clock, formatDate } from '../../kernel/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { EXCEPTION_TEXTS, ExceptionRead, type ExceptionRow } from '../../reconciliation/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { nameOf, Pages, withNames } from '../kit/index.js';
import { EXCEPTION_STATE_TEXTS } from './exception-table.js';
import { EXCEPTIONS } from './exceptions.controller.js';
import { exceptionsQuery, filterOf, type ExceptionsQuery } from './exceptions.query.js';

/** The exceptions of a whole filter as a file. */
@Pages()
export class ExceptionExports {
  constructor(
    private readonly exceptions: ExceptionRead,
    private readonly people: UserNames,
    private readonly exports: ListExports,
    private readonly clock: Clock,
  ) {}

  @Get('reconciliation/exceptions.:format')
  @Requires('reconciliation.read')
  async file(
    @Query({ schema: exceptionsQuery }) query: ExceptionsQuery,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const { actor } = wanted;
    const { cursor: _, ...filter } = query;
    const asked = filterOf(query, { actor, now: this.clock.now() });
    const mine = query.owner === 'me' ? await nameOf(this.people, actor.name) : null;
    return this.exports.give<ExceptionRow>(wanted, {
      list: 'reconciliation-exceptions',
      title: EXCEPTIONS,
      filter,
      facts: ({ t, names }) => [
        ['Tình trạng', 'State', query.state && t(EXCEPTION_STATE_TEXTS[query.state])],
        ['Loại', 'Kind', query.kind && t(EXCEPTION_TEXTS[query.kind])],
        ['Ngân hàng', 'Bank', query.bank && names.ourBank(query.bank)],
        ['Người nhận', 'Owner', query.owner && (mine ?? t(NOBODY))],
        ['Đã ít nhất (ngày)', 'At least (days)', query.days?.toString()],
        ['Từ ngày', 'From', query.from && formatDate(query.from)],
        ['Đến ngày', 'To', query.to && formatDate(query.to)],
        ['Chỉ một lần đối chiếu', 'Only one reconciliation', query.run && t('có', 'yes')],
      ],
      columns: columnsOf,
      rows: rowsByKey(
        async (after: { openedAt: string; id: string } | null) => {
          const found = await this.exceptions.list({ ...asked, after, limit: EXPORT_PAGE });
          return withNames(this.people, found, 'owner', 'endedBy');
        },
        ({ openedAt, id }) => ({ openedAt: openedAt.toISOString(), id }),
      ),
    });
  }
}

const NOBODY = { vi: 'Chưa ai nhận', en: 'Nobody' };

function columnsOf({
  t,
  names,
  text,
  money,
  date,
  moment,
}: ColumnMaker<ExceptionRow>): ExportColumn<ExceptionRow>[] {
  return [
    text('Sai lệch', 'Exception', (row) => t(EXCEPTION_TEXTS[row.kind])),
    text('Ngân hàng', 'Bank', (row) => names.ourBank(row.bank)),
    date('Từ ngày', 'From', (row) => row.from),
    date('Đến ngày', 'To', (row) => row.to),
    text('Khoản chi', 'Payment', (row) => row.paymentReference),
    text('Nợ/Có', 'Debit/credit', ({ direction }) => {
      if (direction === null) return null;
      return direction === 'debit' ? t('Nợ', 'Debit') : t('Có', 'Credit');
    }),
    money('Số tiền', 'Amount', (row) => row.amount),
    moment('Có từ', 'Since', (row) => row.openedAt),
    text('Người nhận xử lý', 'Owner', (row) => row.owner),
    text('Tình trạng', 'State', (row) => t(EXCEPTION_STATE_TEXTS[row.state])),
    moment('Kết thúc lúc', 'Ended', (row) => row.endedAt),
    text('Người giải trình', 'Explained by', (row) => row.endedBy),
    text('Giải trình', 'Explanation', (row) => row.explanation),
    text('Số văn bản', 'Paper', (row) => row.evidence),
    text('Việc cần làm', 'What to do', (row) => t(EXCEPTION_TEXTS[row.kind].todo)),
  ];
}
