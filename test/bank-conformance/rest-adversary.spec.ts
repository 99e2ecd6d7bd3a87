import fc from 'fast-check';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createTlsServer } from 'node:https';
import { Money, SystemClock } from '../../src/kernel/index.js';
import { RestAdapter } from '../../src/banks/adapters/rest/rest.adapter.js';
import type { OnlineAdapter, PayAnswer } from '../../src/banks/index.js';
import {
  aCall,
  anOrder,
  answering,
  httpAnswer,
  json,
  RawBank,
  restAdapterTo,
  TEST_SECRET,
  type Behaviour,
} from './raw-bank.js';

const order = anOrder();
const settled = { reference: order.reference, status: 'ACCC' };
const nothingAccepted = {
  type: 'application/problem+json',
  body: JSON.stringify({ code: 'nothing-accepted', title: 'closed' }),
};

describe('a bank, or something between us and the bank, that misbehaves', () => {
  let bank: RawBank;
  let adapter: RestAdapter;

  beforeAll(async () => {
    bank = await RawBank.start((socket) => socket.destroy());
    adapter = restAdapterTo(bank.port);
  });

  afterAll(async () => {
    await adapter.close();
    await bank.stop();
  });

  // Whatever a test opened is ended also when the test fails.
  const toEnd: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of toEnd.splice(0).reverse()) await end();
  });

  const payWhile = async (behaviour: Behaviour): Promise<PayAnswer> => {
    bank.now(behaviour);
    return adapter.pay(order, aCall());
  };

  const doubts: [string, Behaviour][] = [
    ['closes the connection without a byte', (socket) => socket.end()],
    ['resets the connection without a byte', (socket) => socket.resetAndDestroy()],
    ['answers something that is no HTTP', (socket) => socket.end('hello\r\n\r\n')],
    [
      'closes in the middle of the headers',
      (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Ty'),
    ],
    [
      'resets after the headers',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{',
        );
        setTimeout(() => socket.resetAndDestroy(), 20);
      },
    ],
    [
      'promises more bytes than it sends',
      (socket) =>
        socket.end(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{}',
        ),
    ],
    ['says nothing', () => undefined],
    [
      'drips its answer too slowly',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n',
        );
        const drip = setInterval(() => socket.write(' '), 20);
        socket.on('close', () => clearInterval(drip));
      },
    ],
    [
      'sends a body without end',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        );
        const flood = setInterval(() => socket.write(`10000\r\n${' '.repeat(65536)}\r\n`), 1);
        socket.on('close', () => clearInterval(flood));
      },
    ],
    [
      'sends a body that is too long',
      answering({ body: JSON.stringify({ ...settled, more: 'x'.repeat(200_000) }) }),
    ],
    ['sends truncated JSON', answering({ body: JSON.stringify(settled).slice(0, -1) })],
    ['sends bytes that are no UTF-8', answering({ body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) })],
    [
      'sends a compressed body',
      answering({ headers: ['Content-Encoding: gzip'], body: JSON.stringify(settled) }),
    ],
    ['answers 204', answering({ status: 204, type: null })],
    ['answers 200 with no body', answering({ body: '' })],
    ['answers 206', answering({ status: 206, body: JSON.stringify(settled) })],
    ['answers in HTML', answering({ type: 'text/html', body: JSON.stringify(settled) })],
    ['answers without a content type', answering({ type: null, body: JSON.stringify(settled) })],
    ['answers null', json(null)],
    ['answers a list', json([settled])],
    ['answers a number', json(7)],
    ['answers about another reference', json({ ...settled, reference: 'CTother' })],
    ['answers about another amount', json({ ...settled, amount: '2789001', currency: 'VND' })],
    ['answers about another currency', json({ ...settled, amount: '2789000', currency: 'USD' })],
    ['answers the amount as a number', json({ ...settled, amount: 2789000 })],
    ['answers without a status', json({ reference: order.reference })],
    ['answers an unlisted status', json({ ...settled, status: 'DONE' })],
    ['answers a status in small letters', json({ ...settled, status: 'accc' })],
    ['answers a status of every object', json({ ...settled, status: 'constructor' })],
    ['answers PART, a word for groups', json({ ...settled, status: 'PART' })],
    ['refuses without a reason', json({ ...settled, status: 'RJCT' })],
    ['refuses for a time-out further on', json({ ...settled, status: 'RJCT', reasonCode: 'AB05' })],
    ['refuses as a duplicate', json({ ...settled, status: 'RJCT', reasonCode: 'AM05' })],
    ['refuses a doubled EndToEndId', json({ ...settled, status: 'RJCT', reasonCode: 'DU04' })],
    ['answers an order with a return', json({ ...settled, status: 'RTRN', reasonCode: 'AC04' })],
    ['answers 500', json(settled, 500)],
    [
      'answers 500 with the promise, where it is not documented',
      answering({ ...nothingAccepted, status: 500 }),
    ],
    [
      'answers 502 from a proxy',
      answering({ status: 502, type: 'text/html', body: '<h1>Bad gateway</h1>' }),
    ],
    ['answers 503 without the promise', json({ code: 'busy' }, 503)],
    [
      'answers 503 in plain words',
      answering({ status: 503, type: 'text/plain', body: 'nothing-accepted' }),
    ],
    [
      'answers 404 in HTML',
      answering({ status: 404, type: 'text/html', body: '<h1>Not found</h1>' }),
    ],
    ['answers 400 without the promise', json({ code: 'malformed' }, 400)],
    ['answers 401 without the promise', json({}, 401)],
    ['answers 409: still at it', json({ code: 'in-progress' }, 409)],
    [
      'answers 422: the reference was used for another order',
      json({ code: 'reference-reused' }, 422),
    ],
    ['answers RJCT under 422', json({ ...settled, status: 'RJCT', reasonCode: 'AC01' }, 422)],
  ];

  it.each(doubts)('%s: the payment is in doubt', async (_what, behaviour) => {
    expect(await payWhile(behaviour)).toMatchObject({ kind: 'unknown' });
  });

  it('a redirect is not followed, and is a doubt', async () => {
    const elsewhere = await RawBank.start(json(settled));
    toEnd.push(() => elsewhere.stop());
    const answer = await payWhile(
      answering({
        status: 307,
        headers: [`Location: http://127.0.0.1:${elsewhere.port}/v1/payments`],
      }),
    );
    expect(answer.kind).toBe('unknown');
    expect(elsewhere.connections).toBe(0);
  });

  it('an order is written once, also when the connection dies before the answer', async () => {
    const before = bank.requests.length;
    await payWhile((socket) => socket.destroy());
    await new Promise((wake) => setTimeout(wake, 50));
    expect(bank.requests.length - before).toBe(1);
  });

  it('a kept connection that the bank closed meanwhile leads to no second writing', async () => {
    expect((await payWhile(json(settled))).kind).toBe('settled');
    const before = bank.requests.length;
    expect((await payWhile((socket) => socket.resetAndDestroy())).kind).toBe('unknown');
    await new Promise((wake) => setTimeout(wake, 50));
    expect(bank.requests.length - before).toBe(1);
  });

  describe('what was surely not sent', () => {
    const notSent = async (adapterTo: OnlineAdapter, call = aCall()): Promise<PayAnswer> =>
      adapterTo.pay(order, call);

    it('nobody listens', async () => {
      const server = createServer();
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      await new Promise((done) => server.close(done));
      expect(await notSent(restAdapterTo(port))).toMatchObject({
        kind: 'not-sent',
        why: 'ECONNREFUSED',
      });
    });

    it('the host does not exist', async () => {
      const options = {
        baseUrl: 'http://bank.invalid/v1',
        keyId: 'k',
        secret: TEST_SECRET,
        noticeSecret: [TEST_SECRET],
        plainHttp: true,
      };
      const lost = new RestAdapter(options, { concurrency: 1, timeoutMs: 2000 }, new SystemClock());
      expect(await notSent(lost)).toMatchObject({ kind: 'not-sent' });
    });

    it('TLS is not agreed: the order was not shown to whoever answered', async () => {
      const seen: string[] = [];
      const impostor = createTlsServer({}, (request, response) => {
        seen.push(request.url ?? '');
        response.end();
      });
      impostor.on('tlsClientError', () => undefined);
      await new Promise<void>((done) => impostor.listen(0, '127.0.0.1', done));
      toEnd.push(() => new Promise((done) => impostor.close(done)));
      const { port } = impostor.address() as AddressInfo;
      const options = {
        baseUrl: `https://127.0.0.1:${port}`,
        keyId: 'k',
        secret: TEST_SECRET,
        noticeSecret: [TEST_SECRET],
        plainHttp: false,
      };
      const answer = await notSent(
        new RestAdapter(options, { concurrency: 1, timeoutMs: 2000 }, new SystemClock()),
      );
      expect(answer).toMatchObject({ kind: 'not-sent' });
      expect(seen).toEqual([]);
    });

    it('the time was over before the call began', async () => {
      const before = bank.requests.length;
      const call = { signal: AbortSignal.abort(), attemptId: 'a' };
      expect(await notSent(adapter, call)).toMatchObject({ kind: 'not-sent' });
      expect(bank.requests.length).toBe(before);
    });

    it('the time was over while it waited for a free connection, and it is not written later', async () => {
      const busy = await RawBank.start(() => undefined);
      const narrow = restAdapterTo(busy.port, 300);
      toEnd.push(
        () => busy.stop(),
        () => narrow.close(),
      );
      // Four connections and four spare ones hang; the ninth order waits and must never leave.
      const hanging = Array.from({ length: 8 }, (_, at) =>
        narrow.pay(anOrder({ reference: `CT${at}` }), aCall()),
      );
      await new Promise((wake) => setTimeout(wake, 50));
      const answer = await narrow.pay(anOrder({ reference: 'CTlast' }), aCall(100));
      expect(answer.kind).toBe('not-sent');
      expect((await Promise.all(hanging)).map((each) => each.kind)).toEqual(
        Array(8).fill('unknown'),
      );
      await new Promise((wake) => setTimeout(wake, 100));
      expect(busy.requests.some((request) => request.includes('CTlast'))).toBe(false);
    });

    it.each([400, 401, 403, 422, 429, 503])(
      'the bank promises it: %i nothing-accepted',
      async (status) => {
        expect((await payWhile(answering({ ...nothingAccepted, status }))).kind).toBe('not-sent');
      },
    );

    it('Retry-After is carried along, in seconds and as a date', async () => {
      const seconds = answering({ ...nothingAccepted, status: 429, headers: ['Retry-After: 7'] });
      expect(await payWhile(seconds)).toMatchObject({ kind: 'not-sent', retryAfterMs: 7000 });
      const at = new Date(Date.now() + 60_000).toUTCString();
      const dated = await payWhile(
        answering({ ...nothingAccepted, status: 503, headers: [`Retry-After: ${at}`] }),
      );
      expect(dated.kind === 'not-sent' && dated.retryAfterMs).toBeGreaterThan(50_000);
      const nonsense = await payWhile(
        answering({ ...nothingAccepted, status: 503, headers: ['Retry-After: soon'] }),
      );
      expect(nonsense).toEqual({ kind: 'not-sent', why: 'HTTP 503 nothing-accepted' });
    });
  });

  describe('a bank within the paper, in another hand', () => {
    it.each([
      ['ACCC', 'settled'],
      ['ACSC', 'accepted'],
      ['RCVD', 'accepted'],
      ['PDNG', 'accepted'],
    ])('%s is %s', async (status, kind) => {
      expect((await payWhile(json({ ...settled, status }))).kind).toBe(kind);
    });

    it('unknown fields, nulls and header case do not matter', async () => {
      const body = JSON.stringify({
        ...settled,
        reasonCode: null,
        at: null,
        sequence: null,
        bankReference: null,
        amount: '2789000',
        branch: { code: 7 },
      });
      const answer = Buffer.from(
        `HTTP/1.1 201 Created\r\nCONTENT-TYPE: Application/JSON; charset=utf-8\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      expect((await payWhile((socket) => socket.write(answer))).kind).toBe('settled');
    });

    it('a refusal carries its reason and the bank’s words without control characters', async () => {
      const answer = await payWhile(
        json({
          ...settled,
          status: 'RJCT',
          reasonCode: 'AC04',
          reasonText: 'Tài khoản\u0000 đã đóng\n',
          at: '2026-11-21T10:00:00+07:00',
          sequence: 3,
          bankReference: 'FT1',
        }),
      );
      expect(answer).toEqual({
        kind: 'rejected',
        reason: { code: 'AC04', text: 'Tài khoản đã đóng' },
        at: new Date('2026-11-21T03:00:00Z'),
        sequence: 3,
        bankReference: 'FT1',
      });
    });
  });

  describe('many payments in one message', () => {
    const orders = ['CTa', 'CTb', 'CTc', 'CTd', 'CTe'].map((reference) => anOrder({ reference }));
    const submission = {
      reference: 'S1',
      orders,
      total: Money.sum(orders.map((each) => each.amount)),
    };
    const kindsWhile = async (behaviour: Behaviour): Promise<string[]> => {
      bank.now(behaviour);
      const answers = await adapter.payMany(submission, aCall());
      expect([...answers.keys()]).toEqual(orders.map((each) => each.reference));
      return [...answers.values()].map((answer) => answer.kind);
    };

    it('doubled, missing, foreign and unreadable items are doubts of their own reference only', async () => {
      const payments = [
        { reference: 'CTa', status: 'ACCC' },
        { reference: 'CTb', status: 'ACCC' },
        { reference: 'CTb', status: 'RJCT', reasonCode: 'AC01' },
        { reference: 'CTd', status: 'RJCT', reasonCode: 'AC01' },
        { reference: 'CTe', status: 'ACCC', amount: '1' },
        { reference: 'CTforeign', status: 'ACCC' },
        null,
        'CTc',
        { reference: 7 },
      ];
      expect(await kindsWhile(json({ reference: 'S1', payments }))).toEqual([
        'settled',
        'unknown',
        'unknown',
        'rejected',
        'unknown',
      ]);
    });

    it('an answer about another submission is a doubt of all', async () => {
      const payments = orders.map(({ reference }) => ({ reference, status: 'ACCC' }));
      expect(await kindsWhile(json({ reference: 'S2', payments }))).toEqual(
        Array(5).fill('unknown'),
      );
    });

    it('a refusal of the whole without the promise is a doubt of all, with it surely not sent', async () => {
      expect(await kindsWhile(json({ code: 'malformed' }, 400))).toEqual(Array(5).fill('unknown'));
      expect(await kindsWhile(answering({ ...nothingAccepted, status: 400 }))).toEqual(
        Array(5).fill('not-sent'),
      );
    });
  });

  describe('enquiries', () => {
    const queries = ['CTa', 'CTb', 'CTc'].map((reference) => ({
      reference,
      firstSentAt: new Date(),
      amount: Money.of('5'),
    }));
    const kindsWhile = async (behaviour: Behaviour): Promise<string[]> => {
      bank.now(behaviour);
      return [...(await adapter.enquire(queries, aCall())).values()].map((answer) => answer.kind);
    };

    it('only the bank’s own "found: false" is not-found; what it leaves out stays in doubt', async () => {
      const payments = [
        { reference: 'CTa', found: false },
        { reference: 'CTb', status: 'RTRN', reasonCode: 'AM05' },
      ];
      expect(await kindsWhile(json({ payments }))).toEqual(['not-found', 'returned', 'unknown']);
    });

    it('a 404 of a proxy, an outage and an item that contradicts itself are doubts', async () => {
      expect(await kindsWhile(answering({ status: 404, type: 'text/html', body: 'no' }))).toEqual(
        Array(3).fill('unknown'),
      );
      expect(await kindsWhile(answering({ ...nothingAccepted, status: 503 }))).toEqual(
        Array(3).fill('unknown'),
      );
      const payments = [
        { reference: 'CTa', found: false, status: 'ACCC' },
        { reference: 'CTb', status: 'ACCC', amount: '6' },
        { reference: 'CTc', found: 'false' },
      ];
      expect(await kindsWhile(json({ payments }))).toEqual(Array(3).fill('unknown'));
    });
  });

  it('whatever bytes come back, nothing is thrown and nothing is said that the bank did not say', async () => {
    const words = fc.constantFrom(
      'ACCC',
      'RJCT',
      'BLCK',
      'ACSC',
      'accc',
      'OK',
      'SUCCESS',
      '',
      'DONE',
    );
    const status = fc.constantFrom(200, 200, 200, 201, 202, 204, 301, 400, 404, 422, 429, 500, 503);
    const item = fc.record(
      {
        reference: fc.constantFrom(order.reference, 'CTother', 7 as unknown),
        status: fc.oneof(words, fc.anything()),
        reasonCode: fc.oneof(fc.constantFrom('AC01', 'AM05', 'AB06', 'ac01'), fc.anything()),
        amount: fc.oneof(fc.constantFrom('2789000', '1', '2789000.0'), fc.anything()),
        found: fc.anything(),
      },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      item.map((value) => Buffer.from(textOf(value))),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
    );
    const answers = fc.oneof(
      fc.record({ status, body }).map((given) => httpAnswer(given)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(answers, async (bytes) => {
        const answer = await payWhile((socket) => socket.end(bytes));
        if (answer.kind === 'settled') expect(bytes.includes('"ACCC"')).toBe(true);
        if (answer.kind === 'accepted') expect(bytes.includes('"ACSC"')).toBe(true);
        if (answer.kind === 'rejected') expect(/"(RJCT|BLCK)"/.test(bytes.toString())).toBe(true);
        if (answer.kind === 'not-sent') expect(bytes.includes('nothing-accepted')).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
}
