import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock, formatDate, officeDate } from '../../kernel/index.js';
import { decodeCursor, encodeCursor, Idempotent } from '../../platform/http/index.js';
import {
  BUCKETS,
  CloseReconciliation,
  ExceptionRead,
  ReconciliationDays,
  ReconciliationRead,
  RequestReconciliation,
  type ReconciliationRow,
} from '../../reconciliation/index.js';
import {
  cursorField,
  dayField,
  filterChoice,
  filterDay,
  filterText,
  formOf,
  Pages,
  PrintButton,
  ROWS_SHOWN,
  screen,
  seeOther,
  withNames,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { daysUntil } from './day-runs.js';
import { DaysPage } from './days.page.js';
import { EntriesPage } from './entries.page.js';
import { noSuchRun } from './reconciliation-pages.errors.js';
import { RunPage } from './run.page.js';

/** Exceptions that a run's page shows itself; the others stand behind a link. */
const EXCEPTIONS_SHOWN = 50;
export const RECONCILIATION = {
  href: '/reconciliation',
  text: { vi: 'Đối chiếu', en: 'Reconciliation' },
};

const idParameter = { schema: z.uuid() };
export const daysQuery = z.object({ bank: filterText, until: filterDay });
export const entriesQuery = z.object({ bucket: filterChoice(BUCKETS), cursor: cursorField });
const entryKey = z.object({ bookedAt: z.iso.datetime(), id: z.uuid() });
const day = dayField();
const fetchForm = formOf({ bank: z.string().min(1).max(31), from: day, to: day });
const nothingElse = formOf({});

/** Our books against the banks': day by day, each day's statement, and its closing. */
@Pages()
export class ReconciliationPages {
  constructor(
    private readonly days: ReconciliationDays,
    private readonly reads: ReconciliationRead,
    private readonly exceptions: ExceptionRead,
    private readonly requesting: RequestReconciliation,
    private readonly closing: CloseReconciliation,
    private readonly banks: BankRegistry,
    private readonly people: UserNames,
    private readonly names: CodeNames,
    private readonly clock: Clock,
  ) {}

  @Get('reconciliation')
  @Requires('reconciliation.read')
  async list(@Query({ schema: daysQuery }) query: z.infer<typeof daysQuery>): Promise<Screen> {
    const today = officeDate(this.clock.now());
    const days = daysUntil(query.until ?? today);
    const span = { bank: query.bank ?? null, from: days.at(-1) ?? today, to: days[0] ?? today };
    return screen({
      title: { vi: 'Đối chiếu với ngân hàng', en: 'Reconciliation' },
      actions: <PrintButton />,
      body: (
        <DaysPage
          names={this.names}
          filter={{ bank: query.bank, until: query.until }}
          days={days}
          banks={this.banks.all().map(({ code, adapter }) => ({
            code,
            givesStatements: adapter.statement !== undefined,
          }))}
          runs={await this.days.runs(span)}
          figures={await this.days.entries(span)}
          open={await this.days.openExceptions(span)}
          byKind={await this.exceptions.openByKind(query.bank ?? null)}
          today={today}
        />
      ),
    });
  }

  @Post('reconciliation/runs')
  @Requires('reconciliation.operate')
  @Idempotent()
  async fetch(
    @Body({ schema: fetchForm }) form: z.infer<typeof fetchForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { bank, from, to } = form;
    const { reconciliationId } = await this.requesting.request(actor, { bank, from, to });
    return seeOther(`/reconciliation/${reconciliationId}`, {
      vi: 'Đã hỏi ngân hàng; tải lại trang sau ít phút để xem kết quả.',
      en: 'The bank is being asked; load the page again in a few minutes.',
    });
  }

  @Get('reconciliation/:id')
  @Requires('reconciliation.read')
  async one(@Param('id', idParameter) id: string): Promise<Screen> {
    const run = await this.run(id);
    const { statementRow } = run;
    const others = await this.days.runs({ bank: run.bank, from: run.from, to: run.to });
    return screen({
      title: titleOf(run, this.names.bank(run.bank)),
      crumbs: [RECONCILIATION],
      actions: <PrintButton />,
      body: (
        <RunPage
          names={this.names}
          run={run}
          statement={statementRow === null ? null : await this.reads.statement(statementRow)}
          buckets={statementRow === null ? [] : await this.reads.buckets(statementRow)}
          hindering={run.state === 'closed' ? [] : await this.exceptions.openOfRun(id)}
          waiting={run.state === 'finished' ? await this.reads.waitingEntries(run) : 0}
          exceptions={(
            await this.exceptions.list({
              reconciliation: id,
              after: null,
              limit: EXCEPTIONS_SHOWN,
            })
          ).slice(0, EXCEPTIONS_SHOWN)}
          others={others.filter((other) => other.id !== id)}
        />
      ),
    });
  }

  @Get('reconciliation/:id/entries')
  @Requires('reconciliation.read')
  async entries(
    @Param('id', idParameter) id: string,
    @Query({ schema: entriesQuery }) query: z.infer<typeof entriesQuery>,
  ): Promise<Screen> {
    const run = await this.run(id);
    const found =
      run.statementRow === null
        ? []
        : await this.reads.entries({
            statementRow: run.statementRow,
            bucket: query.bucket,
            after: decodeCursor(query.cursor, entryKey),
            limit: ROWS_SHOWN,
          });
    const rows = found.slice(0, ROWS_SHOWN);
    const last = found.length > ROWS_SHOWN ? rows.at(-1) : undefined;
    return screen({
      title: { vi: 'Bút toán của sao kê', en: 'Entries of the statement' },
      crumbs: [
        RECONCILIATION,
        { href: `/reconciliation/${id}`, text: titleOf(run, this.names.bank(run.bank)) },
      ],
      body: (
        <EntriesPage
          run={run}
          bucket={query.bucket}
          rows={rows}
          nextCursor={last ? encodeCursor({ bookedAt: last.bookedAt, id: last.id }) : null}
        />
      ),
    });
  }

  @Post('reconciliation/:id/closings')
  @Requires('reconciliation.operate')
  @Idempotent()
  async close(
    @Param('id', idParameter) id: string,
    @Body({ schema: nothingElse }) _form: z.infer<typeof nothingElse>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.closing.close(actor, id);
    return seeOther(`/reconciliation/${id}`, { vi: 'Đã khóa sổ.', en: 'It is closed.' });
  }

  private async run(id: string): Promise<ReconciliationRow> {
    const found = await this.reads.find(id);
    if (!found) throw noSuchRun();
    const [run = found] = await withNames(this.people, [found], 'closedBy');
    return run;
  }
}

export function titleOf(run: ReconciliationRow, bank: string) {
  const days =
    run.from === run.to ? formatDate(run.from) : `${formatDate(run.from)} – ${formatDate(run.to)}`;
  return { vi: `Đối chiếu ${bank}, ${days}`, en: `Reconciliation of ${bank}, ${days}` };
}
