import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { defaultIfEmpty, from, lastValueFrom, type Observable } from 'rxjs';
import { Clock, DomainError, InvariantError } from '../../kernel/index.js';
import { Database } from '../database/index.js';
import { answerLost, keyMissing, keyReused, keyRunning, leaseLost } from './http.errors.js';
import {
  findKey,
  freeKey,
  giveUpAnswer,
  markCommitted,
  storeAnswer,
  takeKey,
  takeOverKey,
  type KeyHold,
  type StoredAnswer,
} from './idempotency.store.js';
import { IDEMPOTENT_ROUTE, type IdempotentOptions } from './idempotent.options.js';
import { languageOf } from './language.js';
import { problemOf } from './problem.js';
import { ReplayedProblem } from './replayed-problem.js';
import { contextOf } from './request-context.js';
import { requestHash, type UploadedPart } from './request-hash.js';

/** Longer than any request may work; a holder that died lets its key go after it. */
export const LEASE_MS = 5 * 60_000;
const KEPT_HEADERS = ['location', 'etag'];

/**
 * One effect per key. The key is taken before the work, marked `committed` inside the work's own first
 * transaction, and `answered` with the answer after it. So whoever dies anywhere leaves one of three truths:
 * nothing happened (the key comes free), it happened and its answer is known, or it happened and its answer is lost.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return from(this.answer(context, next));
  }

  private async answer(context: ExecutionContext, next: CallHandler): Promise<unknown> {
    const options = Reflect.getMetadata(
      IDEMPOTENT_ROUTE,
      context.getHandler(),
    ) as IdempotentOptions;
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const hold = await this.hold(request, options);
    if ('status' in hold) return replay(response, hold);
    return this.once({ hold, request, response, options, next });
  }

  /** Takes the key of this request, or gives the answer it was given before. */
  private async hold(
    request: Request,
    options: IdempotentOptions,
  ): Promise<KeyHold | StoredAnswer> {
    const at = this.clock.now();
    const hold = {
      scope: `${contextOf(request).caller} ${request.method} ${routeOf(request)}`,
      key: keyOf(request),
      leaseUntil: new Date(at.getTime() + LEASE_MS),
    };
    const hash = await hashOf(request, options);
    const tx = this.database.reader;
    if (await takeKey(tx, { ...hold, requestHash: hash, at })) return hold;
    const stored = await findKey(tx, hold.scope, hold.key);
    // Freed between the two statements: its request was refused just now, and this one came while it ran.
    if (!stored) throw keyRunning();
    if (stored.requestHash !== hash) throw keyReused();
    if (stored.state === 'answered' && stored.status !== null) {
      return { status: stored.status, headers: stored.headers ?? {}, body: stored.body };
    }
    const expired = stored.leaseUntil <= at;
    if (expired && stored.state === 'committed') throw answerLost();
    if (expired && (await takeOverKey(tx, hold, stored.leaseUntil))) return hold;
    throw keyRunning();
  }

  private async once(work: {
    hold: KeyHold;
    request: Request;
    response: Response;
    options: IdempotentOptions;
    next: CallHandler;
  }): Promise<unknown> {
    const { hold, response } = work;
    let committed = false;
    let answered = false;
    try {
      const body: unknown = await this.database.withCommitHook(
        async (tx) => {
          // Work that the request left running behind it is not part of its act.
          if (answered) return;
          if (!(await markCommitted(tx, hold))) throw leaseLost();
          committed = true;
        },
        () => lastValueFrom(work.next.handle().pipe(defaultIfEmpty(undefined))),
      );
      answered = true;
      await storeAnswer(this.database.reader, hold, {
        status: response.statusCode,
        headers: keptHeaders(response),
        body: withheld(body, work.options.shownOnce ?? []),
      });
      return body;
    } catch (error) {
      answered = true;
      await this.settleRefusal({ ...work, error, committed });
      throw error;
    }
  }

  /** A refusal that changed nothing frees the key; one that came after a commit is an answer like any other. */
  private async settleRefusal(refused: {
    hold: KeyHold;
    request: Request;
    error: unknown;
    committed: boolean;
  }): Promise<void> {
    const { hold, request, error } = refused;
    if (refused.committed && error instanceof DomainError) {
      const { requestId } = contextOf(request);
      const language = languageOf(request.header('accept-language'));
      const problem = problemOf(error, { language, requestId });
      const answer = { status: problem.status, headers: {}, body: problem };
      await storeAnswer(this.database.reader, hold, answer, ['committed']);
    }
    // `committed` may be a hope that the commit itself broke: the row knows, and only a running one is freed.
    // What is committed and has no answer by now will not get one.
    await freeKey(this.database.reader, hold);
    await giveUpAnswer(this.database.reader, hold, this.clock.now());
  }
}

function replay(response: Response, answer: StoredAnswer): unknown {
  response.setHeader('Idempotency-Replayed', 'true');
  if (answer.status >= 400) throw new ReplayedProblem(answer.status, answer.body);
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.status(answer.status);
  return answer.body ?? undefined;
}

/** Programs name it in a header, a form of a page in a field. */
function keyOf(request: Request): string {
  const form = request.body as { _key?: unknown } | undefined;
  const field = typeof form?._key === 'string' ? form._key : '';
  const key = request.header('idempotency-key') ?? field;
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) throw keyMissing();
  return key;
}

function routeOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : request.path;
}

async function hashOf(request: Request, options: IdempotentOptions): Promise<string> {
  const body: unknown = request.body;
  if (request.is('multipart/form-data') && body === undefined) {
    throw new InvariantError('@Idempotent stands above the upload interceptor', {
      route: routeOf(request),
    });
  }
  return requestHash({
    method: request.method,
    url: request.originalUrl,
    body,
    files: filesOf(request),
    secretFields: options.secretFields ?? [],
  });
}

/** What multer adds to a request that it has read. */
interface Uploads {
  readonly file?: UploadedPart;
  readonly files?: UploadedPart[] | Record<string, UploadedPart[]>;
}

function filesOf(request: Request): UploadedPart[] {
  const { file, files } = request as Uploads;
  if (file) return [file];
  return Array.isArray(files) ? files : Object.values(files ?? {}).flat();
}

function keptHeaders(response: Response): Record<string, string> {
  return Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = response.getHeader(name);
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
}

function withheld(body: unknown, shownOnce: readonly string[]): unknown {
  if (shownOnce.length === 0 || body === null || typeof body !== 'object') return body;
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [key, shownOnce.includes(key) ? null : value]),
  );
}
