import { Body, Get, Param, Post, Query, Sse } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock, formatPeriod, type Bilingual } from '../../kernel/index.js';
import {
  HandOverReads,
  isCarriedByPeople,
  OperateRun,
  RunReads,
  UNFINISHED_STATES,
  type HandOverRow,
  type PaymentState,
  type RunSummary,
} from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import { reason } from '../batches/batch.forms.js';
import {
  cursorField,
  filterChoice,
  filterPeriod,
  filterText,
  formOf,
  LiveStreams,
  Names,
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  type Crumb,
  type Fragment,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { RunList, type RunCounts } from './run-list.page.js';
import { RunProgress } from './run-progress.js';
import { RunPage } from './run.page.js';
import { WatchRuns } from './watch-runs.js';

const RUNS: Crumb = { href: '/runs', text: { vi: 'Lượt chi trả', en: 'Payment runs' } };
const idParameter = { schema: z.uuid() };
const LISTS_SHOWN = 50;
const LIVE_EVERY_MS = 2_000;
const FAILED: readonly PaymentState[] = ['rejected', 'returned'];

const listQuery = z.object({
  programme: filterText,
  period: filterPeriod,
  state: filterChoice(['scheduled', 'running', 'paused', 'finished']),
  cursor: cursorField,
});
const reasonForm = formOf({ reason });

/** Payment runs: where they are, live, and what people do with them. */
@Pages()
export class RunPages {
  constructor(
    private readonly reads: RunReads,
    private readonly watching: WatchRuns,
    private readonly lists: HandOverReads,
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly people: UserNames,
    private readonly operate: OperateRun,
    private readonly live: LiveStreams,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get('runs')
  @Requires('payment.read')
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Screen> {
    const { cursor, ...filter } = query;
    const before = decodeCursor(cursor, z.uuid());
    const limit = ROWS_SHOWN + 1;
    const found = await this.reads.list(this.database.reader, { ...filter, before, limit });
    const page = pageOf(found, ROWS_SHOWN, { item: (run) => run, key: ({ id }) => id });
    return screen({
      title: RUNS.text,
      body: (
        <RunList
          runs={page.items}
          counts={await this.countsOf(page.items)}
          nextCursor={page.nextCursor}
          filter={filter}
        />
      ),
    });
  }

  @Get('runs/:id')
  @Requires('payment.read')
  async one(@Param('id', idParameter) runId: string): Promise<Screen> {
    const seen = await this.watching.look(runId);
    const history = await this.reads.history(this.database.reader, runId);
    return screen({
      title: this.titleOf(seen.run),
      crumbs: [RUNS],
      body: (
        <RunPage
          {...seen}
          history={history}
          lists={await this.listsOf(runId)}
          people={await this.people.of(history.map(({ actorName }) => actorName))}
        />
      ),
    });
  }

  @Sse('runs/:id/live')
  @Requires('payment.read')
  watch(@Param('id', idParameter) runId: string): Observable<Fragment> {
    return this.live.watch({
      look: () => this.watching.lookTogether(runId),
      body: (seen) => <RunProgress {...seen} />,
      isOver: ({ run }) => run.state === 'finished',
      everyMs: LIVE_EVERY_MS,
    });
  }

  @Post('runs/:id/pauses')
  @Requires('run.operate')
  @Idempotent()
  async pause(
    @Param('id', idParameter) runId: string,
    @Body({ schema: reasonForm }) form: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.operate.pause({ actor, runId, reason: form.reason });
    return seeOther(`/runs/${runId}`, {
      vi: 'Đã tạm dừng; không gửi thêm khoản nào cho đến khi chạy tiếp.',
      en: 'Paused; nothing more is sent until it is resumed.',
    });
  }

  @Post('runs/:id/resumptions')
  @Requires('run.operate')
  @Idempotent()
  async resume(
    @Param('id', idParameter) runId: string,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.operate.resume({ actor, runId });
    return seeOther(`/runs/${runId}`, { vi: 'Đã chạy tiếp lượt chi.', en: 'The run was resumed.' });
  }

  @Post('runs/:id/cancellations')
  @Requires('run.operate')
  @Idempotent()
  async cancel(
    @Param('id', idParameter) runId: string,
    @Body({ schema: reasonForm }) form: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.operate.cancel({ actor, runId, reason: form.reason });
    return seeOther(`/runs/${runId}`, {
      vi: 'Đã hủy phần chưa gửi; phần đã gửi ngân hàng vẫn được theo dõi đến cùng.',
      en: 'What was not sent is cancelled; what is at the bank is followed to its end.',
    });
  }

  private titleOf({ programme, period }: RunSummary): Bilingual {
    const { vi, en } = this.names.at(this.clock.now()).programme(programme);
    return {
      vi: `Lượt chi: ${vi}, kỳ ${formatPeriod(period)}`,
      en: `Run: ${en}, ${formatPeriod(period)}`,
    };
  }

  private async listsOf(runId: string): Promise<HandOverRow[]> {
    const banks = this.banks
      .all()
      .filter(isCarriedByPeople)
      .map(({ code }) => code);
    if (banks.length === 0) return [];
    const query = { runId, banks, after: null, limit: LISTS_SHOWN };
    return this.lists.ofRun(this.database.reader, query);
  }

  /** Of runs under way what is open; of all of them what failed. */
  private async countsOf(runs: readonly RunSummary[]): Promise<RunCounts> {
    const { reader } = this.database;
    const open = runs.filter(({ state }) => state !== 'finished').map(({ id }) => id);
    const all = runs.map(({ id }) => id);
    const found = [
      ...(await this.reads.counts(reader, { runIds: open, states: UNFINISHED_STATES })),
      ...(await this.reads.counts(reader, { runIds: all, states: FAILED })),
    ];
    const counts = new Map<string, Partial<Record<PaymentState, number>>>();
    for (const { runId, state, count } of found) {
      counts.set(runId, { ...counts.get(runId), [state]: count });
    }
    return counts;
  }
}
