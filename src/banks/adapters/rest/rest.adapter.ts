import { bankText, newId, type Clock } from '../../../kernel/index.js';
import type { Pool } from 'undici';
import type { BankFile } from '../../bank.settings.js';
import {
  StatementUnreadable,
  type AccountAnswer,
  type BankAdapter,
  type BankCall,
  type BankNotice,
  type BulkOrder,
  type CreditorAccount,
  type EnquiryAnswer,
  type PayAnswer,
  type PaymentOrder,
  type PaymentQuery,
  type RawNotice,
  type StatementPage,
  type StatementQuery,
} from '../../contract.js';
import { readEnquiryAnswer, readMessage, readPayAnswer, readSubmissionAnswer } from './answers.js';
import { connectionsTo, exchange, type Exchange } from '../../http-exchange.js';
import { readNotice } from './notice.js';
import type { RestOptions } from './options.js';
import { signRequest } from './signature.js';
import { accountAnswerSchema, statementPageSchema } from './wire.js';

const KIB = 1024;
/** Room for an answer's frame, and for each payment in it. */
const FRAME_BYTES = 64 * KIB;
const BYTES_PER_PAYMENT = 2 * KIB;
const STATEMENT_PAGE_BYTES = 8 * KIB * KIB;
/** A statement that never ends is a fault of the bank's cursor. */
const MOST_STATEMENT_PAGES = 10_000;
const NAME_LENGTH = 70;
const NARRATIVE_LENGTH = 25;

interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly call: BankCall;
  readonly maxAnswerBytes: number;
}

/** JSON over HTTP with signed requests, as wire.openapi.yaml documents it for a bank. */
export class RestAdapter implements BankAdapter {
  private readonly pool: Pool;
  private readonly basePath: string;

  constructor(
    private readonly options: RestOptions,
    private readonly bank: Pick<BankFile, 'concurrency' | 'timeoutMs'>,
    private readonly clock: Clock,
  ) {
    const base = new URL(options.baseUrl);
    this.basePath = base.pathname.replace(/\/+$/, '');
    this.pool = connectionsTo({ origin: base.origin, ...bank });
  }

  async pay(order: PaymentOrder, call: BankCall): Promise<PayAnswer> {
    const answer = await this.send({
      method: 'POST',
      path: '/payments',
      body: orderOnWire(order),
      idempotencyKey: order.reference,
      call,
      maxAnswerBytes: FRAME_BYTES,
    });
    return readPayAnswer(answer, order, this.clock.now());
  }

  async payMany(submission: BulkOrder, call: BankCall): Promise<Map<string, PayAnswer>> {
    const answer = await this.send({
      method: 'POST',
      path: '/submissions',
      body: {
        reference: submission.reference,
        count: submission.orders.length,
        total: submission.total.toString(),
        currency: submission.total.currency,
        payments: submission.orders.map(orderOnWire),
      },
      idempotencyKey: submission.reference,
      call,
      maxAnswerBytes: FRAME_BYTES + submission.orders.length * BYTES_PER_PAYMENT,
    });
    return readSubmissionAnswer(answer, submission, this.clock.now());
  }

  async enquire(
    queries: readonly PaymentQuery[],
    call: BankCall,
  ): Promise<Map<string, EnquiryAnswer>> {
    if (queries.length === 0) return new Map();
    const answer = await this.send({
      method: 'POST',
      path: '/enquiries',
      body: {
        payments: queries.map((query) => ({
          reference: query.reference,
          firstSentAt: query.firstSentAt.toISOString(),
        })),
      },
      call,
      maxAnswerBytes: FRAME_BYTES + queries.length * BYTES_PER_PAYMENT,
    });
    return readEnquiryAnswer(answer, queries, this.clock.now());
  }

  async verifyAccount(account: CreditorAccount, call: BankCall): Promise<AccountAnswer> {
    const answer = await this.send({
      method: 'POST',
      path: '/account-inquiries',
      body: { bankBin: account.bankBin, accountNumber: account.accountNumber },
      call,
      maxAnswerBytes: FRAME_BYTES,
    });
    const message = readMessage(answer, this.clock.now());
    if (!('json' in message)) return { kind: 'cannot-tell', why: message.why };
    const parsed = accountAnswerSchema.safeParse(message.json);
    if (!parsed.success)
      return { kind: 'cannot-tell', why: 'the answer is not of the documented form' };
    return parsed.data.found
      ? { kind: 'found', accountName: parsed.data.accountName }
      : { kind: 'no-such-account' };
  }

  async *statement(query: StatementQuery, call: BankCall): AsyncGenerator<StatementPage> {
    const cursors = new Set<string>();
    let first: StatementPage | undefined;
    let cursor: string | undefined;
    for (let pages = 0; pages < MOST_STATEMENT_PAGES; pages += 1) {
      const { nextCursor, ...page } = await this.statementPage({ query, cursor, call });
      first ??= page;
      if (!sameStatement(first, page))
        throw new StatementUnreadable('its pages do not belong together');
      yield page;
      if (nextCursor === undefined) return;
      if (cursors.has(nextCursor)) throw new StatementUnreadable('its pages go round in a circle');
      cursors.add(nextCursor);
      cursor = nextCursor;
    }
    throw new StatementUnreadable('it has more pages than allowed');
  }

  verifyNotice(notice: RawNotice, now: Date): BankNotice {
    return readNotice(notice, { secrets: this.options.noticeSecret, now });
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async statementPage(given: {
    query: StatementQuery;
    cursor: string | undefined;
    call: BankCall;
  }) {
    const search = new URLSearchParams({ from: given.query.from, to: given.query.to });
    if (given.cursor !== undefined) search.set('cursor', given.cursor);
    const answer = await this.send({
      method: 'GET',
      path: `/statements?${search.toString()}`,
      call: given.call,
      maxAnswerBytes: STATEMENT_PAGE_BYTES,
    });
    const message = readMessage(answer, this.clock.now());
    if (!('json' in message)) throw new StatementUnreadable(message.why);
    const parsed = statementPageSchema.safeParse(message.json);
    if (!parsed.success) throw new StatementUnreadable('the answer is not of the documented form');
    return parsed.data;
  }

  private send(outgoing: Outgoing): Promise<Exchange> {
    const target = `${this.basePath}${outgoing.path}`;
    const body = outgoing.body === undefined ? '' : JSON.stringify(outgoing.body);
    const signed = signRequest({
      secret: this.options.secret,
      id: newId(),
      at: this.clock.now(),
      method: outgoing.method,
      target,
      body,
    });
    return exchange(this.pool, {
      method: outgoing.method,
      target,
      body,
      headers: {
        accept: 'application/json, application/problem+json',
        'accept-encoding': 'identity',
        ...(body !== '' && { 'content-type': 'application/json' }),
        ...(outgoing.idempotencyKey !== undefined && {
          'idempotency-key': outgoing.idempotencyKey,
        }),
        'chitra-key-id': this.options.keyId,
        'chitra-attempt-id': outgoing.call.attemptId,
        ...signed,
      },
      // A bank that drips its answer byte by byte is bounded too, whatever the caller's signal does.
      signal: AbortSignal.any([outgoing.call.signal, AbortSignal.timeout(this.bank.timeoutMs)]),
      maxAnswerBytes: outgoing.maxAnswerBytes,
    });
  }
}

function orderOnWire(order: PaymentOrder) {
  return {
    reference: order.reference,
    amount: order.amount.toString(),
    currency: order.amount.currency,
    creditor: {
      bankBin: order.bankBin,
      accountNumber: order.accountNumber,
      accountName: bankText(order.accountName, NAME_LENGTH),
    },
    narrative: bankText(order.narrative, NARRATIVE_LENGTH),
  };
}

function sameStatement(one: StatementPage, other: StatementPage): boolean {
  return (
    one.statementId === other.statementId &&
    one.opening.equals(other.opening) &&
    one.closing.equals(other.closing)
  );
}
