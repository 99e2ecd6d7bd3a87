import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { AppConfig } from '../config/index.js';
import { unsupportedBody } from './http.errors.js';
import { onlyShallowBodies } from './nesting.js';
import { DOCS_PATH, serveOpenApi } from './openapi.js';
import { nameRequest } from './request-context.js';

/** How the application is created: the parsers are set by `configureHttp`, and notices need the very bytes. */
export const NEST_HTTP_OPTIONS = { bodyParser: false, rawBody: true } as const;

/**
 * Sets up everything before the routes, in order: request id, security headers, the given middleware
 * (sessions), body parsers with their limits; then the API's documentation.
 * Call it after `NestFactory.create(AppModule, { ...NEST_HTTP_OPTIONS })` and before `init`/`listen`.
 */
export function configureHttp(
  app: NestExpressApplication,
  config: AppConfig,
  middleware: readonly RequestHandler[] = [],
): void {
  if (config.settings.TRUST_PROXY === 'true') app.set('trust proxy', 1);
  app.disable('x-powered-by');
  // Express would tag every answer by its text; a tag here is the version of a row, and is set where there is one.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(nameRequest);
  app.use(securityHeaders(config));
  app.use(noStore);
  for (const handler of middleware) app.use(handler);
  app.use(onlyReadableBodies);
  app.useBodyParser('urlencoded', { extended: false, limit: config.settings.REQUEST_MAX_BYTES });
  app.useBodyParser('json', { limit: config.settings.REQUEST_MAX_BYTES });
  app.use(onlyShallowBodies);
  serveOpenApi(app);
}

function securityHeaders(config: AppConfig): RequestHandler {
  const directives = {
    defaultSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  };
  const withStyles = (styleSrc: string[]) =>
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { ...directives, styleSrc } },
      strictTransportSecurity: config.isProduction,
      // Without a referrer browsers hide a form's origin as well, and our own forms would look foreign.
      referrerPolicy: { policy: 'same-origin' },
    });
  const strict = withStyles(["'self'"]);
  // Swagger UI writes style attributes; its scripts are files of our own.
  const docs = withStyles(["'self'", "'unsafe-inline'"]);
  return (request, response, next) =>
    (request.path.startsWith(DOCS_PATH) ? docs : strict)(request, response, next);
}

/** Answers hold people's affairs: no cache keeps them unless a route says otherwise. */
const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

const API = ['json', 'multipart/form-data'];
const FORMS = [...API, 'application/x-www-form-urlencoded'];

/** A body that nothing here reads is said to be so, not taken for none. Only pages are sent plain forms. */
const onlyReadableBodies: RequestHandler = (request, _response, next) => {
  const isEmpty = request.header('content-length') === '0';
  const types = request.path.startsWith('/api/') ? API : FORMS;
  const isReadable = isEmpty || request.is(types) !== false;
  if (isReadable) next();
  else next(unsupportedBody());
};
