import { Controller, Get, Next, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';
import { CurrentActor, Requires, type Actor } from '../../identity/index.js';
import { logger } from '../../platform/logging/index.js';
import { QueueBoard } from '../../platform/queue/index.js';

const PATH = '/admin/queues';
/** Pages of the board, which are opened by people; the rest it fetches by itself, again and again. */
const FETCHED = /^\/admin\/queues\/(?:api|static)\//;

const log = logger('console');

/** The queues for engineers who administer: a foreign page that only looks, under our own content policy. */
@ApiExcludeController()
@Requires('user.manage')
@Controller()
export class QueueBoardPages {
  constructor(private readonly board: QueueBoard) {}

  @Get([PATH, `${PATH}/*path`])
  show(
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
    @Next() next: NextFunction,
  ): void {
    if (!FETCHED.test(request.path)) log.info({ actor: actor.id }, 'the queues are looked at');
    relativeToItself(response);
    this.board.at(PATH)(request, response, next);
  }
}

/** The policy of all pages, but that the board's addresses are relative to a base that it names. */
function relativeToItself(response: Response): void {
  const policy = String(response.getHeader('Content-Security-Policy') ?? '');
  response.setHeader(
    'Content-Security-Policy',
    policy.replace(/base-uri [^;]*/, "base-uri 'self'"),
  );
}
