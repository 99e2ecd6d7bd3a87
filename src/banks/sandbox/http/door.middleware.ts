import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { SandboxBank } from '../sandbox-bank.js';
import { breakConnection, neverAnswer, nothingAccepted, problem } from './answers.js';

/**
 * In front of every bank path: an outage first, then whether the bank exists and the request is signed.
 * A middleware, not a guard: a guard that says no is answered, and some of these must never be.
 */
@Injectable()
export class Door implements NestMiddleware {
  constructor(private readonly bank: SandboxBank) {}

  use(request: Request, response: Response, next: NextFunction): void {
    if (this.outage(response)) return;
    const [, code = ''] = request.originalUrl.split('/');
    if (!this.bank.settings.SANDBOX_BANKS.split(',').includes(code)) {
      problem(response, {
        status: 404,
        code: 'no-such-bank',
        title: 'This bank is not played here',
      });
      return;
    }
    if (this.isSigned(request)) next();
    else nothingAccepted(response, 401, 'The signature does not fit');
  }

  private outage(response: Response): boolean {
    switch (this.bank.conduct.outage) {
      case 'none':
      case 'closed':
      case 'gone':
        return false;
      case 'refuse':
        nothingAccepted(response, 503, 'Closed for maintenance');
        return true;
      case 'error':
        problem(response, { status: 500, code: 'internal-error', title: 'Something broke' });
        return true;
      case 'hang':
        neverAnswer(response, this.bank.conduct.hangMs);
        return true;
      case 'reset':
        breakConnection(response);
        return true;
    }
  }

  private isSigned(request: Request): boolean {
    if (request.header('chitra-key-id') !== this.bank.settings.SANDBOX_KEY_ID) return false;
    const content = `${request.method} ${request.originalUrl}\n${rawBody(request).toString()}`;
    const headers = {
      'webhook-id': request.header('webhook-id') ?? '',
      'webhook-timestamp': request.header('webhook-timestamp') ?? '',
      'webhook-signature': request.header('webhook-signature') ?? '',
    };
    try {
      new Webhook(this.bank.settings.SANDBOX_SECRET).verify(content, headers, { jsonParse: false });
      return true;
    } catch (error) {
      if (error instanceof WebhookVerificationError) return false;
      throw error;
    }
  }
}

export function rawBody(request: Request): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}
