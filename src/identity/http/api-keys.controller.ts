import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { InvariantError } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import {
  decodeCursor,
  Idempotent,
  pageOf,
  pageSchema,
  type Page,
} from '../../platform/http/index.js';
import type { Actor } from '../actor.js';
import { findApiKey, listApiKeys } from '../api-key.read.js';
import { CreateApiKey } from '../create-api-key.js';
import { RevokeApiKey } from '../revoke-api-key.js';
import {
  apiKeySchema,
  apiKeyView,
  createApiKeyBody,
  createdApiKeySchema,
  listQuery,
} from './identity.schemas.js';
import { CurrentActor, Requires } from './requires.decorator.js';

@ApiTags('identity')
@Controller('api/v1/api-keys')
@Requires('user.manage')
export class ApiKeysController {
  constructor(
    private readonly database: Database,
    private readonly createApiKey: CreateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  @Get()
  @ApiOperation({ summary: 'API keys, newest first; never their secrets' })
  @ApiOkResponse({ standardSchema: pageSchema(apiKeySchema) })
  async list(
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
  ): Promise<Page<z.infer<typeof apiKeySchema>>> {
    const beforeId = decodeCursor(query.cursor, z.uuid());
    const found = await listApiKeys(this.database.reader, { beforeId, limit: query.limit + 1 });
    return pageOf(found, query.limit, { item: apiKeyView, key: (row) => row.id });
  }

  @Post()
  @Idempotent({ shownOnce: ['token'] })
  @ApiOperation({ summary: 'Make an API key; its token is shown once' })
  @ApiCreatedResponse({ standardSchema: createdApiKeySchema })
  async create(
    @Body({ schema: createApiKeyBody }) body: z.infer<typeof createApiKeyBody>,
    @CurrentActor() actor: Actor,
  ): Promise<z.infer<typeof createdApiKeySchema>> {
    const expiresAt = new Date(body.expiresAt);
    const { id, token } = await this.createApiKey.create({ ...body, actor, expiresAt });
    const row = await findApiKey(this.database.reader, id);
    if (!row) throw new InvariantError('an API key vanished', { id });
    return { ...apiKeyView(row), token };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key, at once and for ever' })
  @ApiNoContentResponse({ description: 'revoked' })
  async revoke(
    @Param('id', { schema: z.uuid() }) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.revokeApiKey.revoke({ actor, id });
  }
}
