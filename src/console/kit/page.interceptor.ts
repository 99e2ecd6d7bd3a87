import {
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { SSE_METADATA } from '@nestjs/common/constants.js';
import type { Request, Response } from 'express';
import { concatMap, type Observable } from 'rxjs';
import { keepFeedback } from './feedback.js';
import { renderFragment, renderPage } from './render.js';
import { isConsoleAnswer, type Fragment, type SeeOther } from './screen.js';
import { Viewers } from './viewers.js';

/** Turns what a console handler answers into HTML, into a server-sent event, or into "look there". */
@Injectable()
export class PageInterceptor implements NestInterceptor {
  constructor(private readonly viewers: Viewers) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const exchange = {
      request: http.getRequest<Request>(),
      response: http.getResponse<Response>(),
      isLive: Reflect.hasMetadata(SSE_METADATA, context.getHandler()),
    };
    return next.handle().pipe(concatMap((answer) => this.present(answer, exchange)));
  }

  private async present(
    answer: unknown,
    exchange: { request: Request; response: Response; isLive: boolean },
  ): Promise<unknown> {
    if (!isConsoleAnswer(answer)) return answer;
    const { request, response } = exchange;
    if (answer.kind === 'see-other') return lookThere(answer, request, response);
    const telling = answer.kind === 'screen';
    const context = await this.viewers.contextOf(request, { telling });
    if (answer.kind === 'fragment') {
      const html = renderFragment(answer.body, context);
      if (exchange.isLive) return liveEvent(answer, html);
      response.status(200).type('html');
      return html;
    }
    response.status(answer.status ?? 200).type('html');
    response.setHeader('Content-Language', context.language);
    return renderPage(answer, context);
  }
}

async function lookThere(answer: SeeOther, request: Request, response: Response): Promise<string> {
  const { done, link } = answer;
  if (done) await keepFeedback(request, { tone: 'done', text: done, link });
  response.status(303).location(answer.path).type('html');
  return '';
}

const liveEvent = (answer: Fragment, html: string) => ({
  type: answer.event ?? 'message',
  data: html,
});
