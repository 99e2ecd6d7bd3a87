import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { decodeCursor, Idempotent, pageOf, type Page } from '../../platform/http/index.js';
import { CloseReconciliation } from '../close-reconciliation.js';
import { ExceptionRead, type KindCount } from '../exception.read.js';
import { unknownReconciliation } from '../reconciliation.errors.js';
import {
  ReconciliationRead,
  type BucketTotal,
  type EntryRow,
  type ReconciliationRow,
  type StatementRow,
} from '../reconciliation.read.js';
import { RequestReconciliation } from '../request-reconciliation.js';
import {
  createdSchema,
  detailSchema,
  entriesQuery,
  entriesSchema,
  entryKey,
  idSchema,
  listQuery,
  listSchema,
  wantedSchema,
} from './reconciliation.schemas.js';

type Shown = Omit<ReconciliationRow, 'statementRow'>;
type Detail = Shown & {
  statement: StatementRow | null;
  buckets: BucketTotal[];
  matched: { payments: number; amount: string };
  openExceptions: KindCount[];
};

@ApiTags('reconciliations')
@Controller('api/v1/reconciliations')
export class ReconciliationController {
  constructor(
    private readonly reconciliations: ReconciliationRead,
    private readonly request: RequestReconciliation,
    private readonly closing: CloseReconciliation,
    private readonly exceptions: ExceptionRead,
  ) {}

  @Post()
  @HttpCode(202)
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({ summary: "Fetch a bank's statement and compare it with our books" })
  @ApiAcceptedResponse({
    standardSchema: createdSchema,
    description: 'it begins; ask for its state',
  })
  async create(
    @CurrentActor() actor: Actor,
    @Body({ schema: wantedSchema }) wanted: z.infer<typeof wantedSchema>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ id: string }> {
    const { reconciliationId } = await this.request.request(actor, wanted);
    response.setHeader('Location', `/api/v1/reconciliations/${reconciliationId}`);
    return { id: reconciliationId };
  }

  @Get()
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'Reconciliations, newest first' })
  @ApiOkResponse({ standardSchema: listSchema })
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Page<Shown>> {
    const { bank, state, limit } = query;
    const before = decodeCursor(query.cursor, z.uuid());
    const found = await this.reconciliations.list({ bank, state, before, limit });
    return pageOf(found, limit, { item: shown, key: ({ id }) => id });
  }

  @Get(':id')
  @Requires('reconciliation.read')
  @ApiOperation({
    summary: 'One reconciliation: its statement, whether it adds up, and its buckets',
  })
  @ApiOkResponse({ standardSchema: detailSchema })
  async find(@Param('id', { schema: idSchema }) id: string): Promise<Detail> {
    return this.detail(id);
  }

  @Post(':id/closures')
  @Requires('reconciliation.operate')
  @Idempotent()
  @ApiOperation({
    summary: 'Close a reconciliation: all of its bank and days is matched or explained',
    description: 'Refused with 409 while exceptions are open, saying how many of which kind.',
  })
  @ApiCreatedResponse({ standardSchema: detailSchema })
  async close(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Detail> {
    await this.closing.close(actor, id);
    return this.detail(id);
  }

  @Get(':id/entries')
  @Requires('reconciliation.read')
  @ApiOperation({ summary: 'The entries of its statement in the order of booking' })
  @ApiOkResponse({ standardSchema: entriesSchema })
  async entries(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: entriesQuery }) query: z.infer<typeof entriesQuery>,
  ): Promise<Page<EntryRow>> {
    const { statementRow } = await this.reconciliation(id);
    if (!statementRow) return { items: [], nextCursor: null };
    const { bucket, limit } = query;
    const after = decodeCursor(query.cursor, entryKey);
    const found = await this.reconciliations.entries({ statementRow, bucket, after, limit });
    return pageOf(found, limit, {
      item: (entry) => entry,
      key: ({ bookedAt, id: last }) => ({ bookedAt: bookedAt.toISOString(), id: last }),
    });
  }

  private async detail(id: string): Promise<Detail> {
    const found = await this.reconciliation(id);
    const { statementRow } = found;
    const buckets = statementRow ? await this.reconciliations.buckets(statementRow) : [];
    const proven = buckets.find(({ bucket }) => bucket === 'matched');
    return {
      ...shown(found),
      statement: statementRow ? await this.reconciliations.statement(statementRow) : null,
      buckets,
      matched: { payments: proven?.entries ?? 0, amount: proven?.amount ?? '0' },
      openExceptions: await this.exceptions.openOfRun(id),
    };
  }

  private async reconciliation(id: string): Promise<ReconciliationRow> {
    const found = await this.reconciliations.find(id);
    if (!found) throw unknownReconciliation(id);
    return found;
  }
}

function shown({ statementRow: _, ...reconciliation }: ReconciliationRow): Shown {
  return reconciliation;
}
