import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import type { z } from 'zod';
import { Public } from '../../platform/http/index.js';
import type { Actor } from '../actor.js';
import { DescribeActor } from '../describe-actor.js';
import { SignIn } from '../sign-in.js';
import { SignOut } from '../sign-out.js';
import { meSchema, signInBody } from './identity.schemas.js';
import { CurrentActor, Requires } from './requires.decorator.js';
import { beginSession, endSession } from './sessions.js';

/** People come in and go out. Not an `@Idempotent` POST: signing in twice is two sessions, as meant. */
@ApiTags('identity')
@Controller('api/v1')
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOut: SignOut,
    private readonly describeActor: DescribeActor,
  ) {}

  @Post('sessions')
  @Public()
  @ApiOperation({ summary: 'Sign in; the answer sets the session cookie' })
  @ApiCreatedResponse({ description: 'signed in', standardSchema: meSchema })
  async create(
    @Body({ schema: signInBody }) body: z.infer<typeof signInBody>,
    @Req() request: Request,
  ): Promise<z.infer<typeof meSchema>> {
    const signedIn = await this.signIn.signIn({ ...body, address: request.ip ?? 'unknown' });
    await beginSession(request, signedIn);
    return this.describeActor.ofSession(signedIn);
  }

  @Delete('sessions/current')
  @Requires()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @ApiNoContentResponse({ description: 'the session has ended' })
  async end(@CurrentActor() actor: Actor, @Req() request: Request): Promise<void> {
    await this.signOut.signOut(actor);
    await endSession(request);
  }

  @Get('me')
  @Requires()
  @ApiOperation({ summary: 'Who I am and what I may do' })
  @ApiOkResponse({ standardSchema: meSchema })
  me(@CurrentActor() actor: Actor): Promise<z.infer<typeof meSchema>> {
    return this.describeActor.describe(actor);
  }
}
