import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the gateway does with an order to an account with this ending; every other is credited at once. */
const ENDINGS = {
  rejected: '990104',
  'rejected-later': '992004',
  returned: '993004',
  'answer-lost': '991004',
  'never-answers': '991006',
  garbage: '991007',
  'unknown-word': '991008',
  'refused-for-a-time-out': '990805',
  'refused-as-duplicate': '990899',
  'broken-before-booking': '991005',
  'error-before-booking': '991003',
  'nothing-accepted': '991002',
  'no-such-account': '990101',
} as const;

export type GatewayMood = keyof typeof ENDINGS | 'credited';
export const accountOf = (mood: GatewayMood): string =>
  `101${mood === 'credited' ? '123456' : ENDINGS[mood]}`;

const LATER_MS = 200;

interface Booked {
  readonly account: string;
  readonly amount: string;
  readonly receivedAt: number;
  /** Code now, and the one that it becomes `LATER_MS` after it was received. */
  readonly code: string;
  readonly later?: string;
  credits: number;
}

/** A gateway as its paper describes it, with books of its own that outlive its restart. Shares no code with the adapter. */
export class FormGatewayBank {
  readonly books = new Map<string, Booked>();
  private readonly arrivals = new Map<string, number>();
  private server: Server | undefined;
  private port = 0;
  isAway = false;

  constructor(private readonly secret: string) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/gateway`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void readAll(request).then((body) => this.serve(request, response, body));
    });
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done));
  }

  private serve(request: IncomingMessage, response: ServerResponse, body: string): void {
    if (this.isAway) return void request.socket.resetAndDestroy();
    const fields = Object.fromEntries(new URLSearchParams(body));
    const { mac, ...rest } = fields;
    if (mac !== this.macOf(rest)) return void response.writeHead(403).end();
    if (request.url === '/gateway/account') return this.account(response, rest);
    if (request.url === '/gateway/status') return this.status(response, rest.ref ?? '');
    this.transfer(request, response, rest);
  }

  private account(response: ServerResponse, { account = '' }: Record<string, string>): void {
    const isAbsent = account.endsWith(ENDINGS['no-such-account']);
    if (isAbsent) return this.answer(response, { account, code: '25' });
    this.answer(response, { account, code: '00', name: 'NGUYEN VAN VI DU' });
  }

  private status(response: ServerResponse, ref: string): void {
    const booked = this.books.get(ref);
    if (!booked) return this.answer(response, { ref, code: '25' });
    this.answer(response, { ref, amount: booked.amount, code: codeNow(booked) });
  }

  private transfer(
    request: IncomingMessage,
    response: ServerResponse,
    { ref = '', account = '', amount = '' }: Record<string, string>,
  ): void {
    const arrivals = (this.arrivals.get(ref) ?? 0) + 1;
    this.arrivals.set(ref, arrivals);
    const does = (mood: keyof typeof ENDINGS) => account.endsWith(ENDINGS[mood]);
    const known = this.books.get(ref);
    if (known) {
      const same = known.account === account && known.amount === amount;
      return this.answer(response, { ref, amount, code: same ? codeNow(known) : '94' });
    }
    if (arrivals === 1 && does('broken-before-booking')) {
      return void request.socket.resetAndDestroy();
    }
    if (arrivals === 1 && does('error-before-booking')) return void response.writeHead(500).end();
    if (arrivals === 1 && does('nothing-accepted')) {
      return this.answer(response, { ref, amount, code: '05' });
    }
    const booked = book(account, amount, does);
    this.books.set(ref, booked);
    if (does('answer-lost')) return void request.socket.resetAndDestroy();
    if (does('never-answers')) return;
    if (does('garbage')) return void response.end('\u0000\u0001 not a form');
    const first = firstWord(does);
    this.answer(response, { ref, amount, code: first ?? codeNow(booked) });
  }

  private answer(response: ServerResponse, fields: Record<string, string>): void {
    const form = new URLSearchParams({ ...fields, mac: this.macOf(fields) });
    response.writeHead(200, {
      'content-type': 'application/x-www-form-urlencoded',
      connection: 'close',
    });
    response.end(form.toString());
  }

  private macOf(fields: Readonly<Record<string, string>>): string {
    const names = Object.keys(fields).sort();
    const text = names.map((name) => `${name}=${fields[name] ?? ''}`).join('&');
    return createHmac('sha256', this.secret).update(text).digest('hex');
  }
}

function book(
  account: string,
  amount: string,
  does: (mood: keyof typeof ENDINGS) => boolean,
): Booked {
  const received = { account, amount, receivedAt: Date.now() };
  if (does('rejected')) return { ...received, code: '16', credits: 0 };
  if (does('rejected-later')) return { ...received, code: '01', later: '16', credits: 0 };
  if (does('returned')) return { ...received, code: '00', later: '77', credits: 1 };
  return { ...received, code: '00', credits: 1 };
}

function firstWord(does: (mood: keyof typeof ENDINGS) => boolean): string | null {
  if (does('unknown-word')) return 'WAIT';
  if (does('refused-for-a-time-out')) return '68';
  return does('refused-as-duplicate') ? '94' : null;
}

function codeNow({ code, later, receivedAt }: Booked): string {
  return later !== undefined && Date.now() - receivedAt >= LATER_MS ? later : code;
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
