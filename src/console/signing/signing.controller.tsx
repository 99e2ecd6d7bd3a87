import { Body, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { ReturnBatch, SignBatch, ViewFunds, ViewRounds } from '../../approvals/index.js';
import { ViewBatches, type BatchDetail, type BatchSummary } from '../../batches/index.js';
import { CurrentActor, Requires, UserNames, type Actor } from '../../identity/index.js';
import { Clock, DomainError, Money, type Bilingual } from '../../kernel/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import { crumbsOf, titleOf } from '../batches/batch-frame.js';
import { reason } from '../batches/batch.forms.js';
import {
  cursorField,
  formOf,
  Names,
  optional,
  Pages,
  PrintButton,
  ROWS_SHOWN,
  screen,
  seeOther,
  type Screen,
  type SeeOther,
} from '../kit/index.js';
import { SigningProof } from './proof.page.js';
import { SigningPage } from './signing.page.js';
import type { SigningProps } from './signing.props.js';
import { SinceReturn } from './since-return.page.js';

const idParameter = { schema: z.uuid() };
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const seenQuery = z.object({ seen: optional(digest).catch(undefined) });
const sinceQuery = z.object({ round: z.coerce.number().int().min(1), cursor: cursorField });
const signForm = formOf({
  digest,
  lineCount: z.coerce.number().int().min(1),
  total: z.string().regex(/^\d{1,20}$/),
  comment: optional(z.string().trim().max(1_000)),
});
const returnForm = formOf({ reason });

/** What a signer sees, and the two things a signer does. */
@Pages()
export class SigningPages {
  constructor(
    private readonly batches: ViewBatches,
    private readonly rounds: ViewRounds,
    private readonly funds: ViewFunds,
    private readonly people: UserNames,
    private readonly names: Names,
    private readonly clock: Clock,
    private readonly signBatch: SignBatch,
    private readonly returnBatch: ReturnBatch,
  ) {}

  @Get('batches/:id/sign')
  @Requires('batch.read')
  async show(
    @Param('id', idParameter) id: string,
    @Query({ schema: seenQuery }) { seen }: z.infer<typeof seenQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Screen> {
    const batch = await this.batches.detail(id);
    const round = await this.rounds.of(id);
    const lastReturn = await this.lastReturnOf(batch);
    const isOther = seen !== undefined && batch.digest !== null && seen !== batch.digest;
    const title = titleOf(batch, this.programmeOf(batch));
    // Of a large batch each of these takes a while; none waits for another.
    const [competence, funds, parts, concerns, changes, sinceSeen, people] = await Promise.all([
      this.rounds.competenceOf(actor, round),
      this.funds.of(id),
      this.batches.totals(batch),
      this.batches.concerns(batch),
      this.batches.changes(batch),
      isOther ? this.batches.since({ batchId: id, digest: seen }) : null,
      this.peopleOf(batch, round, lastReturn),
    ]);
    return screen({
      title: { vi: `Ký: ${title.vi}`, en: `Sign: ${title.en}` },
      crumbs: crumbsOf(batch, this.programmeOf(batch)),
      actions: <PrintButton />,
      body: (
        <SigningPage
          batch={batch}
          round={round}
          competence={competence}
          funds={funds}
          parts={parts}
          concerns={concerns}
          changes={changes}
          lastReturn={lastReturn}
          sinceSeen={sinceSeen}
          people={people}
        />
      ),
    });
  }

  @Post('batches/:id/signatures')
  @Requires('batch.sign')
  @Idempotent()
  async sign(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: signForm }) form: z.infer<typeof signForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    const { digest: seenDigest, lineCount, total, comment } = form;
    const seen = { digest: seenDigest, lineCount, total: Money.of(total) };
    const { approvalId } = await this.signBatch.sign({ actor, batchId, seen, comment });
    return seeOther(
      `/batches/${batchId}/proof`,
      approvalId === null
        ? {
            vi: 'Đã ký. Đợt chi chờ người ký tiếp theo.',
            en: 'Signed. The batch waits for its next signer.',
          }
        : {
            vi: 'Đã ký, và đợt chi đã đủ chữ ký. Lượt chi trả đang được tạo.',
            en: 'Signed, and the batch is fully signed. Its payment run is being made.',
          },
    );
  }

  @Post('batches/:id/returns')
  @Requires('batch.sign')
  @Idempotent()
  async return(
    @Param('id', idParameter) batchId: string,
    @Body({ schema: returnForm }) form: z.infer<typeof returnForm>,
    @CurrentActor() actor: Actor,
  ): Promise<SeeOther> {
    await this.returnBatch.return({ actor, batchId, reason: form.reason });
    return seeOther(`/batches/${batchId}`, {
      vi: 'Đã trả lại đợt chi cho người lập, kèm lý do.',
      en: 'The batch was returned to its preparer, with your reason.',
    });
  }

  @Get('batches/:id/proof')
  @Requires('batch.read')
  async proof(@Param('id', idParameter) id: string): Promise<Screen> {
    const batch = await this.batches.detail(id);
    const round = await this.rounds.of(id);
    return screen({
      title: { vi: 'Bản xác nhận chữ ký', en: 'Proof of signatures' },
      crumbs: crumbsOf(batch, this.programmeOf(batch)),
      actions: <PrintButton />,
      body: (
        <SigningProof
          batch={batch}
          round={round}
          people={await this.peopleOf(batch, round, null)}
        />
      ),
    });
  }

  @Get('batches/:id/since-return')
  @Requires('batch.read')
  async since(
    @Param('id', idParameter) batchId: string,
    @Query({ schema: sinceQuery }) { round, cursor }: z.infer<typeof sinceQuery>,
  ): Promise<Screen> {
    const batch = await this.batches.one(batchId);
    const afterId = decodeCursor(cursor, z.uuid());
    const limit = ROWS_SHOWN + 1;
    const rounds = await this.batches.rounds(batchId);
    const returned = rounds.find((one) => one.round === round && one.returnedAt !== null);
    if (!returned) throw noSuchRound(batchId, round);
    const found = await this.batches.linesSince({ batchId, round, afterId, limit });
    const page = pageOf(found, ROWS_SHOWN, {
      item: (line) => line,
      key: ({ entitlementId }) => entitlementId,
    });
    return screen({
      title: {
        vi: `Thay đổi từ lần trình ${round}`,
        en: `What changed since round ${round}`,
      },
      crumbs: crumbsOf(batch, this.programmeOf(batch)),
      body: (
        <SinceReturn
          batch={batch}
          round={returned}
          lines={page.items}
          nextCursor={page.nextCursor}
          people={await this.people.of([returned.returnedBy])}
        />
      ),
    });
  }

  private async lastReturnOf(batch: BatchDetail): Promise<SigningProps['lastReturn']> {
    if (batch.round === 1) return null;
    const rounds = await this.batches.rounds(batch.id);
    const round = rounds.find((one) => one.round < batch.round && one.returnedAt !== null);
    if (!round) return null;
    const { digest: before } = round;
    return { round, lines: await this.batches.since({ batchId: batch.id, digest: before }) };
  }

  private programmeOf({ programme }: BatchDetail | BatchSummary): Bilingual {
    return this.names.at(this.clock.now()).programme(programme);
  }

  private peopleOf(
    batch: BatchDetail,
    round: SigningProps['round'],
    lastReturn: SigningProps['lastReturn'],
  ): Promise<ReadonlyMap<string, string>> {
    return this.people.of([
      batch.preparedBy,
      batch.proposedBy,
      lastReturn?.round.returnedBy ?? null,
      ...batch.history.map(({ actorName }) => actorName),
      ...round.steps.map(({ signed }) => signed?.signerId ?? null),
    ]);
  }
}

const noSuchRound = (batchId: string, round: number): DomainError =>
  new DomainError(
    'not-found',
    'console.no-such-round',
    {
      vi: 'Đợt chi không có lần trình này, hoặc lần đó không bị trả lại; xin xem phần chữ ký và lịch sử.',
      en: 'The batch has no such round, or it was not returned; see its signatures and history.',
    },
    { batchId, round },
  );
