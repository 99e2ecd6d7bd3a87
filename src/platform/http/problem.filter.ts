import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InvariantError } from '../../kernel/index.js';
import { constraintOf, sqlStateOf } from '../database/index.js';
import { logger } from '../logging/index.js';
import { languageOf } from './language.js';
import { problemOf, PROBLEM_TYPE, refusalBehind } from './problem.js';
import { ReplayedProblem } from './replayed-problem.js';
import { contextOf } from './request-context.js';

/** Answers every error as an RFC 9457 problem. Only faults of ours are logged, once, here. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const { requestId } = contextOf(request);
    if (!refusalBehind(error) && !(error instanceof ReplayedProblem)) {
      reportFault(error, requestId);
    }
    if (response.headersSent) {
      // Half an answer is out: only cutting the line tells the caller that it is not whole.
      response.destroy();
      return;
    }
    if (error instanceof ReplayedProblem) {
      response.status(error.status).type(PROBLEM_TYPE).send(JSON.stringify(error.problem));
      return;
    }
    const language = languageOf(request.header('accept-language'));
    const problem = problemOf(error, { language, requestId });
    const retryAfter = problem['retryAfterSeconds'];
    if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(retryAfter));
    response.setHeader('Content-Language', language);
    response.setHeader('Cache-Control', 'no-store');
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="chitra"');
    response.status(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  }
}

/** Logs a fault of ours, once, with the id of its request. */
export function reportFault(error: unknown, requestId: string): void {
  logger('http').error({ requestId, ...faultOf(error) }, 'a request met a fault');
}

/** What an operator may read of a fault: no parameters of statements, no bodies. */
function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { fault: typeof error };
  return {
    fault: error.name,
    message: error.message,
    stack: error.stack,
    sqlState: sqlStateOf(error) ?? undefined,
    constraint: constraintOf(error) ?? undefined,
    ids: error instanceof InvariantError ? error.ids : undefined,
  };
}
