import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { ViewRounds } from '../../approvals/index.js';
import {
  AssembleBatch,
  CancelBatch,
  ProposeBatch,
  RebuildBatch,
  RemoveLines,
  RequestChecks,
  ViewBatches,
} from '../../batches/index.js';
import { Clock } from '../../kernel/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { RunReads } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import {
  changed,
  cursorField,
  filterChoice,
  filterMonth,
  filterPeriod,
  filterText,
  formatCount,
  Names,
  optional,
  ownPath,
  Pages,
  ROWS_SHOWN,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { BATCHES, titleOf } from './batch-frame.js';
import { BatchList, NewBatchButton } from './batch-list.page.js';
import { NewBatch } from './batch-new.page.js';
import { BatchOverview } from './batch.page.js';
import { assembleForm, reasonForm, removalForm, versionForm } from './batch.forms.js';

const idParameter = { schema: z.uuid() };
const FOLLOW_UPS_SHOWN = 20;
const listQuery = z.object({
  programme: filterText,
  period: filterPeriod,
  /** Budget month: of signed batches only. */
  month: filterMonth,
  state: filterChoice(['draft', 'proposed', 'approved', 'cancelled']),
  waiting: optional(z.literal('mine')).catch(undefined),
  cursor: cursorField,
});

/** Batches: the list, building one, one at a glance, and what its preparer does with it. */
@Pages()
export class BatchPages {
  constructor(
    private readonly batches: ViewBatches,
    private readonly rounds: ViewRounds,
    private readonly runs: RunReads,
    private readonly database: Database,
    private readonly people: UserNames,
    private readonly names: Names,
    private readonly clock: Clock,
    private readonly assembleBatch: AssembleBatch,
    private readonly rebuildBatch: RebuildBatch,
    private readonly removeLines: RemoveLines,
    private readonly proposeBatch: ProposeBatch,
    private readonly cancelBatch: CancelBatch,
    private readonly requestChecks: RequestChecks,
  ) {}

  @Get('batches')
  @Requires('batch.read')
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const { cursor, ...filter } = query;
    const beforeId = decodeCursor(cursor, z.uuid());
    const { month, waiting, ...rest } = filter;
    const ids = await this.idsOf({ month, waiting }, actor);
    const found = await this.batches.list({ ...rest, ids, beforeId, limit: ROWS_SHOWN + 1 });
    const page = pageOf(found, ROWS_SHOWN, { item: (batch) => batch, key: ({ id }) => id });
    const proposed = page.items.filter(({ state }) => state === 'proposed');
    const views = await this.rounds.ofMany(proposed.map(({ id }) => id));
    const mayBuild = actor.permissions.has('batch.prepare');
    return screen({
      title: BATCHES.text,
      actions: mayBuild ? <NewBatchButton /> : undefined,
      body: (
        <BatchList
          batches={page.items}
          rounds={new Map(views.map((view) => [view.batch.id, view]))}
          nextCursor={page.nextCursor}
          filter={filter}
        />
      ),
    });
  }

  /** Of a budget month, or waiting for this very person; undefined for all. */
  private async idsOf(
    { month, waiting }: { month?: string; waiting?: 'mine' },
    actor: Actor,
  ): Promise<string[] | undefined> {
    if (waiting === 'mine') return this.rounds.idsFor(actor);
    return month === undefined ? undefined : this.rounds.approvedIn(month);
  }

  @Get('batches/new')
  @Requires('batch.prepare')
  fresh(): Screen {
    return screen({
      title: { vi: 'Lập đợt chi', en: 'Build a batch' },
      crumbs: [BATCHES],
      body: <NewBatch />,
    });
  }

  @Post('batches')
  @Requires('batch.prepare')
  @Idempotent()
  async assemble(
    @Body({ schema: assembleForm }) form: z.infer<typeof assembleForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { programme, period, fund, kind, payOn, note, communeCodes, bankBins } = form;
    const { batchId, number } = await this.assembleBatch.assemble({
      ...{ actor, programme, period, fund, kind, payOn, note },
      communeCodes: communeCodes.length > 0 ? communeCodes : undefined,
      bankBins: bankBins.length > 0 ? bankBins : undefined,
    });
    return seeOther(`/batches/${batchId}`, {
      vi: `Đã lập đợt chi ${number}. Xin xem lại rồi trình ký.`,
      en: `The batch ${number} was built. Look through it, then propose it.`,
    });
  }

  @Get('batches/:id')
  @Requires('batch.read')
  async one(@Param('id', idParameter) id: string, @CurrentActor() actor: Actor): Promise<Screen> {
    const batch = await this.batches.detail(id);
    const isOpen = batch.state === 'draft' || batch.state === 'proposed';
    const round = await this.rounds.of(id);
    const followUps = await this.batches.list({
      followUpOf: id,
      beforeId: null,
      limit: FOLLOW_UPS_SHOWN,
    });
    const [run] = await this.runs.list(this.database.reader, {
      batchId: id,
      before: null,
      limit: 1,
    });
    const people = await this.people.of([
      batch.preparedBy,
      batch.proposedBy,
      ...batch.history.map(({ actorName }) => actorName),
    ]);
    return screen({
      title: titleOf(batch, this.names.at(this.clock.now()).programme(batch.programme)),
      crumbs: [BATCHES],
      body: (
        <BatchOverview
          batch={batch}
          parts={await this.batches.totals(batch)}
          concerns={isOpen ? await this.batches.concerns(batch) : null}
          accounts={isOpen ? await this.batches.accountCounts(batch) : []}
          round={round}
          competence={await this.rounds.competenceOf(actor, round)}
          run={run ?? null}
          followUps={followUps}
          people={people}
        />
      ),
    });
  }

  @Post('batches/:id/proposals')
  @Requires('batch.prepare')
  @Idempotent()
  async propose(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: versionForm }) { version }: z.infer<typeof versionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.proposeBatch.propose({ actor, batchId, version });
    return seeOther(`/batches/${batchId}`, {
      vi: 'Đã trình ký. Danh sách đã niêm phong và đang chờ kế toán trưởng.',
      en: 'Proposed. The list is sealed and waits for the chief accountant.',
    });
  }

  @Post('batches/:id/rebuilds')
  @Requires('batch.prepare')
  @Idempotent()
  async rebuild(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: versionForm }) { version }: z.infer<typeof versionForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { lineCount } = await this.rebuildBatch.rebuild({ actor, batchId, version });
    return seeOther(`/batches/${batchId}`, {
      vi: `Đã lập lại: ${formatCount(lineCount)} dòng.`,
      en: `Rebuilt: ${formatCount(lineCount)} lines.`,
    });
  }

  @Post('batches/:id/line-removals')
  @Requires('batch.prepare')
  @Idempotent()
  async remove(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: removalForm }) form: z.infer<typeof removalForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { entitlementIds, reason, version } = form;
    const order = { actor, batchId, entitlementIds, reason, version };
    const { removed, lineCount } = await this.removeLines.remove(order);
    // To the same filter; from its beginning, since the lines have new numbers.
    const lines = `/batches/${batchId}/lines`;
    const back = ownPath(form._from);
    return seeOther(back?.startsWith(lines) ? changed(back, { cursor: null }) : lines, {
      vi: `Đã rút ${removed} dòng, còn ${formatCount(lineCount)} dòng.`,
      en: `${removed} lines were taken out, ${formatCount(lineCount)} are left.`,
    });
  }

  @Post('batches/:id/cancellations')
  @Requires('batch.prepare')
  @Idempotent()
  async cancel(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: reasonForm }) { reason, version }: z.infer<typeof reasonForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.cancelBatch.cancel({ actor, batchId, reason, version });
    return seeOther(`/batches/${batchId}`, {
      vi: 'Đã hủy đợt chi; các khoản trong đợt trở về danh sách chờ chi.',
      en: 'The batch was cancelled; what it held is open again.',
    });
  }

  @Post('batches/:id/account-checks')
  @Requires('batch.prepare')
  @Idempotent()
  async check(
    @Param('id', idParameter) batchId: string,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { requested } = await this.requestChecks.request({ actor, batchId });
    return seeOther(`/batches/${batchId}/accounts`, {
      vi: `Đã gửi ngân hàng ${formatCount(requested)} tài khoản để kiểm tra. Kết quả hiện ở trang này.`,
      en: `The banks are asked about ${formatCount(requested)} accounts. The results appear on this page.`,
    });
  }
}
