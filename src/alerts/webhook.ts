import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Webhook as Signer } from 'standardwebhooks';
import { Agent, request } from 'undici';

export const WEBHOOK_TIMEOUT_MS = 10_000;
/** More of an answer than this is not read: only its status counts. */
const ANSWER_MAX_BYTES = 16 * 1024;

export interface WebhookAnswer {
  readonly status: number | null;
  /** Null when the receiver took it; else why not, in our words. */
  readonly failure: string | null;
  readonly durationMs: number;
}

/** One signed POST by the Standard Webhooks scheme. Never throws for what a receiver or a network does. */
@Injectable()
export class Webhook implements OnModuleDestroy {
  private readonly agent = new Agent({
    connect: { timeout: WEBHOOK_TIMEOUT_MS },
    headersTimeout: WEBHOOK_TIMEOUT_MS,
    bodyTimeout: WEBHOOK_TIMEOUT_MS,
  });

  async send(
    to: { url: string; secret: string },
    message: { id: string; at: Date; body: string },
  ): Promise<WebhookAnswer> {
    const began = performance.now();
    const end = (status: number | null, failure: string | null): WebhookAnswer => ({
      status,
      failure,
      durationMs: Math.round(performance.now() - began),
    });
    try {
      const { statusCode, body } = await request(to.url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': message.id,
          'webhook-timestamp': String(Math.floor(message.at.getTime() / 1000)),
          'webhook-signature': new Signer(to.secret).sign(message.id, message.at, message.body),
        },
        body: message.body,
        signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
      });
      await body.dump({ limit: ANSWER_MAX_BYTES });
      const taken = statusCode >= 200 && statusCode < 300;
      return end(statusCode, taken ? null : `HTTP ${statusCode}`);
    } catch (error) {
      return end(null, nameOf(error));
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}

/** The error's code or name: its message may quote the address, which can hold a secret. */
function nameOf(error: unknown): string {
  const { code, name } = Object(error) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  return typeof name === 'string' ? name : 'unknown failure';
}
