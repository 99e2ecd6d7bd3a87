import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Agent, request } from 'undici';
import { beginTry, CHANNEL_TIMEOUT_MS, nameOf, type ChannelAnswer } from './answer.js';

/** More of an answer than this is not read: only its status counts. */
const ANSWER_MAX_BYTES = 16 * 1024;

/** One POST of JSON. Never throws for what a receiver or a network does. */
@Injectable()
export class HttpPost implements OnModuleDestroy {
  private readonly agent = new Agent({
    connect: { timeout: CHANNEL_TIMEOUT_MS },
    headersTimeout: CHANNEL_TIMEOUT_MS,
    bodyTimeout: CHANNEL_TIMEOUT_MS,
  });

  async send(
    url: string,
    message: { headers: Record<string, string>; body: string },
  ): Promise<ChannelAnswer> {
    const end = beginTry();
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...message.headers },
        body: message.body,
        signal: AbortSignal.timeout(CHANNEL_TIMEOUT_MS),
      });
      await body.dump({ limit: ANSWER_MAX_BYTES });
      const taken = statusCode >= 200 && statusCode < 300;
      return end(taken, statusCode, taken ? null : `HTTP ${statusCode}`);
    } catch (error) {
      return end(false, null, nameOf(error));
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.agent.destroy();
  }
}
