import type {
  BulkOrder,
  EnquiryAnswer,
  NotSent,
  PayAnswer,
  PaymentQuery,
  PutOff,
  Unknown,
} from '../../contract.js';
import type { Exchange } from '../../http-exchange.js';
import { byReference, enquiryAnswerOf, payAnswerOf, unknown, type Expected } from './interpret.js';
import { enquiryAnswerSchema, problemSchema, submissionAnswerSchema } from './wire.js';

type Answered = Extract<Exchange, { kind: 'answer' }>;

/** The statuses under which the bank's promise `nothing-accepted` is documented. */
const MAY_PROMISE_NOTHING_ACCEPTED: ReadonlySet<number> = new Set([
  400, 401, 403, 404, 413, 415, 422, 429, 503,
]);
const TOO_MANY = 429;
/** The statuses whose Retry-After is obeyed without any promise (RFC 9110, 10.2.3; RFC 6585, 4). */
const ASKS_FOR_A_PAUSE: ReadonlySet<number> = new Set([TOO_MANY, 503]);
const TAKEN_IN: ReadonlySet<number> = new Set([200, 201, 202]);
const LONGEST_RETRY_AFTER_MS = 24 * 3600 * 1000;

/** Reads the answer to one order. */
export function readPayAnswer(exchange: Exchange, expected: Expected, now: Date): PayAnswer {
  const message = readMessage(exchange, now);
  return 'json' in message ? payAnswerOf(message.json, expected) : message;
}

/** Reads the answer to many orders: one for each reference we sent, never one more. */
export function readSubmissionAnswer(
  exchange: Exchange,
  submission: BulkOrder,
  now: Date,
): Map<string, PayAnswer> {
  const forAll = (answer: PayAnswer) =>
    new Map(submission.orders.map((order) => [order.reference, answer] as const));
  const message = readMessage(exchange, now);
  if (!('json' in message)) return forAll(message);
  const parsed = submissionAnswerSchema.safeParse(message.json);
  if (!parsed.success) return forAll(unknown('the answer is not of the documented form'));
  if (parsed.data.reference !== submission.reference) {
    return forAll(unknown('the answer is about another submission'));
  }
  const items = byReference(parsed.data.payments);
  return new Map(
    submission.orders.map((order) => [
      order.reference,
      items.has(order.reference)
        ? payAnswerOf(items.get(order.reference), order)
        : unknown('the answer leaves this reference out'),
    ]),
  );
}

export function readEnquiryAnswer(
  exchange: Exchange,
  queries: readonly PaymentQuery[],
  now: Date,
): Map<string, EnquiryAnswer> {
  const message = readMessage(exchange, now);
  const parsed = 'json' in message ? enquiryAnswerSchema.safeParse(message.json) : undefined;
  if (!parsed?.success) {
    const doubt: Unknown =
      'json' in message
        ? unknown('the answer is not of the documented form')
        : { ...message, kind: 'unknown' };
    return new Map(queries.map((query) => [query.reference, doubt] as const));
  }
  const items = byReference(parsed.data.payments);
  return new Map(
    queries.map((query) => [
      query.reference,
      items.has(query.reference)
        ? enquiryAnswerOf(items.get(query.reference), query)
        : unknown('the answer leaves this reference out'),
    ]),
  );
}

/** The JSON of a documented success, or what every other end means for an order. */
export function readMessage(exchange: Exchange, now: Date): { json: unknown } | NotSent | Unknown {
  if (exchange.kind === 'not-sent') return { kind: 'not-sent', why: exchange.why };
  if (exchange.kind === 'lost') return unknown(exchange.why);
  if (!TAKEN_IN.has(exchange.status)) return refusalOf(exchange, now);
  if (!isJson(exchange, 'application/json')) {
    return unknown(`HTTP ${exchange.status}, but not JSON by its content type`);
  }
  const json = jsonOf(exchange.body);
  return json === undefined ? unknown(`HTTP ${exchange.status}, but not readable JSON`) : { json };
}

/**
 * Any refusal of a whole message leaves a doubt, except the one documented promise: a problem document with
 * the code `nothing-accepted`. A proxy's 503 or 400 has no such code, and the bank behind it may have booked.
 */
function refusalOf(exchange: Answered, now: Date): NotSent | Unknown {
  const why = `HTTP ${exchange.status}`;
  const problem = problemOf(exchange);
  const promised =
    problem?.code === 'nothing-accepted' && MAY_PROMISE_NOTHING_ACCEPTED.has(exchange.status);
  if (promised) {
    return { kind: 'not-sent', why: `${why} nothing-accepted`, ...putOffOf(exchange, now) };
  }
  const doubt = unknown(problem ? `${why} without the promise of nothing-accepted` : why);
  return ASKS_FOR_A_PAUSE.has(exchange.status) ? { ...doubt, ...putOffOf(exchange, now) } : doubt;
}

/** Whoever asks for a pause gets it, whatever became of the order: a proxy's word about pace is good enough. */
function putOffOf({ status, header }: Answered, now: Date): PutOff {
  const retryAfterMs = retryAfterMsOf(header('retry-after'), now);
  return {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(status === TOO_MANY && { busy: true }),
  };
}

export function problemOf(exchange: Answered): { code: string } | undefined {
  if (!isJson(exchange, 'application/problem+json')) return undefined;
  const parsed = problemSchema.safeParse(jsonOf(exchange.body));
  return parsed.success ? parsed.data : undefined;
}

/** Seconds or an HTTP date (RFC 9110, 10.2.3); anything else says nothing. */
export function retryAfterMsOf(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : untilHttpDate(text, now);
  return ms === undefined ? undefined : Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS);
}

function untilHttpDate(text: string, now: Date): number | undefined {
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text))
    return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at - now.getTime();
}

function isJson(exchange: Answered, type: string): boolean {
  const encoding = exchange.header('content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return false;
  const given = exchange.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  return given === type || (type === 'application/problem+json' && given === 'application/json');
}

/** Undefined when the bytes are not UTF-8 or not JSON. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}
