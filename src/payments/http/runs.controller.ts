import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import {
  decodeCursor,
  Idempotent,
  pageOf,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import { OperateRun } from '../operate-run.js';
import { runNotFound } from '../payments.errors.js';
import { RunReads } from '../run.read.js';
import {
  reasonBody,
  runDetailSchema,
  runSchema,
  runsQuery,
  waitingSchema,
} from './payments.schemas.js';
import { runView, waitingView } from './payments.view.js';

type RunDetail = z.infer<typeof runDetailSchema>;
type Waiting = z.infer<typeof waitingSchema>;

@ApiTags('runs')
@Controller('api/v1/runs')
export class RunsController {
  constructor(
    private readonly database: Database,
    private readonly reads: RunReads,
    private readonly operate: OperateRun,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('payment.read')
  @ApiOperation({ summary: 'Payment runs, newest first' })
  @ApiOkResponse({ standardSchema: pageSchema(runSchema) })
  async list(
    @Query({ schema: runsQuery }) query: z.infer<typeof runsQuery>,
  ): Promise<Page<z.infer<typeof runSchema>>> {
    const before = decodeCursor(query.cursor, z.uuid());
    const found = await this.reads.list(this.database.reader, {
      ...query,
      before,
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, { item: runView, key: (run) => run.id });
  }

  @Get(':id')
  @Requires('payment.read')
  @ApiOperation({ summary: 'A run: its figures by bank and state, and its history' })
  @ApiOkResponse({ standardSchema: runDetailSchema })
  async one(@Param('id', { schema: z.uuid() }) id: string): Promise<RunDetail> {
    const tx = this.database.reader;
    const run = await this.reads.find(tx, id);
    if (!run) throw runNotFound(id);
    const history = await this.reads.history(tx, id);
    return {
      ...runView(run),
      waiting: (await this.waitingOf(id)).items,
      figures: await this.reads.figures(tx, id),
      history: history.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    };
  }

  @Get(':id/waiting')
  @Requires('payment.read')
  @ApiOperation({ summary: 'What of a run is not sent yet: why, and until when' })
  @ApiOkResponse({ standardSchema: waitingSchema })
  async waiting(@Param('id', { schema: z.uuid() }) id: string): Promise<Waiting> {
    const run = await this.reads.find(this.database.reader, id);
    if (!run) throw runNotFound(id);
    return this.waitingOf(id);
  }

  @Post(':id/pauses')
  @HttpCode(200)
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Pause: nothing more is sent until it is resumed' })
  @ApiOkResponse({ standardSchema: runDetailSchema })
  async pause(
    @Param('id', { schema: z.uuid() }) runId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RunDetail> {
    await this.operate.pause({ actor, runId, reason: body.reason });
    return this.one(runId);
  }

  @Post(':id/resumptions')
  @HttpCode(200)
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Resume a paused run' })
  @ApiOkResponse({ standardSchema: runDetailSchema })
  async resume(
    @Param('id', { schema: z.uuid() }) runId: string,
    @CurrentActor() actor: Actor,
  ): Promise<RunDetail> {
    await this.operate.resume({ actor, runId });
    return this.one(runId);
  }

  @Post(':id/cancellations')
  @HttpCode(200)
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({ summary: 'Cancel what is not sent yet; the rest is followed to its end' })
  @ApiOkResponse({ standardSchema: runDetailSchema })
  async cancel(
    @Param('id', { schema: z.uuid() }) runId: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RunDetail> {
    await this.operate.cancel({ actor, runId, reason: body.reason });
    return this.one(runId);
  }

  private async waitingOf(runId: string): Promise<Waiting> {
    const now = this.clock.now();
    return waitingView(await this.reads.waiting(this.database.reader, { runId, now }));
  }
}
