import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { decodeCursor, Idempotent, pageOf, type Page } from '../../platform/http/index.js';
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
  idSchema,
  listQuery,
  listSchema,
  wantedSchema,
} from './reconciliation.schemas.js';

type Shown = Omit<ReconciliationRow, 'statementRow'>;

const entryKey = z.object({ bookedAt: z.iso.datetime(), id: z.uuid() });

@ApiTags('reconciliations')
@Controller('api/v1/reconciliations')
export class ReconciliationController {
  constructor(
    private readonly reconciliations: ReconciliationRead,
    private readonly request: RequestReconciliation,
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
  async find(
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<Shown & { statement: StatementRow | null; buckets: BucketTotal[] }> {
    const found = await this.reconciliation(id);
    const { statementRow } = found;
    if (!statementRow) return { ...shown(found), statement: null, buckets: [] };
    return {
      ...shown(found),
      statement: await this.reconciliations.statement(statementRow),
      buckets: await this.reconciliations.buckets(statementRow),
    };
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

  private async reconciliation(id: string): Promise<ReconciliationRow> {
    const found = await this.reconciliations.find(id);
    if (!found) throw unknownReconciliation(id);
    return found;
  }
}

function shown({ statementRow: _, ...reconciliation }: ReconciliationRow): Shown {
  return reconciliation;
}
