import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { Database } from '../../platform/database/index.js';
import { Idempotent, decodeCursor, pageOf, type Page } from '../../platform/http/index.js';
import { EndEntitlement } from '../end-entitlement.js';
import { listEntitlements } from '../entitlement-search.read.js';
import { findEntitlement, historyOf, type EntitlementView } from '../entitlement.read.js';
import { entitlementsErrors } from '../entitlements.errors.js';
import {
  endingBody,
  entitlementPage,
  entitlementSchema,
  entitlementsQuery,
} from './entitlement.schemas.js';
import { withIsoTimes, type WithIsoTimes } from './iso-times.js';

type EntitlementBody = z.infer<typeof entitlementSchema>;
const idParameter = { schema: z.uuid() };

@ApiTags('entitlements')
@Controller('api/v1/entitlements')
export class EntitlementsController {
  constructor(
    private readonly database: Database,
    private readonly endEntitlement: EndEntitlement,
  ) {}

  @Get()
  @Requires('entitlement.read')
  @ApiOperation({ summary: 'What is owed, oldest first' })
  @ApiOkResponse({ standardSchema: entitlementPage })
  async list(
    @Query({ schema: entitlementsQuery }) query: z.infer<typeof entitlementsQuery>,
  ): Promise<Page<WithIsoTimes<EntitlementView>>> {
    const { cursor, failed, ...filter } = query;
    const found = await listEntitlements(this.database.reader, {
      ...filter,
      failed: failed === undefined ? undefined : failed === 'true',
      after: decodeCursor(cursor, z.uuid()),
    });
    return pageOf(found, query.limit, { item: withIsoTimes, key: (row) => row.id });
  }

  @Get(':id')
  @Requires('entitlement.read')
  @ApiOperation({ summary: 'One entitlement and everything that happened to it' })
  @ApiOkResponse({ standardSchema: entitlementSchema })
  one(@Param('id', idParameter) id: string): Promise<EntitlementBody> {
    return this.view(id);
  }

  @Post(':id/endings')
  @Requires('import.write')
  @Idempotent()
  @ApiOperation({
    summary: 'End it by a stop decision; what lies in a batch is taken out of it first',
  })
  @ApiCreatedResponse({ standardSchema: entitlementSchema })
  async end(
    @Param('id', idParameter) id: string,
    @Body({ schema: endingBody }) body: z.infer<typeof endingBody>,
    @CurrentActor() actor: Actor,
  ): Promise<EntitlementBody> {
    await this.endEntitlement.end({ entitlementId: id, ...body }, actor);
    return this.view(id);
  }

  private async view(id: string): Promise<EntitlementBody> {
    const found = await findEntitlement(this.database.reader, id);
    if (!found) throw entitlementsErrors.entitlementNotFound(id);
    const history = await historyOf(this.database.reader, id);
    return entitlementSchema.parse({
      ...withIsoTimes(found),
      history: history.map(withIsoTimes),
    });
  }
}
