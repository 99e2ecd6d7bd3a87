import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Bilingual } from '../../kernel/index.js';
import {
  contextOf,
  problemOf,
  ProblemFilter,
  refusalBehind,
  replayedProblem,
  reportFault,
  type FieldError,
  type Problem,
} from '../../platform/http/index.js';
import { keepFeedback, typedValues, type Feedback } from './feedback.js';
import { href, ownPath } from './href.js';
import { problemScreen } from './problem-screen.js';
import { renderPage } from './render.js';
import { languageOfCookie, Viewers } from './viewers.js';

/**
 * A refused form sends the person back to where it stood, with what was wrong and what they had typed; a page that
 * cannot be shown says why. Whoever is not signed in is asked to, and comes back.
 */
@Catch()
export class PageFilter implements ExceptionFilter {
  private readonly problems = new ProblemFilter();

  constructor(private readonly viewers: Viewers) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (response.headersSent || request.path.startsWith('/api/')) {
      this.problems.catch(error, host);
      return;
    }
    try {
      await this.tell(problemToTell(error, request), request, response);
    } catch (fault) {
      // The page that tells of a fault met one itself (the database is away, say): a problem needs neither.
      this.problems.catch(fault, host);
    }
  }

  private async tell(problem: Problem, request: Request, response: Response): Promise<void> {
    const isForm = request.method === 'POST';
    if (problem.status === 401) {
      const next = isForm ? pageOfForm(request) : request.originalUrl;
      response.redirect(303, href('/sign-in', { next: next === '/' ? '' : next }));
      return;
    }
    if (isForm && problem.status < 500) {
      await keepFeedback(request, refusalOf(problem, request));
      response.redirect(303, pageOfForm(request));
      return;
    }
    await this.show(problem, request, response);
  }

  private async show(problem: Problem, request: Request, response: Response): Promise<void> {
    const context = await this.viewers.contextOf(request, { telling: false });
    const html = renderPage(problemScreen(problem, context.viewer !== null), context);
    const retryAfter = problem['retryAfterSeconds'];
    if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
    response.status(problem.status).type('html').send(html);
  }
}

function problemToTell(error: unknown, request: Request): Problem {
  const { requestId } = contextOf(request);
  const replayed = replayedProblem(error);
  if (replayed) return replayed;
  if (!refusalBehind(error)) reportFault(error, requestId);
  return problemOf(error, { language: languageOfCookie(request), requestId });
}

/** Where the form stood that was sent: it says so itself, else the browser does. */
function pageOfForm(request: Request): string {
  const body = request.body as { _from?: unknown } | undefined;
  return ownPath(body?._from) ?? pathOfReferer(request) ?? '/';
}

function pathOfReferer(request: Request): string | null {
  const referer = request.header('referer');
  if (referer === undefined || !URL.canParse(referer)) return null;
  const url = new URL(referer);
  return url.host === request.header('host') ? ownPath(`${url.pathname}${url.search}`) : null;
}

function refusalOf(problem: Problem, request: Request): Feedback {
  const { errors } = problem as { errors?: unknown };
  const listed: readonly FieldError[] = Array.isArray(errors) ? (errors as FieldError[]) : [];
  const fields = listed.flatMap(({ pointer, messages }) =>
    pointer && messages ? [{ name: pointer.split('/')[1] ?? '', text: messages }] : [],
  );
  const places = (Array.isArray(errors) ? (errors as PlaceInFile[]) : []).flatMap(placeOf);
  if (fields.length === 0) fields.push(...places.slice(0, PLACES_TOLD));
  return {
    tone: 'refused',
    text: fields.length > 0 ? LOOK_AT_FIELDS : problem.messages,
    code: problem.code,
    form: request.path,
    fields,
    values: typedValues(request.body),
  };
}

/** What a refused file says of itself: each fault with its cell. */
interface PlaceInFile {
  readonly row?: number | null;
  readonly column?: string | null;
  readonly message?: Bilingual;
}

/** Faults of a file that are told at once; who mends fifty sends it again. */
const PLACES_TOLD = 50;

function placeOf({ row, column, message }: PlaceInFile) {
  if (!message) return [];
  const cell = row ? `${column ?? ''}${row}: ` : '';
  return [{ name: 'file', text: { vi: `${cell}${message.vi}`, en: `${cell}${message.en}` } }];
}

const LOOK_AT_FIELDS = {
  vi: 'Chưa lưu được: có chỗ chưa đúng. Xin sửa các mục sau rồi gửi lại.',
  en: 'Not saved: some fields are not right yet. Please mend these and send again.',
};
