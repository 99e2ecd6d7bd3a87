import { Get, Query, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Requires, UserNames } from '../../identity/index.js';
import { Clock, formatPeriod, lastDayOf } from '../../kernel/index.js';
import { DoubtReads, type DoubtRow } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { EXPORT_PAGE, ListExports, rowsByKey, type ColumnMaker } from '../exports/list-exports.js';
import { Pages, withNames } from '../kit/index.js';
import { DOUBTS, doubtsQuery } from './doubts.controller.js';
import { AGE_TEXTS, ANSWERS, bordersOf, OUTCOMES } from './doubts.words.js';

/** Payments in doubt, of a whole filter, as a file. */
@Pages()
export class DoubtExports {
  constructor(
    private readonly database: Database,
    private readonly doubts: DoubtReads,
    private readonly people: UserNames,
    private readonly exports: ListExports,
    private readonly clock: Clock,
  ) {}

  @Get('doubts.:format')
  @Requires('payment.read')
  file(
    @Query({ schema: doubtsQuery }) { bank, age }: z.infer<typeof doubtsQuery>,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const asked = { bankCode: bank ?? null, ...bordersOf(age, this.clock.now()) };
    return this.exports.give<DoubtRow>(wanted, {
      list: 'doubts',
      title: DOUBTS.text,
      filter: { bank, age },
      facts: ({ t, names }) => [
        ['Ngân hàng', 'Bank', bank && names.ourBank(bank)],
        ['Đã bao lâu', 'For how long', age && t(AGE_TEXTS[age])],
      ],
      columns: columnsOf,
      rows: rowsByKey(
        async (after: { since: Date; paymentId: string } | null) => {
          const page = { ...asked, after, limit: EXPORT_PAGE };
          return withNames(
            this.people,
            await this.doubts.list(this.database.reader, page),
            'openRulingBy',
          );
        },
        ({ unknownSince, paymentId }) => ({ since: unknownSince ?? new Date(0), paymentId }),
      ),
    });
  }
}

function columnsOf({
  t,
  names,
  text,
  money,
  count,
  moment,
}: ColumnMaker<DoubtRow>): ExportColumn<DoubtRow>[] {
  const times = (...given: Parameters<typeof count>) => ({ ...count(...given), adds: false });
  return [
    text('Khoản chi', 'Payment', (row) => row.reference),
    text('Ngân hàng', 'Bank', (row) => names.ourBank(row.bankCode)),
    text('Xã, phường', 'Commune', (row) => names.commune(row.communeCode, lastDayOf(row.period))),
    text('Chế độ', 'Programme', (row) => t(names.programme(row.programme))),
    text('Kỳ', 'Period', (row) => formatPeriod(row.period)),
    money('Số tiền', 'Amount', (row) => row.amount),
    moment('Chưa rõ từ', 'In doubt since', (row) => row.unknownSince),
    moment('Gửi lần cuối', 'Last sent', (row) => row.lastSentAt),
    times('Số lần hỏi', 'Times asked', (row) => row.enquiries),
    text('Ngân hàng trả lời', 'The bank answered', ({ lastAnswer }) => {
      if (lastAnswer === null) return t('Chưa hỏi lần nào', 'Not asked yet');
      const answer = ANSWERS[lastAnswer];
      return answer ? t(answer) : lastAnswer;
    }),
    moment('Trả lời lúc', 'Answered at', (row) => row.lastAnswerAt),
    moment('Hỏi lại lúc', 'Asks again at', (row) => row.nextEnquiryAt),
    text(
      'Đề nghị kết luận chờ ký',
      'Proposed ending',
      ({ openRulingOutcome }) => openRulingOutcome && t(OUTCOMES[openRulingOutcome]),
    ),
    text('Người đề nghị', 'Proposed by', (row) => row.openRulingBy),
  ];
}
