import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { actorOf, type Actor } from '../../identity/index.js';
import { noSuchRoute, type Language } from '../../platform/http/index.js';
import { EXPORT_FORMATS, type ExportFormat } from '../../platform/spreadsheet/index.js';
import { languageOfCookie } from '../kit/index.js';

/** Who wants a list as a file, and how. */
export interface FileWanted {
  readonly actor: Actor;
  readonly format: ExportFormat;
  readonly language: Language;
}

/** On a route `<list>.:format`: `@Wanted() wanted: FileWanted`. Another ending than those of files has no file. */
export const Wanted = createParamDecorator((_: unknown, context: ExecutionContext): FileWanted => {
  const request = context.switchToHttp().getRequest<Request>();
  const format = EXPORT_FORMATS.find((known) => known === request.params['format']);
  if (!format) throw noSuchRoute();
  return { actor: actorOf(request), format, language: languageOfCookie(request) };
});
