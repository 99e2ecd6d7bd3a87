import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { decodeCursor, Idempotent, pageOf } from '../../platform/http/index.js';
import { RequestChecks } from '../request-checks.js';
import { ViewBatches } from '../view-batches.js';
import { accountChecksPage, accountChecksQuery, checksRequested } from './account.schemas.js';
import { lineAccountBody } from './batch.views.js';

const idParameter = { schema: z.uuid() };

/** Whether the accounts of a batch bear the names that are paid to. */
@ApiTags('batches')
@Controller('api/v1/batches/:id/account-checks')
export class BatchAccountChecksController {
  constructor(
    private readonly batches: ViewBatches,
    private readonly requestChecks: RequestChecks,
  ) {}

  @Post()
  @Requires('batch.prepare')
  @HttpCode(202)
  @Idempotent()
  @ApiOperation({
    summary: 'Ask the banks about the accounts of a draft',
    description:
      'About those that no bank has answered for within the programme’s days. Jobs ask, under each bank’s rate limit; ' +
      'the same path shows how far they are.',
  })
  @ApiAcceptedResponse({ standardSchema: checksRequested, description: 'jobs ask the banks' })
  request(
    @Param('id', idParameter) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof checksRequested>> {
    return this.requestChecks.request({ actor, batchId: id });
  }

  @Get()
  @Requires('batch.read')
  @ApiOperation({ summary: 'How far the checks are, and both names of each account side by side' })
  @ApiOkResponse({ standardSchema: accountChecksPage })
  async list(
    @Param('id', idParameter) id: string,
    @Query({ schema: accountChecksQuery }) query: z.infer<typeof accountChecksQuery>,
  ): Promise<z.infer<typeof accountChecksPage>> {
    const batch = await this.batches.one(id);
    const { cursor, limit, state } = query;
    const afterLineNo = decodeCursor(cursor, z.int()) ?? 0;
    const states = state && [state];
    const page = { states, afterLineNo, limit: limit + 1 };
    const { checks, lines } = await this.batches.accountsOf(batch, page);
    const { counts, ...figures } = checks;
    return {
      ...pageOf(lines, limit, { item: lineAccountBody, key: (line) => line.lineNo }),
      ...figures,
      counts: [...counts],
    };
  }
}
