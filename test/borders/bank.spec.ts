import fc from 'fast-check';
import { Money } from '../../src/kernel/index.js';
import type { RestAdapter } from '../../src/banks/adapters/rest/rest.adapter.js';
import { readNotice } from '../../src/banks/adapters/rest/notice.js';
import { NoticeRefused, StatementUnreadable } from '../../src/banks/index.js';
import {
  aCall,
  anOrder,
  httpAnswer,
  RawBank,
  restAdapterTo,
  TEST_SECRET,
} from '../bank-conformance/raw-bank.js';
import { FUZZ_SEED, lasting, tried } from './fuzz.js';
import { noticeBodies, signed } from './notices.js';
import { hostile, written } from './values.js';

const ORDERS = ['CTa', 'CTb'].map((reference) => anOrder({ reference }));
const PROMISE = 'nothing-accepted';

const field = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 5 }, { arbitrary: hostile, weight: 1 });
const status = fc.constantFrom(
  200,
  200,
  200,
  201,
  202,
  204,
  301,
  400,
  404,
  409,
  422,
  429,
  500,
  503,
);
const item = fc.record(
  {
    reference: field(fc.constantFrom('CTa', 'CTb', 'CTx')),
    status: field(fc.constantFrom('ACCC', 'ACSC', 'RJCT', 'RTRN', 'WAIT', 'accc')),
    reasonCode: field(fc.constantFrom('AC01', 'AB05', 'AM05')),
    amount: field(fc.constantFrom('2789000', '1')),
    found: field(fc.constantFrom(false, true)),
    sequence: field(fc.nat(5)),
    at: field(fc.constantFrom('2026-11-21T02:00:00Z')),
  },
  { requiredKeys: ['reference'] },
);
const message = fc.record(
  {
    reference: field(fc.constantFrom('S1', 'S2')),
    payments: field(fc.array(fc.oneof(item, item, hostile), { maxLength: 4 })),
    code: field(fc.constantFrom(PROMISE, 'other')),
    found: field(fc.boolean()),
    accountName: field(fc.constantFrom('NGUYEN THI VI DU', '')),
  },
  { requiredKeys: [] },
);
/** Anything that could come back: what is nearly right, cut short, or no HTTP at all. */
const answers = fc.oneof(
  { weight: 6, arbitrary: fc.record({ status, body: message.map(written) }).map(httpAnswer) },
  { weight: 2, arbitrary: fc.record({ status, body: hostile.map(written) }).map(httpAnswer) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        message.map((value) => httpAnswer({ body: written(value) })),
        fc.nat(300),
      )
      .map(([bytes, at]) => bytes.subarray(0, at)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);

describe(`a bank that answers anything at all (FUZZ_SEED=${FUZZ_SEED})`, () => {
  let bank: RawBank;
  let adapter: RestAdapter;
  beforeAll(async () => {
    bank = await RawBank.start((socket) => socket.destroy());
    adapter = restAdapterTo(bank.port, 2000);
  });
  afterAll(async () => {
    await adapter.close();
    await bank.stop();
  });
  const whileAnswering = async <T>(bytes: Buffer, ask: () => Promise<T>): Promise<T> => {
    bank.now((socket) => socket.end(bytes));
    return ask();
  };
  const says = (bytes: Buffer, ...words: string[]) =>
    words.some((word) => bytes.includes(`"${word}"`));

  it(
    'says of many payments only what the bank said in its own words, and of each something',
    async () => {
      const total = Money.sum(ORDERS.map((order) => order.amount));
      const submission = { reference: 'S1', orders: ORDERS, total };
      await fc.assert(
        fc.asyncProperty(answers, async (bytes) => {
          const found = await whileAnswering(bytes, () => adapter.payMany(submission, aCall()));
          expect([...found.keys()]).toEqual(['CTa', 'CTb']);
          for (const { kind } of found.values()) {
            if (kind === 'settled') expect(says(bytes, 'ACCC')).toBe(true);
            else if (kind === 'accepted') expect(says(bytes, 'ACSC')).toBe(true);
            else if (kind === 'rejected')
              expect(says(bytes, 'RJCT') && says(bytes, 'AC01')).toBe(true);
            else if (kind === 'not-sent') expect(says(bytes, PROMISE)).toBe(true);
            else expect(kind).toBe('unknown');
          }
        }),
        tried(250),
      );
    },
    lasting(60_000),
  );

  it(
    'is believed that it does not know a payment only when it says so of that payment',
    async () => {
      const queries = ORDERS.map(({ reference, amount }) => ({
        reference,
        amount,
        firstSentAt: new Date(),
      }));
      await fc.assert(
        fc.asyncProperty(answers, async (bytes) => {
          const found = await whileAnswering(bytes, () => adapter.enquire(queries, aCall()));
          for (const [reference, { kind }] of found) {
            expect(['CTa', 'CTb']).toContain(reference);
            if (kind === 'not-found') {
              expect(bytes.includes('"found":false') && says(bytes, reference)).toBe(true);
            } else if (kind === 'settled') expect(says(bytes, 'ACCC')).toBe(true);
            else if (kind === 'returned') expect(says(bytes, 'RTRN')).toBe(true);
            else if (kind === 'rejected') expect(says(bytes, 'RJCT')).toBe(true);
            else expect(['accepted', 'unknown']).toContain(kind);
          }
        }),
        tried(250),
      );
    },
    lasting(60_000),
  );

  it(
    'tells an account’s name, that there is none, or nothing',
    async () => {
      const account = { bankBin: '970405', accountNumber: '0012345678901' };
      await fc.assert(
        fc.asyncProperty(answers, async (bytes) => {
          const answer = await whileAnswering(bytes, () => adapter.verifyAccount(account, aCall()));
          if (answer.kind === 'found') expect(answer.accountName).not.toBe('');
          else if (answer.kind === 'no-such-account')
            expect(bytes.includes('"found":false')).toBe(true);
          else expect(answer.kind).toBe('cannot-tell');
        }),
        tried(150),
      );
    },
    lasting(60_000),
  );

  it(
    'gives a statement that holds together, or one that is refused whole',
    async () => {
      await fc.assert(
        fc.asyncProperty(statements, async (bytes) => {
          const pages = await whileAnswering(bytes, () => read(adapter)).catch((error: unknown) => {
            if (error instanceof StatementUnreadable) return null;
            throw error;
          });
          if (pages === null) return;
          expect(pages).toHaveLength(1);
          for (const entry of pages[0]?.entries ?? []) {
            expect(entry.amount.isPositive() || entry.amount.isZero()).toBe(true);
            expect(Number.isNaN(entry.bookedAt.getTime())).toBe(false);
            expect(bytes.includes(entry.entryId)).toBe(true);
          }
        }),
        tried(250),
      );
    },
    lasting(60_000),
  );

  it('sends notices that are read item by item, or refused whole', () => {
    fc.assert(
      fc.property(noticeBodies, (body) => {
        const headers = signed(TEST_SECRET, body);
        const notice = readOrNull(body, headers);
        if (notice === null) return;
        const said = body.toString('utf8');
        for (const { reference, fact } of notice.items) {
          expect(said).toContain(reference);
          if (fact.kind === 'rejected') expect(/RJCT|BLCK|CANC/.test(said)).toBe(true);
        }
        const payments = JSON.parse(said) as { payments: unknown[] };
        expect(notice.items.length + notice.unread.length).toBe(payments.payments.length);
      }),
      tried(300),
    );
  });

  it('cannot be spoken for: any change of a signed notice is refused', () => {
    const body = Buffer.from(JSON.stringify({ payments: [{ reference: 'CTa', status: 'ACCC' }] }));
    const headers = signed(TEST_SECRET, body);
    const names = Object.keys(headers).filter((name) => name.startsWith('webhook-'));
    fc.assert(
      fc.property(fc.nat(), fc.nat(7), fc.constantFrom('body', ...names), (at, bit, where) => {
        const flip = (bytes: Buffer) => {
          const copy = Buffer.from(bytes);
          copy[at % copy.length]! ^= 1 << bit;
          return copy;
        };
        const changed =
          where === 'body'
            ? readOrNull(flip(body), headers)
            : readOrNull(body, {
                ...headers,
                [where]: flip(Buffer.from(headers[where] ?? '')).toString('latin1'),
              });
        expect(changed).toBeNull();
      }),
      tried(300),
    );
  });
});

function readOrNull(body: Buffer, headers: Record<string, string>) {
  try {
    return readNotice({ headers, body }, { secrets: [TEST_SECRET], now: new Date() });
  } catch (error) {
    if (error instanceof NoticeRefused) return null;
    throw error;
  }
}

async function read(adapter: RestAdapter) {
  const pages = [];
  const span = { from: '2026-11-01', to: '2026-11-30' };
  for await (const page of adapter.statement(span, aCall())) pages.push(page);
  return pages;
}

const entry = fc.record(
  {
    entryId: field(fc.constantFrom('E1', 'E2', 'E3')),
    reference: field(fc.constantFrom('CTa', null)),
    direction: field(fc.constantFrom('debit', 'credit')),
    amount: field(fc.constantFrom('2789000', '1.00', '1.5', '-1')),
    bookedAt: field(fc.constantFrom('2026-11-21T02:00:00Z')),
    returnReasonCode: field(fc.constantFrom('AC04', null)),
  },
  { requiredKeys: ['entryId', 'direction', 'amount', 'bookedAt'] },
);
const page = fc.record(
  {
    statementId: field(fc.constantFrom('ST1')),
    currency: field(fc.constantFrom('VND', 'USD')),
    opening: field(fc.constantFrom('0', '-5', '1.5')),
    closing: field(fc.constantFrom('100')),
    entries: field(fc.array(fc.oneof(entry, entry, entry, hostile), { maxLength: 3 })),
    nextCursor: field(fc.constantFrom(null, null, 'c')),
  },
  { requiredKeys: ['statementId', 'currency', 'opening', 'closing', 'entries'] },
);
const statements = fc.oneof(
  { weight: 6, arbitrary: page.map((value) => httpAnswer({ body: written(value) })) },
  { weight: 1, arbitrary: answers },
);
