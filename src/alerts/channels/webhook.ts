import { Injectable } from '@nestjs/common';
import { Webhook as Signer } from 'standardwebhooks';
import type { ChannelAnswer } from './answer.js';
import { HttpPost } from './http-post.js';

/** One signed POST by the Standard Webhooks scheme. */
@Injectable()
export class Webhook {
  constructor(private readonly http: HttpPost) {}

  send(
    to: { url: string; secret: string },
    { id, at, body }: { id: string; at: Date; body: string },
  ): Promise<ChannelAnswer> {
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Signer(to.secret).sign(id, at, body),
    };
    return this.http.send(to.url, { headers, body });
  }
}
