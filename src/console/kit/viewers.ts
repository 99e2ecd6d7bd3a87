import { createParamDecorator, Injectable, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { actorBehind, DescribeActor } from '../../identity/index.js';
import { Clock, newId } from '../../kernel/index.js';
import type { Language } from '../../platform/http/index.js';
import type { ConsoleContext, Viewer } from './context.js';
import { takeFeedback } from './feedback.js';
import { Names } from './names.js';

export const LANGUAGE_COOKIE = 'chitra.lang';

/** Vietnamese unless somebody switched: the cookie is the switch, not the browser's own language. */
export function languageOfCookie(request: Request): Language {
  return /(?:^|;\s*)chitra\.lang=en(?:;|$)/.test(request.header('cookie') ?? '') ? 'en' : 'vi';
}

/** The language in which a file is to be written: `@PageLanguage() language: Language`. */
export const PageLanguage = createParamDecorator(
  (_: unknown, context: ExecutionContext): Language =>
    languageOfCookie(context.switchToHttp().getRequest<Request>()),
);

/** Puts together what every part of a page may ask for. */
@Injectable()
export class Viewers {
  constructor(
    private readonly clock: Clock,
    private readonly describe: DescribeActor,
    private readonly names: Names,
  ) {}

  async contextOf(request: Request, options: { telling: boolean }): Promise<ConsoleContext> {
    const now = this.clock.now();
    return {
      language: languageOfCookie(request),
      viewer: await this.viewerOf(request),
      url: request.originalUrl,
      now,
      names: this.names.at(now),
      feedback: options.telling ? takeFeedback(request) : null,
      newKey: newId,
    };
  }

  private async viewerOf(request: Request): Promise<Viewer | null> {
    const actor = actorBehind(request);
    if (!actor) return null;
    const known = await this.describe.describe(actor);
    return {
      id: known.id,
      login: known.name,
      displayName: known.displayName ?? known.name,
      roles: known.roles,
      signature: known.signature,
      permissions: actor.permissions,
    };
  }
}
