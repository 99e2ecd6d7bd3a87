import { Money } from '../../../kernel/index.js';
import type { Exchange } from '../../http-exchange.js';
import { readEnquiryAnswer, readPayAnswer } from './answers.js';

const now = new Date('2026-11-21T03:00:00Z');
const order = {
  reference: 'CT1',
  amount: Money.of('5'),
  bankBin: '970405',
  accountNumber: '0011',
  accountName: 'NGUOI THU',
  narrative: 'NCC',
};
const query = { reference: 'CT1', firstSentAt: now };

/** What a bank, or a proxy before it, answers. */
function exchange(status: number, given: { retryAfter?: string; code?: string } = {}): Exchange {
  const type = given.code === undefined ? 'text/html' : 'application/problem+json';
  const headers: Record<string, string | undefined> = {
    'content-type': type,
    'retry-after': given.retryAfter,
  };
  const body = Buffer.from(JSON.stringify({ code: given.code }));
  return { kind: 'answer', status, header: (name) => headers[name], body };
}

describe('a pause that a bank asks for', () => {
  it('is heard with the promise that nothing was taken in', () => {
    const promised = exchange(503, { retryAfter: '30', code: 'nothing-accepted' });
    expect(readPayAnswer(promised, order, now)).toMatchObject({
      kind: 'not-sent',
      retryAfterMs: 30_000,
    });
  });

  it.each([429, 503])(
    'is heard without it as well (HTTP %i), and the order stays a doubt',
    (status) => {
      const answer = readPayAnswer(exchange(status, { retryAfter: '30' }), order, now);
      expect(answer).toMatchObject({ kind: 'unknown', retryAfterMs: 30_000 });
    },
  );

  it.each([400, 500, 502])('is not what another status has beside it (HTTP %i)', (status) => {
    const answer = readPayAnswer(exchange(status, { retryAfter: '30' }), order, now);
    expect(answer).toEqual({ kind: 'unknown', why: `HTTP ${status}` });
  });

  it('is heard by who asks after a payment, too', () => {
    const told = readEnquiryAnswer(exchange(429, { retryAfter: '7' }), [query], now);
    expect(told.get('CT1')).toMatchObject({ kind: 'unknown', retryAfterMs: 7_000, busy: true });
  });

  it('tells a bank that is busy from one that is away', () => {
    expect(readPayAnswer(exchange(429), order, now)).toMatchObject({ busy: true });
    expect(readPayAnswer(exchange(503), order, now)).not.toHaveProperty('busy');
  });
});
