import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import type { Clock } from '../../kernel/index.js';
import type { BooksStore } from './books.store.js';
import type { Conduct } from './conduct.js';
import {
  noteDelivered,
  noteUndelivered,
  waitingNotices,
  writeNotices,
  type WaitingNotice,
} from './notices.store.js';

const AT_ONCE = 8;
const CHANGES_AT_ONCE = 10_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
const ANSWER_WITHIN_MS = 10_000;

export interface NoticeTarget {
  /** Address of ChiTra; undefined: notices wait in the outbox. */
  readonly url: string | undefined;
  readonly secret: string;
}

/** Tells ChiTra what changed: signed, kept in an outbox, sent again with growing waits until a 2xx. */
export class SendNotices {
  private readonly agent = new Agent({ connections: AT_ONCE });

  constructor(
    private readonly store: BooksStore,
    private readonly clock: Clock,
    private readonly target: NoticeTarget,
  ) {}

  /** Writes and sends what is due now. @returns whether there was anything to do. */
  async run(conduct: Conduct): Promise<boolean> {
    if (conduct.notices === 'off' || this.target.url === undefined) return false;
    const written = await this.store.transaction((books) =>
      writeNotices(books, {
        now: this.clock.now(),
        group: conduct.noticeGroup,
        limit: CHANGES_AT_ONCE,
        copies: conduct.notices === 'doubled' ? 2 : 1,
      }),
    );
    const waiting = await waitingNotices(this.store, {
      now: this.clock.now(),
      limit: AT_ONCE,
      newestFirst: conduct.notices === 'reversed',
    });
    await Promise.all(waiting.map((notice) => this.deliver(notice)));
    return written + waiting.length > 0;
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async deliver(notice: WaitingNotice): Promise<void> {
    const delivered = await this.post(notice);
    const now = this.clock.now();
    if (delivered) return noteDelivered(this.store, { id: notice.id, at: now });
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** Math.min(notice.attempts, 20), LONGEST_WAIT_MS);
    return noteUndelivered(this.store, { id: notice.id, nextAt: new Date(now.getTime() + waitMs) });
  }

  /** Whatever goes wrong on the way, the notice stays in the outbox. */
  private async post(notice: WaitingNotice): Promise<boolean> {
    const at = this.clock.now();
    const base = this.target.url?.replace(/\/+$/, '') ?? '';
    try {
      const answer = await request(`${base}/api/v1/banks/${notice.bank}/notices`, {
        method: 'POST',
        dispatcher: this.agent,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        headers: {
          'content-type': 'application/json',
          'webhook-id': notice.id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(this.target.secret).sign(notice.id, at, notice.body),
        },
        body: notice.body,
      });
      await answer.body.dump();
      return answer.statusCode >= 200 && answer.statusCode < 300;
    } catch {
      return false;
    }
  }
}
