import { Pool, type Dispatcher } from 'undici';

/** An answer that came back whole, or how it did not. */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly header: HeaderOf;
      readonly body: Buffer;
    }
  /** Not one byte of the request was written to a connection. */
  | { readonly kind: 'not-sent'; readonly why: string }
  /** Something was written; nobody can say what the bank took in. */
  | { readonly kind: 'lost'; readonly why: string };

export type HeaderOf = (name: string) => string | undefined;

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** A longer answer is not read to its end. */
  readonly maxAnswerBytes: number;
}

/**
 * Connections to one bank. A connection that idles longer is closed by us: a bank that closes it first,
 * just as we write, would leave a doubt that nobody needs.
 */
const KEEP_ALIVE_MS = 1000;
/** Enquiries and account inquiries run beside the payments. */
const SPARE_CONNECTIONS = 4;

export function connectionsTo(bank: {
  origin: string;
  concurrency: number;
  timeoutMs: number;
}): Pool {
  return new Pool(bank.origin, {
    connections: bank.concurrency + SPARE_CONNECTIONS,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    headersTimeout: bank.timeoutMs,
    bodyTimeout: bank.timeoutMs,
    connect: { timeout: bank.timeoutMs },
  });
}

/**
 * Makes one HTTP request, once. Never throws, follows no redirect, and never writes the request twice.
 *
 * Whether anything left is not guessed from error codes (an ECONNRESET or an ETIMEDOUT can come before or
 * after the bank read the message): undici calls `onRequestStart` just before the first byte of a
 * request is written to an open connection. An end before that call is surely `not-sent` (refused, no such
 * host, a certificate that does not fit, our own time-out while waiting for a connection); any end after it
 * without a whole answer is `lost`.
 */
export function exchange(pool: Pool, request: HttpRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const call = new Call(request, resolve);
    try {
      pool.dispatch(
        {
          method: request.method,
          path: request.target,
          headers: { ...request.headers },
          body: request.body === '' ? null : request.body,
        },
        call,
      );
    } catch (error) {
      call.onResponseError(null, error);
    }
  });
}

class Call implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | null = null;
  private starts = 0;
  private ended = false;
  private status = 0;
  private headers: Readonly<Record<string, string | string[] | undefined>> = {};
  private chunks: Buffer[] = [];
  private bytes = 0;

  constructor(
    private readonly request: HttpRequest,
    private readonly resolve: (exchange: Exchange) => void,
  ) {
    if (request.signal.aborted) this.onAbort();
    else request.signal.addEventListener('abort', this.onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Ended while it waited for a connection, or about to be written a second time: neither may leave.
    if (this.ended || this.starts > 0) {
      controller.abort(new Error('must not be written'));
      return;
    }
    this.starts += 1;
    this.controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes > this.request.maxAnswerBytes) this.giveUp('the answer is longer than allowed');
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const body = Buffer.concat(this.chunks);
    const header: HeaderOf = (name) => {
      const value = this.headers[name];
      return Array.isArray(value) ? value.join(', ') : value;
    };
    this.end({ kind: 'answer', status: this.status, header, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: unknown): void {
    this.endWithout(nameOf(error));
  }

  private readonly onAbort = (): void => {
    this.giveUp('the time for the call was over');
  };

  private giveUp(why: string): void {
    this.endWithout(why);
    this.controller?.abort(new Error(why));
  }

  private endWithout(why: string): void {
    this.end({ kind: this.starts === 0 ? 'not-sent' : 'lost', why });
  }

  private end(exchange: Exchange): void {
    if (this.ended) return;
    this.ended = true;
    this.chunks = [];
    this.request.signal.removeEventListener('abort', this.onAbort);
    this.resolve(exchange);
  }
}

/** The error's code; its message may quote addresses or bytes of the answer, which do not belong in a log. */
function nameOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'name' in error && typeof error.name === 'string' ? error.name : 'unknown error';
}
