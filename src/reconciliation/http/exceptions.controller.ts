import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import {
  decodeCursor,
  etagOf,
  Idempotent,
  pageOf,
  versionOf,
  type Page,
} from '../../platform/http/index.js';
import {
  ExceptionRead,
  type ExceptionHistoryRow,
  type ExceptionRow,
  type NoteRow,
} from '../exception.read.js';
import { ExplainExceptions, type Which } from '../explain-exceptions.js';
import { NoteException } from '../note-exception.js';
import { OwnException } from '../own-exception.js';
import { unknownException } from '../reconciliation.errors.js';
import { ReconciliationRead, type EntryRow } from '../reconciliation.read.js';
import {
  bulkExplanationBody,
  exceptionDetailSchema,
  exceptionSchema,
  exceptionsQuery,
  exceptionsSchema,
  explainedSchema,
  explanationBody,
  noteBody,
  ownerBody,
} from './exceptions.schemas.js';
import { idSchema } from './reconciliation.schemas.js';

const DAY_MS = 24 * 3_600_000;
const idParameter = { schema: idSchema };
const rowKey = z.object({ openedAt: z.iso.datetime(), id: z.uuid() });

type Shown = Omit<ExceptionRow, 'entryRow'> & { ageDays: number };
type Detail = Shown & {
  entry: EntryRow | null;
  notes: NoteRow[];
  history: ExceptionHistoryRow[];
};

@ApiTags('reconciliation-exceptions')
@Controller('api/v1/reconciliation-exceptions')
export class ExceptionsController {
  constructor(
    private readonly exceptions: ExceptionRead,
    private readonly reconciliations: ReconciliationRead,
    private readonly owning: OwnException,
    private readonly noting: NoteException,
    private readonly explaining: ExplainExceptions,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'What does not fit between our books and the banks’, oldest first' })
  @ApiOkResponse({ standardSchema: exceptionsSchema })
  async list(
    @Query({ schema: exceptionsQuery }) query: z.infer<typeof exceptionsQuery>,
  ): Promise<Page<Shown>> {
    const { cursor, limit, olderThanDays, ...filter } = query;
    const after = decodeCursor(cursor, rowKey);
    const openedBefore =
      olderThanDays === undefined
        ? undefined
        : new Date(this.clock.now().getTime() - olderThanDays * DAY_MS);
    const found = await this.exceptions.list({ ...filter, openedBefore, after, limit });
    return pageOf(found, limit, {
      item: (row) => this.shown(row),
      key: ({ openedAt, id }) => ({ openedAt: openedAt.toISOString(), id }),
    });
  }

  @Post('explanations')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Explain many exceptions with one text',
    description:
      'At most 1,000 at once: of a kind in a run the oldest ones; send it again for what remains.',
  })
  @ApiCreatedResponse({ standardSchema: explainedSchema })
  async explainMany(
    @CurrentActor() actor: Actor,
    @Body({ schema: bulkExplanationBody }) body: z.infer<typeof bulkExplanationBody>,
  ): Promise<z.infer<typeof explainedSchema>> {
    const { text, evidence = null, ids, reconciliation, kind } = body;
    const which: Which | null = ids
      ? { ids }
      : reconciliation && kind
        ? { reconciliationId: reconciliation, kind }
        : null;
    if (!which) return { explained: 0, remaining: 0 };
    const explained = await this.explaining.explain(actor, { which, text, evidence });
    if ('ids' in which) return { explained, remaining: 0 };
    const left = await this.exceptions.openOfRun(which.reconciliationId);
    return { explained, remaining: left.find((each) => each.kind === which.kind)?.count ?? 0 };
  }

  @Get(':id')
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'One exception with its entry, its notes and its history' })
  @ApiOkResponse({ standardSchema: exceptionDetailSchema })
  async find(
    @Param('id', idParameter) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Detail> {
    const found = await this.row(id);
    response.setHeader('ETag', etagOf(found.version));
    return {
      ...this.shown(found),
      entry: found.entryRow === null ? null : await this.reconciliations.entry(found.entryRow),
      notes: await this.exceptions.notes(id),
      history: await this.exceptions.history(id),
    };
  }

  @Post(':id/owner')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag that was read' })
  @ApiOperation({ summary: 'Take an exception, give it to a colleague, or give it up' })
  @ApiCreatedResponse({ standardSchema: exceptionSchema })
  async own(
    @CurrentActor() actor: Actor,
    @Param('id', idParameter) exceptionId: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body({ schema: ownerBody }) { userId }: z.infer<typeof ownerBody>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Shown> {
    const owner = userId === undefined ? actor.id : userId;
    await this.owning.give(actor, { exceptionId, owner, version: versionOf(ifMatch) });
    const row = await this.row(exceptionId);
    response.setHeader('ETag', etagOf(row.version));
    return this.shown(row);
  }

  @Post(':id/notes')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Write down what was found out; notes are only added to' })
  @ApiCreatedResponse({ standardSchema: exceptionSchema })
  async note(
    @CurrentActor() actor: Actor,
    @Param('id', idParameter) exceptionId: string,
    @Body({ schema: noteBody }) { text }: z.infer<typeof noteBody>,
  ): Promise<Shown> {
    await this.noting.note(actor, { exceptionId, text });
    return this.shown(await this.row(exceptionId));
  }

  @Post(':id/explanations')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Say what became of an exception, which ends it',
    description:
      'Where money moved that should not have, at least three words and the number of a paper are needed.',
  })
  @ApiCreatedResponse({ standardSchema: exceptionSchema })
  async explain(
    @CurrentActor() actor: Actor,
    @Param('id', idParameter) id: string,
    @Body({ schema: explanationBody }) body: z.infer<typeof explanationBody>,
  ): Promise<Shown> {
    const { text, evidence = null } = body;
    await this.explaining.explain(actor, { which: { ids: [id] }, text, evidence });
    return this.shown(await this.row(id));
  }

  private async row(id: string): Promise<ExceptionRow> {
    const found = await this.exceptions.find(id);
    if (!found) throw unknownException(id);
    return found;
  }

  private shown({ entryRow: _, ...row }: ExceptionRow): Shown {
    const until = row.endedAt ?? this.clock.now();
    const ageDays = Math.floor((until.getTime() - row.openedAt.getTime()) / DAY_MS);
    return { ...row, ageDays: Math.max(ageDays, 0) };
  }
}
