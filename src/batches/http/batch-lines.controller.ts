import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { Clock, officeDate } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/index.js';
import { batchNotFound, type OutdatedLine } from '../batches.errors.js';
import { findSummary, type BatchSummary } from '../batch.read.js';
import { BatchSettings } from '../batch.settings.js';
import { basisOf, countChanges, listChanges } from '../changes.read.js';
import { listExclusions, listLines, sharedAccounts } from '../line.read.js';
import { outdatedLines } from '../line.store.js';
import { LookAtAccounts } from '../look-at-accounts.js';
import { NamedTotals } from '../named-totals.js';
import {
  changesPage,
  changesQuery,
  exclusionPage,
  exclusionsQuery,
  linePage,
  linesQuery,
  totalsSchema,
  warningsSchema,
} from './batch.schemas.js';
import { exclusionBody, type ExclusionBody } from './batch.views.js';

type LineBody = z.infer<typeof linePage>['items'][number];
type ChangesBody = z.infer<typeof changesPage>;

const idParameter = { schema: z.uuid() };
/** Warnings of one kind that are shown. */
const WARNINGS_SHOWN = 100;

/** What is in a batch, what is not, and how it differs from the last one. */
@ApiTags('batches')
@Controller('api/v1/batches/:id')
@Requires('batch.read')
export class BatchLinesController {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: BatchSettings,
    private readonly totals: NamedTotals,
    private readonly accounts: LookAtAccounts,
  ) {}

  @Get('lines')
  @ApiOperation({ summary: 'Lines, in the order of their numbers' })
  @ApiOkResponse({ standardSchema: linePage })
  async lines(
    @Param('id', idParameter) id: string,
    @Query({ schema: linesQuery }) query: z.infer<typeof linesQuery>,
  ): Promise<Page<LineBody>> {
    await this.batch(id);
    const { cursor, limit, ...filters } = query;
    const afterLineNo = decodeCursor(cursor, z.int()) ?? 0;
    const found = await listLines(this.database.reader, {
      ...filters,
      batchId: id,
      afterLineNo,
      limit: limit + 1,
    });
    return pageOf(found, limit, { item: (line) => line as LineBody, key: (line) => line.lineNo });
  }

  @Get('exclusions')
  @ApiOperation({ summary: 'Who is left out, and why' })
  @ApiOkResponse({ standardSchema: exclusionPage })
  async exclusions(
    @Param('id', idParameter) id: string,
    @Query({ schema: exclusionsQuery }) query: z.infer<typeof exclusionsQuery>,
  ): Promise<Page<ExclusionBody>> {
    await this.batch(id);
    const { cursor, limit, reason } = query;
    const afterId = decodeCursor(cursor, z.uuid());
    const page = { batchId: id, reason, afterId, limit: limit + 1 };
    const found = await listExclusions(this.database.reader, page);
    return pageOf(found, limit, { item: exclusionBody, key: (left) => left.entitlementId });
  }

  @Get('changes')
  @ApiOperation({
    summary: 'What changed against the last period: new, gone, other amount, other account',
    description:
      'Compared by personal number with the approved batches of the same programme in the period before; a ' +
      'follow-up batch with the batch it follows up.',
  })
  @ApiOkResponse({ standardSchema: changesPage })
  async changes(
    @Param('id', idParameter) id: string,
    @Query({ schema: changesQuery }) query: z.infer<typeof changesQuery>,
  ): Promise<ChangesBody> {
    const batch = await this.batch(id);
    const { cursor, limit, change } = query;
    const after = decodeCursor(cursor, z.string());
    const found = await listChanges(this.database.reader, batch, {
      change,
      after,
      limit: limit + 1,
    });
    const page = pageOf(found, limit, {
      item: (person) => ({ ...person, changes: [...person.changes] }),
      key: (person) => person.personalNumber,
    });
    const counts = await countChanges(this.database.reader, batch);
    return { ...page, comparedWith: basisOf(batch), counts };
  }

  @Get('totals')
  @ApiOperation({ summary: 'Totals by bank, commune, programme and fund' })
  @ApiOkResponse({ standardSchema: totalsSchema })
  async totalsBy(@Param('id', idParameter) id: string): Promise<z.infer<typeof totalsSchema>> {
    const batch = await this.batch(id);
    const parts = await this.totals.of(this.database.reader, batch);
    return { lineCount: batch.lineCount, total: batch.total, currency: 'VND', ...parts };
  }

  @Get('warnings')
  @ApiOperation({
    summary:
      'What is worth a look before signing: shared accounts, payees who changed, accounts that are not checked',
  })
  @ApiOkResponse({ standardSchema: warningsSchema })
  async warnings(@Param('id', idParameter) id: string): Promise<z.infer<typeof warningsSchema>> {
    const batch = await this.batch(id);
    const above = this.settings.sharedAccountWarningAbove;
    const found = await sharedAccounts(this.database.reader, {
      batchId: id,
      above,
      limit: WARNINGS_SHOWN,
    });
    const outdated = await this.outdated(batch);
    const accounts = await this.accounts.asKnownNow(this.database.reader, batch, {
      at: this.clock.now(),
      limit: WARNINGS_SHOWN,
    });
    return {
      accounts,
      sharedAccounts: found.map((account) => ({ ...account, lineNos: [...account.lineNos] })),
      outdated: { count: outdated.count, lines: [...outdated.lines] },
    };
  }

  private async outdated(batch: BatchSummary): Promise<{ count: number; lines: OutdatedLine[] }> {
    if (batch.state !== 'draft' && batch.state !== 'proposed') return { count: 0, lines: [] };
    return outdatedLines(this.database.reader, {
      batchId: batch.id,
      payDay: batch.payOn ?? officeDate(this.clock.now()),
      limit: WARNINGS_SHOWN,
    });
  }

  private async batch(id: string): Promise<BatchSummary> {
    const batch = await findSummary(this.database.reader, id);
    if (!batch) throw batchNotFound(id);
    return batch;
  }
}
