import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { decodeCursor, pageOf, type Page } from '../../platform/http/index.js';
import type { LineView } from '../line.read.js';
import { ViewBatches } from '../view-batches.js';
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

/** What is in a batch, what is not, and how it differs from the last one. */
@ApiTags('batches')
@Controller('api/v1/batches/:id')
@Requires('batch.read')
export class BatchLinesController {
  constructor(private readonly batches: ViewBatches) {}

  @Get('lines')
  @ApiOperation({ summary: 'Lines, in the order of their numbers' })
  @ApiOkResponse({ standardSchema: linePage })
  async lines(
    @Param('id', idParameter) id: string,
    @Query({ schema: linesQuery }) query: z.infer<typeof linesQuery>,
  ): Promise<Page<LineBody>> {
    await this.batches.one(id);
    const { cursor, limit, ...filters } = query;
    const afterLineNo = decodeCursor(cursor, z.int()) ?? 0;
    const found = await this.batches.lines({
      ...filters,
      batchId: id,
      afterLineNo,
      limit: limit + 1,
    });
    return pageOf(found, limit, { item: lineBody, key: (line) => line.lineNo });
  }

  @Get('exclusions')
  @ApiOperation({ summary: 'Who is left out, and why' })
  @ApiOkResponse({ standardSchema: exclusionPage })
  async exclusions(
    @Param('id', idParameter) id: string,
    @Query({ schema: exclusionsQuery }) query: z.infer<typeof exclusionsQuery>,
  ): Promise<Page<ExclusionBody>> {
    await this.batches.one(id);
    const { cursor, limit, reason } = query;
    const afterId = decodeCursor(cursor, z.uuid());
    const page = { batchId: id, reason, afterId, limit: limit + 1 };
    const found = await this.batches.exclusions(page);
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
    const batch = await this.batches.one(id);
    const { cursor, limit, change } = query;
    const after = decodeCursor(cursor, z.string());
    const changed = { change, after, limit: limit + 1 };
    const { people, ...compared } = await this.batches.changedPeople(batch, changed);
    const page = pageOf(people, limit, {
      item: (person) => ({ ...person, changes: [...person.changes] }),
      key: (person) => person.personalNumber,
    });
    return { ...page, ...compared };
  }

  @Get('totals')
  @ApiOperation({ summary: 'Totals by bank, commune, programme and fund' })
  @ApiOkResponse({ standardSchema: totalsSchema })
  async totalsBy(@Param('id', idParameter) id: string): Promise<z.infer<typeof totalsSchema>> {
    const batch = await this.batches.one(id);
    const parts = await this.batches.totals(batch);
    return { lineCount: batch.lineCount, total: batch.total, currency: 'VND', ...parts };
  }

  @Get('warnings')
  @ApiOperation({
    summary:
      'What is worth a look before signing: shared accounts, payees who changed, accounts that are not checked',
  })
  @ApiOkResponse({ standardSchema: warningsSchema })
  async warnings(@Param('id', idParameter) id: string): Promise<z.infer<typeof warningsSchema>> {
    const found = await this.batches.warnings(await this.batches.one(id));
    return {
      accounts: found.accounts,
      sharedAccounts: found.sharedAccounts.map((account) => ({
        ...account,
        lineNos: [...account.lineNos],
      })),
      outdated: { count: found.outdated.count, lines: [...found.outdated.lines] },
    };
  }
}

function lineBody({ id: _, ...line }: LineView): LineBody {
  return line as LineBody;
}
