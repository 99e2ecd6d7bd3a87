import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
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
import { ChangePassword } from '../change-password.js';
import { CreateUser } from '../create-user.js';
import { DisableUser } from '../disable-user.js';
import { RegisterSignatory } from '../register-signatory.js';
import { findUser, listUsers } from '../user.read.js';
import {
  createUserBody,
  listQuery,
  passwordBody,
  signatureBody,
  userSchema,
  userView,
} from './identity.schemas.js';
import { CurrentActor, Requires } from './requires.decorator.js';

type User = z.infer<typeof userSchema>;

@ApiTags('identity')
@Controller('api/v1/users')
@Requires('user.manage')
export class UsersController {
  constructor(
    private readonly database: Database,
    private readonly createUser: CreateUser,
    private readonly disableUser: DisableUser,
    private readonly changePassword: ChangePassword,
    private readonly registerSignatory: RegisterSignatory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Users, by login' })
  @ApiOkResponse({ standardSchema: pageSchema(userSchema) })
  async list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>): Promise<Page<User>> {
    const afterLogin = decodeCursor(query.cursor, z.string());
    const found = await listUsers(this.database.reader, {}, { afterLogin, limit: query.limit + 1 });
    return pageOf(found, query.limit, { item: userView, key: (row) => row.login });
  }

  @Post()
  @Idempotent({ secretFields: ['password'] })
  @ApiOperation({ summary: 'Create a user' })
  @ApiCreatedResponse({ standardSchema: userSchema })
  async create(
    @Body({ schema: createUserBody }) body: z.infer<typeof createUserBody>,
    @CurrentActor() actor: Actor,
  ): Promise<User> {
    const { userId } = await this.createUser.create({ ...body, actor });
    return this.view(userId);
  }

  @Post(':id/disablements')
  @Idempotent()
  @ApiOperation({ summary: 'Disable a user and end their sessions' })
  @ApiCreatedResponse({ standardSchema: userSchema })
  async disable(
    @Param('id', { schema: z.uuid() }) id: string,
    @CurrentActor() actor: Actor,
  ): Promise<User> {
    await this.disableUser.disable({ actor, userId: id });
    return this.view(id);
  }

  @Post(':id/signatures')
  @Idempotent()
  @ApiOperation({ summary: 'Register a user for the first or the second signature, for ever' })
  @ApiCreatedResponse({ standardSchema: userSchema })
  async register(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: signatureBody }) body: z.infer<typeof signatureBody>,
    @CurrentActor() actor: Actor,
  ): Promise<User> {
    await this.registerSignatory.register({ actor, userId: id, signature: body.signature });
    return this.view(id);
  }

  /** Setting the same password again is harmless, so no key is asked for; hashes of passwords are not kept in one. */
  @Post(':id/passwords')
  @Requires()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Set a password: one’s own with the present one, or another’s as administrator',
  })
  @ApiNoContentResponse({ description: 'set; all sessions of that user have ended' })
  async setPassword(
    @Param('id', { schema: z.uuid() }) id: string,
    @Body({ schema: passwordBody }) body: z.infer<typeof passwordBody>,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
  ): Promise<void> {
    const address = request.ip ?? 'unknown';
    await this.changePassword.change({ ...body, actor, userId: id, address });
  }

  private async view(userId: string): Promise<User> {
    const row = await findUser(this.database.reader, userId);
    if (!row) throw new InvariantError('a user vanished', { userId });
    return userView(row);
  }
}
