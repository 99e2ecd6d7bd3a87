import { randomBytes } from 'node:crypto';
import {
  Injectable,
  type INestApplicationContext,
  type OnApplicationShutdown,
} from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import type { Request, RequestHandler } from 'express';
import session, { type Store } from 'express-session';
import { AppConfig } from '../../platform/config/index.js';
import { SESSION_COOKIE } from '../../platform/http/index.js';
import { logger } from '../../platform/logging/index.js';
import type { SignedIn } from '../sign-in.js';
import { refuseForeignOrigin } from './origin.check.js';

declare module 'express-session' {
  interface SessionData {
    signedIn: SignedIn;
  }
}

const POOL_MAX = 4;

/** People's sessions: a cookie that names a row. Made only where HTTP is served. */
@Injectable()
export class Sessions implements OnApplicationShutdown {
  private store: (Store & { close(): void | Promise<void> }) | undefined;

  constructor(private readonly config: AppConfig) {}

  /** Must run before every route; call it once. */
  middleware(): RequestHandler {
    const { settings } = this.config;
    const idleMs = settings.SESSION_IDLE_MINUTES * 60_000;
    const log = logger('sessions');
    const PgStore = connectPgSimple(session);
    this.store = new PgStore({
      conObject: { connectionString: this.config.databaseUrl, max: POOL_MAX },
      ttl: idleMs / 1000,
      errorLog: () => log.error('the session store met a fault'),
    });
    return session({
      name: SESSION_COOKIE,
      // Without a set secret, sessions end with the process; production insists on one.
      secret: settings.SESSION_SECRET ?? randomBytes(32).toString('base64url'),
      store: this.store,
      resave: false,
      saveUninitialized: false,
      rolling: true,
      unset: 'destroy',
      cookie: {
        httpOnly: true,
        sameSite: 'lax',
        secure: cookieIsSecure(this.config),
        maxAge: idleMs,
        path: '/',
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.store?.close();
  }
}

/** Trying the production image on one's own machine is the only reason for a cookie without TLS there. */
function cookieIsSecure(config: AppConfig): boolean {
  const url = config.settings.PUBLIC_URL ? new URL(config.settings.PUBLIC_URL) : null;
  const isOwnMachine = url?.protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(url.hostname);
  return url?.protocol === 'https:' || (config.isProduction && !isOwnMachine);
}

/**
 * What identity needs before the routes, for `configureHttp`. Requests to `sessionless` paths have no session, whatever
 * cookie they bring: to look for one costs a bank's notice a fifth of its time.
 */
export function sessionMiddleware(
  app: INestApplicationContext,
  { sessionless }: { sessionless?: RegExp } = {},
): RequestHandler[] {
  const session = app.get(Sessions).middleware();
  const unlessSessionless: RequestHandler = (request, response, next) => {
    if (sessionless?.test(request.path)) next();
    else session(request, response, next);
  };
  return [refuseForeignOrigin(app.get(AppConfig)), unlessSessionless];
}

/** Begins a session under a new id, so that an id known before is worth nothing after. */
export async function beginSession(request: Request, signedIn: SignedIn): Promise<void> {
  await new Promise<void>((done, fail) => {
    request.session.regenerate((error?: unknown) => (error ? fail(asError(error)) : done()));
  });
  request.session.signedIn = signedIn;
  await new Promise<void>((done, fail) => {
    request.session.save((error?: unknown) => (error ? fail(asError(error)) : done()));
  });
}

export async function endSession(request: Request): Promise<void> {
  await new Promise<void>((done, fail) => {
    request.session.destroy((error?: unknown) => (error ? fail(asError(error)) : done()));
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('the session store refused');
}
