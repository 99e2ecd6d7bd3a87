import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { BankRegistry } from '../../banks/index.js';
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
import { listNotFound } from '../hand-over.errors.js';
import { HandOverList } from '../hand-over-list.js';
import { HandOverReads, type HandOverRow } from '../hand-over.read.js';
import { isCarriedByPeople } from '../hand-over.rules.js';
import { WithdrawList } from '../withdraw-list.js';
import { handOverBody, handOverKey, handOverSchema, handOversQuery } from './hand-overs.schemas.js';
import { reasonBody } from './payments.schemas.js';

type HandOver = z.infer<typeof handOverSchema>;

@ApiTags('hand-overs')
@Controller('api/v1/hand-overs')
export class HandOversController {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly lists: HandOverReads,
    private readonly handing: HandOverList,
    private readonly withdrawing: WithdrawList,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Requires('payment.read')
  @ApiOperation({
    summary: 'Lists that wait for a person or for the bank’s result, the oldest first',
  })
  @ApiOkResponse({ standardSchema: pageSchema(handOverSchema) })
  async list(
    @Query({ schema: handOversQuery }) query: z.infer<typeof handOversQuery>,
  ): Promise<Page<HandOver>> {
    const carried = this.banks.all().filter(isCarriedByPeople);
    const banks = carried
      .map(({ code }) => code)
      .filter((code) => query.bank === undefined || code === query.bank);
    const found = await this.lists.waiting(this.database.reader, {
      banks,
      now: this.clock.now(),
      states: query.state && [query.state],
      after: decodeCursor(query.cursor, handOverKey),
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, {
      item: handOverView,
      key: ({ since, submissionId }) => ({ since: since.toISOString(), id: submissionId }),
    });
  }

  @Post()
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Make the list for a bank’s portal; this is the sending',
    description:
      'Asked for again it is the same list (200). Download it at `/bank-files/{id}/content`.',
  })
  @ApiCreatedResponse({ standardSchema: handOverSchema, description: 'made now' })
  @ApiOkResponse({ standardSchema: handOverSchema, description: 'it was made before' })
  async handOver(
    @Body({ schema: handOverBody }) { submissionId }: z.infer<typeof handOverBody>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<HandOver> {
    const { list, isNew } = await this.handing.handOver({ actor, submissionId });
    if (!isNew) response.status(200);
    response.setHeader('Location', `/api/v1/bank-files/${list.file.id}`);
    return handOverView(list);
  }

  @Post(':submissionId/withdrawals')
  @HttpCode(200)
  @Requires('run.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Give up a list that nobody has downloaded',
    description: 'Its payments are ready for another list once the bank’s window has passed.',
  })
  @ApiOkResponse({ standardSchema: handOverSchema })
  async withdraw(
    @Param('submissionId', { schema: z.uuid() }) submissionId: string,
    @Body({ schema: reasonBody }) { reason }: z.infer<typeof reasonBody>,
    @CurrentActor() actor: Actor,
  ): Promise<HandOver> {
    await this.withdrawing.withdraw({ actor, submissionId, reason });
    const list = await this.lists.one(this.database.reader, submissionId);
    if (!list) throw listNotFound(submissionId);
    return handOverView(list);
  }
}

function handOverView(row: HandOverRow): HandOver {
  const { submissionId, messageReference, bank, runId, batchId, batchNumber } = row;
  return {
    ...{ submissionId, messageReference, bank, runId, batchId, batchNumber },
    state: row.state,
    since: row.since.toISOString(),
    open: row.open,
    openTotal: row.openTotal,
    file: row.file,
  };
}
