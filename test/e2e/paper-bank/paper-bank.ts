import { createHmac, randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Books, statusOf, type Booking, type Order } from './books.js';

/** One contract with the bank: its paths, its secrets, and what it offers. */
export interface Rail {
  readonly code: string;
  readonly secret: string;
  readonly noticeSecret: string;
  readonly notices: boolean;
  readonly enquiries: boolean;
}

interface Asked {
  readonly rail: Rail;
  readonly path: string;
  readonly search: URLSearchParams;
  readonly body: string;
  readonly key: string | undefined;
}

const WINDOW_S = 300;
const SLOWER_THAN_ANY_TIME_OUT_MS = 2500;
const LATER_MS = 300;
const STATEMENT_PAGE = 4;

/**
 * A bank written from wire.openapi.yaml and nothing else: it shares no code with the adapter or with the sandbox bank.
 * It speaks as differently as the paper allows.
 */
export class PaperBank {
  readonly books = new Map<string, Books>();
  readonly faults: string[] = [];
  private readonly server = createServer((asked, answer) => void this.meet(asked, answer));
  private readonly working = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly rails: readonly Rail[],
    private readonly clientUrl: string,
  ) {
    for (const { code } of rails) this.books.set(code, new Books());
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Nothing more will change, and every notice has been taken in. */
  async rest(): Promise<void> {
    while (this.working.size > 0) await Promise.all(this.working);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.rest();
    this.server.closeAllConnections();
    await new Promise((ended) => this.server.close(ended));
  }

  private async meet(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const target = incoming.url ?? '';
    const url = new URL(target, 'http://bank');
    const rail = this.rails.find(({ code }) => url.pathname.startsWith(`/${code}/v1/`));
    if (!rail) return tell(answer, 404, { code: 'no-such-path' });
    const content = `${incoming.method} ${target}\n${body}`;
    if (!isGenuine(incoming, rail.secret, content)) {
      this.faults.push('a signature that does not fit');
      return tell(answer, 401, { code: 'nothing-accepted' });
    }
    const key = incoming.headers['idempotency-key'];
    const path = url.pathname.slice(rail.code.length + 4);
    const asked = { rail, path, search: url.searchParams, body, key: key?.toString() };
    return this.route(asked, answer);
  }

  private route(asked: Asked, answer: ServerResponse): Promise<void> {
    switch (asked.path) {
      case '/payments': {
        const order = JSON.parse(asked.body) as Order;
        return this.take(asked, answer, {
          reference: order.reference,
          orders: [order],
          single: true,
        });
      }
      case '/submissions': {
        const { reference, payments } = JSON.parse(asked.body) as {
          reference: string;
          payments: Order[];
        };
        return this.take(asked, answer, { reference, orders: payments, single: false });
      }
      case '/enquiries':
        return this.enquired(asked, answer);
      case '/statements': {
        const page = Number(asked.search.get('cursor') ?? 0);
        return tell(answer, 200, this.booksOf(asked.rail).statement(page, STATEMENT_PAGE));
      }
      default:
        return tell(answer, 404, { code: 'nothing-accepted' });
    }
  }

  private async take(
    { rail, key }: Asked,
    answer: ServerResponse,
    message: { reference: string; orders: readonly Order[]; single: boolean },
  ): Promise<void> {
    if (key !== message.reference) this.faults.push('the key is not the reference');
    const books = this.booksOf(rail);
    const fresh = message.orders.filter(({ reference }) => !books.bookings.has(reference));
    const arrivals = new Set(
      fresh
        .filter((order) => books.arrived(order.reference) === 1)
        .map((order) => books.storyOf(order).arrival),
    );
    if (arrivals.has('dropped')) return void answer.destroy();
    if (arrivals.has('nothing-accepted')) {
      return tell(answer, 503, { code: 'nothing-accepted' }, { 'RETRY-AFTER': '1' });
    }
    const bookings = message.orders.map((order) => books.book(order));
    if (!bookings.every((booking) => booking !== null)) {
      return tell(answer, 422, { code: 'reference-reused' });
    }
    const made = bookings.filter(({ order }) => fresh.includes(order));
    await this.noticeBeforeTheAnswer(rail, made);
    for (const booking of made) this.goOn(rail, booking);
    const stories = made.map(({ story }) => story.answer);
    if (stories.includes('none')) return void answer.destroy();
    if (stories.includes('too-late')) await pause(SLOWER_THAN_ANY_TIME_OUT_MS);
    const said = bookings.map(answered);
    await tell(
      answer,
      200,
      message.single ? said[0] : { reference: message.reference, payments: said },
    );
  }

  private enquired({ rail, body }: Asked, answer: ServerResponse): Promise<void> {
    if (!rail.enquiries) return tell(answer, 501, { code: 'not-offered' });
    const { payments } = JSON.parse(body) as { payments: { reference: string }[] };
    const { bookings } = this.booksOf(rail);
    const said = payments.map(({ reference }) => {
      const booking = bookings.get(reference);
      return booking ? statusOf(booking) : { reference, found: false, hint: 'ask again tomorrow' };
    });
    return tell(answer, 200, { payments: said.reverse(), asOf: new Date().toISOString() });
  }

  private async noticeBeforeTheAnswer(rail: Rail, made: readonly Booking[]): Promise<void> {
    if (!rail.notices) return;
    for (const booking of made.filter(({ story }) => story.noticedFirst)) {
      for (const nth of booking.changes.keys()) await this.notice(rail, booking, nth + 1);
    }
  }

  /** What happens to a booking after its answer, at the bank's own pace. */
  private goOn(rail: Rail, booking: Booking): void {
    const work = (async () => {
      const books = this.booksOf(rail);
      for (const word of booking.story.later ?? []) {
        await pause(LATER_MS);
        books.change(booking, word);
      }
      if (!rail.notices || booking.story.noticedFirst) return;
      const numbers = [...booking.changes.keys()].map((at) => at + 1);
      if (!booking.story.shuffled) {
        for (const nth of numbers) await this.notice(rail, booking, nth);
        return;
      }
      const ids = new Map(numbers.map((nth) => [nth, randomUUID()]));
      for (let time = 0; time < 5; time += 1) {
        for (const nth of numbers.toReversed()) await this.notice(rail, booking, nth, ids.get(nth));
      }
    })();
    this.working.add(work);
    void work.finally(() => this.working.delete(work));
  }

  /** Sends one notice until it is taken in. */
  private async notice(
    rail: Rail,
    booking: Booking,
    nth: number,
    id: string = randomUUID(),
  ): Promise<void> {
    const body = JSON.stringify({ payments: [statusOf(booking, nth)], sentBy: 'core-7' });
    for (let waitMs = 100; !this.stopped; waitMs *= 2) {
      const stamp = Math.floor(Date.now() / 1000).toString();
      const status = await post(`${this.clientUrl}/api/v1/banks/${rail.code}/notices`, body, {
        'Content-Type': 'application/json; charset=UTF-8',
        'WEBHOOK-ID': id,
        'Webhook-TimeStamp': stamp,
        'Webhook-Signature': signatureOf(rail.noticeSecret, `${id}.${stamp}.${body}`),
      });
      if (status >= 200 && status < 300) return;
      if (status !== 0) this.faults.push(`a notice was answered ${status}`);
      await pause(waitMs);
    }
  }

  private booksOf({ code }: Rail): Books {
    const books = this.books.get(code);
    if (!books) throw new Error('a rail without books');
    return books;
  }
}

function answered(booking: Booking): Record<string, unknown> {
  const { story, changes } = booking;
  if (story.answer === 'refused-for-a-time-out') {
    return { ...statusOf(booking), status: 'RJCT', reasonCode: 'AB05' };
  }
  return statusOf(booking, story.answer === 'oldest' ? 1 : changes.length);
}

export function signatureOf(secret: string, content: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}

function isGenuine({ headers }: IncomingMessage, secret: string, content: string): boolean {
  const [id, stamp] = [headers['webhook-id'], headers['webhook-timestamp']];
  if (typeof id !== 'string' || typeof stamp !== 'string') return false;
  if (Math.abs(Date.now() / 1000 - Number(stamp)) > WINDOW_S) return false;
  return headers['webhook-signature'] === signatureOf(secret, `${id}.${stamp}.${content}`);
}

/** In pieces, slowly, and with header names in another case. */
async function tell(
  answer: ServerResponse,
  status: number,
  content: unknown,
  headers: Record<string, string> = {},
): Promise<void> {
  const type = status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json';
  answer.writeHead(status, { 'CONTENT-TYPE': type, ...headers });
  const bytes = Buffer.from(JSON.stringify(content, null, 2));
  const third = Math.ceil(bytes.length / 3);
  for (let start = 0; start < bytes.length; start += third) {
    answer.write(bytes.subarray(start, start + third));
    await pause(5);
  }
  answer.end();
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/** The status that came back, 0 when none did; the body goes in two pieces. */
function post(url: string, body: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve) => {
    const sent = request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.on('error', () => resolve(0));
    sent.write(body.slice(0, 20));
    sent.end(body.slice(20));
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
