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
import {
  decodeCursor,
  etagOf,
  Idempotent,
  pageOf,
  versionOf,
  type Page,
} from '../../platform/http/index.js';
import { AssembleBatch } from '../assemble-batch.js';
import { CancelBatch } from '../cancel-batch.js';
import { ProposeBatch } from '../propose-batch.js';
import { RebuildBatch } from '../rebuild-batch.js';
import { RemoveLines } from '../remove-lines.js';
import { ViewBatches } from '../view-batches.js';
import {
  assembleBody,
  batchesQuery,
  batchPage,
  batchSchema,
  reasonBody,
  removalBody,
} from './batch.schemas.js';
import { batchBody, summaryBody, type BatchBody, type SummaryBody } from './batch.views.js';

const idParameter = { schema: z.uuid() };
const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description:
    'ETag of the batch as read; when given and somebody changed it since, nothing is done',
};

const readVersion = (ifMatch: string | undefined): number | undefined =>
  ifMatch === undefined ? undefined : versionOf(ifMatch);

@ApiTags('batches')
@Controller('api/v1/batches')
@Requires('batch.read')
export class BatchesController {
  constructor(
    private readonly batches: ViewBatches,
    private readonly assembleBatch: AssembleBatch,
    private readonly removeLines: RemoveLines,
    private readonly rebuildBatch: RebuildBatch,
    private readonly proposeBatch: ProposeBatch,
    private readonly cancelBatch: CancelBatch,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Batches, the newest first' })
  @ApiOkResponse({ standardSchema: batchPage })
  async list(
    @Query({ schema: batchesQuery }) query: z.infer<typeof batchesQuery>,
  ): Promise<Page<SummaryBody>> {
    const { cursor, limit, ...filters } = query;
    const beforeId = decodeCursor(cursor, z.uuid());
    const found = await this.batches.list({ ...filters, beforeId, limit: limit + 1 });
    return pageOf(found, limit, { item: summaryBody, key: (batch) => batch.id });
  }

  @Get(':id')
  @ApiOperation({ summary: 'One batch: figures, who is left out by reason, and its history' })
  @ApiOkResponse({ standardSchema: batchSchema })
  one(
    @Param('id', idParameter) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    return this.show(id, response);
  }

  @Post()
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({
    summary: 'Assemble a draft from what is owed',
    description:
      'Takes every open entitlement of the programme and period (and of the fund, communes, banks and kind, when ' +
      'given) that can be paid; the others are listed under `exclusions` with their reasons.',
  })
  @ApiCreatedResponse({ standardSchema: batchSchema })
  async assemble(
    @Body({ schema: assembleBody }) body: z.infer<typeof assembleBody>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    const { batchId } = await this.assembleBatch.assemble({ actor, ...body });
    response.setHeader('Location', `/api/v1/batches/${batchId}`);
    return this.show(batchId, response);
  }

  @Post(':id/line-removals')
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({
    summary: 'Take lines out of a draft, with a reason; what they owe is open again',
  })
  @ApiHeader(IF_MATCH)
  @ApiCreatedResponse({ standardSchema: batchSchema })
  async remove(
    @Param('id', idParameter) id: string,
    @Body({ schema: removalBody }) body: z.infer<typeof removalBody>,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    const version = readVersion(ifMatch);
    await this.removeLines.remove({ actor, batchId: id, version, ...body });
    return this.show(id, response);
  }

  @Post(':id/rebuilds')
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({
    summary: 'Gather a draft again, from what is owed and the accounts there are now',
  })
  @ApiHeader(IF_MATCH)
  @ApiCreatedResponse({ standardSchema: batchSchema })
  async rebuild(
    @Param('id', idParameter) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    await this.rebuildBatch.rebuild({ actor, batchId: id, version: readVersion(ifMatch) });
    return this.show(id, response);
  }

  @Post(':id/proposals')
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({
    summary: 'Propose a draft: its lines are frozen and digested, and wait for signatures',
  })
  @ApiHeader({ ...IF_MATCH, required: true })
  @ApiCreatedResponse({ standardSchema: batchSchema })
  async propose(
    @Param('id', idParameter) id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    await this.proposeBatch.propose({ actor, batchId: id, version: versionOf(ifMatch) });
    return this.show(id, response);
  }

  @Post(':id/cancellations')
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({ summary: 'Cancel a draft or proposed batch; what it held is open again' })
  @ApiHeader(IF_MATCH)
  @ApiCreatedResponse({ standardSchema: batchSchema })
  async cancel(
    @Param('id', idParameter) id: string,
    @Body({ schema: reasonBody }) body: z.infer<typeof reasonBody>,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchBody> {
    const version = readVersion(ifMatch);
    await this.cancelBatch.cancel({ actor, batchId: id, version, ...body });
    return this.show(id, response);
  }

  private async show(id: string, response: Response): Promise<BatchBody> {
    const batch = await this.batches.detail(id);
    response.setHeader('ETag', etagOf(batch.version));
    return batchBody(batch);
  }
}
