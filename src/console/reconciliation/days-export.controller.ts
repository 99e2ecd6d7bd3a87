import { Get, Query, type StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { Requires, UserNames } from '../../identity/index.js';
import { Clock, formatDate, officeDate } from '../../kernel/index.js';
import type { ExportColumn } from '../../platform/spreadsheet/index.js';
import { ReconciliationDays, type DayFigures, type RunOfDays } from '../../reconciliation/index.js';
import { Wanted, type FileWanted } from '../exports/file-wanted.js';
import { ListExports, type ColumnMaker } from '../exports/list-exports.js';
import { Pages, stateText, withNames } from '../kit/index.js';
import { dayBefore, daysUntil, runsOfDay } from './day-runs.js';
import { daysQuery } from './reconciliation.controller.js';

/** One day of one bank. */
interface BankDay {
  readonly day: string;
  readonly bank: string;
  readonly runs: readonly RunOfDays[];
  readonly moved: DayFigures | undefined;
  readonly open: number;
}

/** Every day of every bank as a file, from the day that the filter says back to the first that was ever asked for. */
@Pages()
export class DayExports {
  constructor(
    private readonly days: ReconciliationDays,
    private readonly banks: BankRegistry,
    private readonly people: UserNames,
    private readonly exports: ListExports,
    private readonly clock: Clock,
  ) {}

  @Get('reconciliation.:format')
  @Requires('reconciliation.read')
  file(
    @Query({ schema: daysQuery }) { bank, until }: z.infer<typeof daysQuery>,
    @Wanted() wanted: FileWanted,
  ): Promise<StreamableFile> {
    const to = until ?? officeDate(this.clock.now());
    return this.exports.give<BankDay>(wanted, {
      list: 'reconciliation',
      title: { vi: 'Đối chiếu theo ngày', en: 'Reconciliation by day' },
      filter: { bank, until },
      facts: ({ names }) => [
        ['Ngân hàng', 'Bank', bank && names.ourBank(bank)],
        ['Đến ngày', 'Until', formatDate(to)],
      ],
      columns: columnsOf,
      rows: this.bankDays({ bank: bank ?? null, to }),
    });
  }

  /** The latest first, as many days at a time as a page shows. */
  private async *bankDays(asked: { bank: string | null; to: string }): AsyncGenerator<BankDay> {
    const { bank } = asked;
    const earliest = await this.days.earliest(bank);
    const codes = this.banks.all().map(({ code }) => code);
    const shown = bank === null ? codes : [bank];
    let until = asked.to;
    while (earliest !== null && until >= earliest) {
      const days = daysUntil(until).filter((day) => day >= earliest);
      const from = days.at(-1) ?? until;
      const span = { bank, from, to: until };
      const runs = await withNames(this.people, await this.days.runs(span), 'closedBy');
      const moved = await this.days.entries(span);
      const open = await this.days.openExceptions(span);
      for (const day of days) {
        for (const code of shown) {
          const isOfIt = (one: { bank: string; day: string }) =>
            one.bank === code && one.day === day;
          yield {
            day,
            bank: code,
            runs: runsOfDay(runs, { day, bank: code }),
            moved: moved.find(isOfIt),
            open: open.find(isOfIt)?.open ?? 0,
          };
        }
      }
      until = dayBefore(from);
    }
  }
}

function columnsOf({ t, names, text, count, date }: ColumnMaker<BankDay>): ExportColumn<BankDay>[] {
  const stateOf = ({ account, state }: RunOfDays): string =>
    [account && `${t('TK', 'Acct')} ${account}`, t(stateText('reconciliation', state))]
      .filter(Boolean)
      .join(': ');
  return [
    date('Ngày', 'Day', ({ day }) => day),
    text('Ngân hàng', 'Bank', ({ bank }) => names.ourBank(bank)),
    text('Sao kê', 'Statement', ({ runs }) =>
      runs.length === 0 ? t('Chưa có sao kê', 'No statement yet') : runs.map(stateOf).join('; '),
    ),
    count('Bút toán', 'Entries', ({ moved }) => moved?.entries ?? 0),
    count('Khớp khoản chi', 'Fit payments', ({ moved }) => moved?.matched ?? 0),
    count('Chưa xem', 'Not looked at', ({ moved }) => moved?.waiting ?? 0),
    count('Sai lệch chưa giải trình', 'Open exceptions', ({ open }) => open),
    text('Người khóa sổ', 'Closed by', ({ runs }) =>
      runs
        .map(({ closedBy }) => closedBy)
        .filter(Boolean)
        .join('; '),
    ),
  ];
}
