import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Money } from '../../kernel/index.js';
import { decodeCursor, encodeCursor, Idempotent, type Page } from '../../platform/http/index.js';
import { ReturnBatch } from '../return-batch.js';
import { SignBatch } from '../sign-batch.js';
import { ViewFunds } from '../view-funds.js';
import { ViewRounds } from '../view-rounds.js';
import {
  batchFundsSchema,
  returnBody,
  roundPage,
  roundSchema,
  signBody,
  signedSchema,
  waitingQuery,
} from './approval.schemas.js';
import {
  roundBody,
  roundDetailBody,
  type RoundBody,
  type RoundDetailBody,
} from './approval.views.js';

const idParameter = { schema: z.uuid() };

@ApiTags('approvals')
@Controller('api/v1')
export class ApprovalsController {
  constructor(
    private readonly rounds: ViewRounds,
    private readonly funds: ViewFunds,
    private readonly signBatch: SignBatch,
    private readonly returnBatch: ReturnBatch,
  ) {}

  @Get('approvals')
  @Requires('batch.read')
  @ApiOperation({
    summary: 'Batches that wait for signatures, the oldest first',
    description:
      'With `waitingFor=me` a page may hold fewer items than its limit; read on while `nextCursor` is given.',
  })
  @ApiOkResponse({ standardSchema: roundPage })
  async waiting(
    @Query({ schema: waitingQuery }) query: z.infer<typeof waitingQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Page<RoundBody>> {
    const afterId = decodeCursor(query.cursor, z.uuid());
    const onlyFor = query.waitingFor === 'me' ? actor : null;
    const { views, next } = await this.rounds.waiting({ afterId, limit: query.limit }, onlyFor);
    return { items: views.map(roundBody), nextCursor: next && encodeCursor(next) };
  }

  @Get('batches/:id/approvals')
  @Requires('batch.read')
  @ApiOperation({
    summary: 'The chain of a batch: who has signed, who is next, what is still needed',
  })
  @ApiOkResponse({ standardSchema: roundSchema })
  async of(@Param('id', idParameter) id: string): Promise<RoundDetailBody> {
    return roundDetailBody(await this.rounds.of(id));
  }

  @Get('batches/:id/funds')
  @Requires('batch.read')
  @ApiOperation({
    summary: 'What a batch takes of each fund, and whether there is enough now',
    description:
      'For who is about to sign; nothing is held by asking. Money that other batches have reserved is not available.',
  })
  @ApiOkResponse({ standardSchema: batchFundsSchema })
  async fundsOf(@Param('id', idParameter) id: string): Promise<z.infer<typeof batchFundsSchema>> {
    const { month, reserved, funds } = await this.funds.of(id);
    return {
      budgetMonth: month,
      reserved,
      suffices: funds.every(({ short }) => short.isZero()),
      funds: funds.map(({ fund, amount, available, short }) => ({
        fund,
        needed: amount.toString(),
        available: available.toString(),
        short: short.toString(),
      })),
    };
  }

  @Post('batches/:id/approvals')
  @Requires('batch.sign')
  @Idempotent()
  @ApiOperation({
    summary: 'Sign a proposed batch',
    description:
      'Carries what the signer saw. If digest, count or total is another now, nothing is signed and the 412 problem ' +
      'says under `changed` what, and under `linesSinceYouLooked` how many lines are new, gone and changed.',
  })
  @ApiCreatedResponse({ standardSchema: signedSchema })
  async sign(
    @Param('id', idParameter) id: string,
    @Body({ schema: signBody }) body: z.infer<typeof signBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof signedSchema>> {
    const { digest, lineCount, total, comment } = body;
    const seen = { digest, lineCount, total: Money.of(total) };
    const { signatureId } = await this.signBatch.sign({ actor, batchId: id, seen, comment });
    return { ...roundDetailBody(await this.rounds.of(id)), signatureId };
  }

  @Post('batches/:id/returns')
  @Requires('batch.sign')
  @Idempotent()
  @ApiOperation({ summary: 'Return a proposed batch to its preparers, with a reason' })
  @ApiCreatedResponse({ standardSchema: roundSchema })
  async return(
    @Param('id', idParameter) id: string,
    @Body({ schema: returnBody }) body: z.infer<typeof returnBody>,
    @CurrentActor() actor: Actor,
  ): Promise<RoundDetailBody> {
    await this.returnBatch.return({ actor, batchId: id, reason: body.reason });
    return roundDetailBody(await this.rounds.of(id));
  }
}
