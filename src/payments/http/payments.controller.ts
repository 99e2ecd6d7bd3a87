import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { ReasonCodes } from '../../organisation/index.js';
import { Database } from '../../platform/database/index.js';
import {
  decodeCursor,
  Idempotent,
  pageOf,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import { PaymentReads } from '../payment.read.js';
import { paymentNotFound } from '../payments.errors.js';
import { ReissuePayments, type Reissued } from '../reissue-payments.js';
import {
  paymentDetailSchema,
  paymentSchema,
  paymentsQuery,
  reissueBody,
  reissuedSchema,
} from './payments.schemas.js';
import { paymentView } from './payments.view.js';

@ApiTags('payments')
@Controller('api/v1/payments')
export class PaymentsController {
  constructor(
    private readonly database: Database,
    private readonly reads: PaymentReads,
    private readonly reasons: ReasonCodes,
    private readonly reissuePayments: ReissuePayments,
  ) {}

  @Get()
  @Requires('payment.read')
  @ApiOperation({ summary: 'Payments, oldest first, filtered' })
  @ApiOkResponse({ standardSchema: pageSchema(paymentSchema) })
  async list(
    @Query({ schema: paymentsQuery }) query: z.infer<typeof paymentsQuery>,
  ): Promise<Page<z.infer<typeof paymentSchema>>> {
    const after = decodeCursor(query.cursor, z.uuid());
    const found = await this.reads.list(this.database.reader, {
      ...query,
      after,
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, {
      item: (row) => paymentView(row, this.reasons),
      key: (row) => row.id,
    });
  }

  @Get(':id')
  @Requires('payment.read')
  @ApiOperation({ summary: 'A payment: its history, attempts and lineage' })
  @ApiOkResponse({ standardSchema: paymentDetailSchema })
  async one(
    @Param('id', { schema: z.uuid() }) id: string,
  ): Promise<z.infer<typeof paymentDetailSchema>> {
    const tx = this.database.reader;
    const row = await this.reads.find(tx, id);
    if (!row) throw paymentNotFound(id);
    const history = await this.reads.history(tx, id);
    const attempts = await this.reads.attempts(tx, id);
    const lineage = await this.reads.lineage(tx, row.entitlementId);
    return {
      ...paymentView(row, this.reasons),
      approvalId: row.approvalId,
      history: history.map((entry) => ({
        ...entry,
        at: entry.at.toISOString(),
        bankAt: entry.bankAt?.toISOString() ?? null,
      })),
      attempts: attempts.map((attempt) => ({
        ...attempt,
        startedAt: attempt.startedAt.toISOString(),
        endedAt: attempt.endedAt?.toISOString() ?? null,
      })),
      lineage: lineage.map((p) => ({
        id: p.id,
        batchId: p.batchId,
        state: p.state,
        createdAt: p.createdAt.toISOString(),
      })),
    };
  }

  @Post('reissues')
  @Requires('batch.prepare')
  @Idempotent()
  @ApiOperation({ summary: 'Gather mended failed payments of a batch into a follow-up batch' })
  @ApiCreatedResponse({ standardSchema: reissuedSchema })
  async reissue(
    @Body({ schema: reissueBody }) body: z.infer<typeof reissueBody>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Reissued> {
    const reissued = await this.reissuePayments.reissue({ ...body, actor });
    response.setHeader('Location', `/api/v1/batches/${reissued.batchId}`);
    return reissued;
  }
}
