import fc from 'fast-check';
import { Money } from '../../../kernel/index.js';
import type { SentOrder } from '../../contract.js';
import { matchRows, type Matching, type ResultRow } from './match.rules.js';
import type { Word } from './words.rules.js';

const SETTLED: Word = { kind: 'fact', fact: { kind: 'settled' } };
const ACCEPTED: Word = { kind: 'fact', fact: { kind: 'accepted' } };
const CLOSED: Word = { kind: 'fact', fact: { kind: 'rejected', reason: { code: 'AC04' } } };
const STRANGE: Word = { kind: 'nothing', why: { vi: 'lạ', en: 'strange' } };

function anOrder(position: number, said: { account?: string; amount?: string } = {}): SentOrder {
  return {
    position,
    reference: referenceOf(position),
    amount: Money.of(said.amount ?? '500000'),
    bankBin: '970405',
    accountNumber: said.account ?? `00${7000000000 + position}`,
    accountName: 'NGUOI THU',
    fund: 'NCC',
  };
}

function referenceOf(position: number): string {
  return `CT${position.toString(16).toUpperCase().padStart(32, '0')}`;
}

function aRow(order: SentOrder, word: Word, said: Partial<ResultRow> = {}): ResultRow {
  return {
    place: `H${order.position + 1}`,
    reference: order.reference,
    account: order.accountNumber,
    amount: order.amount,
    latest: null,
    word,
    fault: null,
    ...said,
  };
}

const bare = (order: SentOrder, word: Word, said: Partial<ResultRow> = {}): ResultRow =>
  aRow(order, word, { reference: null, ...said });

const MADE_AT = new Date('2026-11-20T03:00:00Z');

const answering = (orders: readonly SentOrder[], rows: readonly ResultRow[]): Matching =>
  matchRows({ rows, known: orders, answered: { orders, madeAt: MADE_AT } });

const said = ({ items }: Matching) =>
  Object.fromEntries(items.map(({ reference, fact }) => [reference, fact.kind]));

describe('a row with our reference', () => {
  const [one, two] = [anOrder(1), anOrder(2)];

  it('to another account is told with its cell and moves nothing', () => {
    const found = answering([one], [aRow(one, SETTLED, { account: '99999999' })]);
    expect(found.items).toEqual([]);
    expect(found.unread).toEqual([
      {
        reference: one.reference,
        why: expect.stringMatching(/^Ô H2: .+ \/ Cell H2: .+another account/),
      },
    ]);
  });

  it('with a word that says nothing, or a fault, moves nothing, whatever other rows say of it', () => {
    const fault = { vi: 'công thức', en: 'a formula' };
    for (const bad of [aRow(one, STRANGE), aRow(one, SETTLED, { fault })]) {
      const found = answering([one], [aRow(one, SETTLED), bad]);
      expect(found.items).toEqual([]);
      expect(found.unread).toHaveLength(1);
    }
  });

  it('that comes again with the same word is one word', () => {
    const found = answering([one], [aRow(one, SETTLED), aRow(one, SETTLED), aRow(one, SETTLED)]);
    expect(said(found)).toEqual({ [one.reference]: 'settled' });
    expect(found.unread).toEqual([]);
  });

  it('that comes again with another booking is settled once, and asks whether it was paid twice', () => {
    const booked = (bankReference: string): Word => ({
      kind: 'fact',
      fact: { kind: 'settled', bankReference },
    });
    const found = answering([one], [aRow(one, booked('FT1')), aRow(one, booked('FT2'))]);
    expect(found.items).toHaveLength(1);
    expect(found.unread[0]?.why).toContain('paid twice');
  });

  it.each([
    ['another word', SETTLED, CLOSED, {}],
    ['an earlier word', SETTLED, ACCEPTED, {}],
    ['another amount', SETTLED, SETTLED, { amount: Money.of('1') }],
  ])('that comes again with %s says nothing', (_, first, second, differs) => {
    const found = answering([one], [aRow(one, first), aRow(one, second, differs)]);
    expect(found.items).toEqual([]);
    expect(found.unread[0]?.why).toContain('contradict');
  });

  it('with another amount is handed on with that amount', () => {
    const amount = Money.of('499000');
    expect(answering([one], [aRow(one, SETTLED, { amount })]).items).toEqual([
      { reference: one.reference, fact: { kind: 'settled' }, amount },
    ]);
  });

  it('of a message that nobody named is taken too', () => {
    const found = matchRows({ rows: [aRow(two, CLOSED)], known: [], answered: null });
    expect(said(found)).toEqual({ [two.reference]: 'rejected' });
  });
});

describe('a row without a reference', () => {
  const [one, two, three] = [anOrder(1), anOrder(2), anOrder(3)];
  const twin = anOrder(4, { account: one.accountNumber });

  it('is found by account and amount, also when zeros in front were lost', () => {
    const account = one.accountNumber.replace(/^0+/, '');
    const found = answering([one, two], [bare(two, CLOSED), bare(one, SETTLED, { account })]);
    expect(said(found)).toEqual({ [one.reference]: 'settled', [two.reference]: 'rejected' });
    expect(found.unread).toEqual([]);
  });

  it('that has more zeros than ours is another account', () => {
    const account = `0${one.accountNumber}`;
    expect(answering([one], [bare(one, SETTLED, { account })]).items).toEqual([]);
  });

  it('is nobody’s with another amount or account, and is told without the whole account', () => {
    const rows = [bare(one, SETTLED, { amount: Money.of('1') }), bare(three, SETTLED)];
    const found = answering([one, two], rows);
    expect(found.items).toEqual([]);
    expect(found.unread.map(({ reference }) => reference)).toEqual([
      undefined,
      undefined,
      one.reference,
      two.reference,
    ]);
    expect(JSON.stringify(found)).not.toContain(three.accountNumber);
  });

  it('is not looked for when no message is named, or the list names payments of others', () => {
    const nobody = matchRows({ rows: [bare(one, SETTLED)], known: [one], answered: null });
    expect(nobody.items).toEqual([]);
    const mixed = answering([one], [bare(one, SETTLED), aRow(three, SETTLED)]);
    expect(said(mixed)).toEqual({ [three.reference]: 'settled' });
  });

  it('of equal payments is taken when as many surely say the same, without whose booking is whose', () => {
    const booked = (bankReference: string): Word => ({
      kind: 'fact',
      fact: { kind: 'settled', bankReference },
    });
    const rows = [bare(twin, booked('FT2')), bare(one, booked('FT1'))];
    const found = answering([one, twin, two], rows);
    expect(said(found)).toEqual({ [one.reference]: 'settled', [twin.reference]: 'settled' });
    expect(JSON.stringify(found.items)).not.toContain('FT1');
  });

  it.each([
    ['fewer', [bare(one, SETTLED)]],
    ['more', [bare(one, SETTLED), bare(one, SETTLED), bare(one, SETTLED)]],
    [
      'as many with different words and a row dropped elsewhere',
      [bare(one, SETTLED), bare(twin, CLOSED)],
    ],
    ['as many, one of them perhaps a copy', [bare(one, SETTLED), bare(one, SETTLED)]],
    ['one by name and one without', [aRow(one, SETTLED), bare(twin, SETTLED)]],
  ])('of equal payments is not guessed: %s', (_, rows) => {
    const found = answering([one, two, twin], rows);
    expect(found.items.filter(({ reference }) => reference === twin.reference)).toEqual([]);
    const spoken = [...found.items, ...found.unread].map(({ reference }) => reference);
    expect(spoken).toEqual(expect.arrayContaining([one.reference, two.reference, twin.reference]));
  });

  it('of equal payments is taken by its order where the whole list kept it, and else not', () => {
    const [a, b, c] = [bare(one, SETTLED), bare(two, SETTLED), bare(twin, CLOSED)] as const;
    expect(said(answering([one, two, twin], [a, b, c]))).toEqual({
      [one.reference]: 'settled',
      [two.reference]: 'settled',
      [twin.reference]: 'rejected',
    });
    const moved = answering([one, two, twin], [c, a, b]);
    expect(said(moved)).toEqual({ [two.reference]: 'settled' });
    expect(moved.unread.map(({ reference }) => reference)).toEqual([one.reference, twin.reference]);
    expect(moved.unread[0]?.why).toMatch(/H5, H2|H2, H5/);
  });

  it('to one of two accounts that differ by zeros only is not guessed', () => {
    const [short, long] = [
      anOrder(1, { account: '12345678' }),
      anOrder(2, { account: '0012345678' }),
    ];
    const rows = [bare(long, SETTLED), bare(short, SETTLED)];
    expect(answering([short, long], rows).items).toEqual([]);
  });
});

/** What became of each payment at the bank, and what the bank then made of the list. */
const world = fc
  .record({
    orders: fc.array(
      fc.record({
        account: fc.integer({ min: 1, max: 6 }),
        amount: fc.constantFrom('500000', '700000'),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    seed: fc.infiniteStream(fc.nat(1000)),
    byReference: fc.constantFrom('all', 'none', 'some'),
  })
  .chain(({ orders, seed, byReference }) => {
    const sent = orders.map(({ account, amount }, at) =>
      anOrder(at + 1, { account: `00123400${account}`, amount }),
    );
    const words = [SETTLED, SETTLED, CLOSED, ACCEPTED, STRANGE];
    const next = (): number => seed.next().value ?? 0;
    const rows = sent.map((order) => {
      const word = words[next() % words.length] ?? STRANGE;
      const named = byReference === 'all' || (byReference === 'some' && next() % 2 === 0);
      return named ? aRow(order, word) : bare(order, word);
    });
    const truth = new Map(sent.map((order, at) => [order.reference, rows[at]?.word]));
    return fc
      .record({
        copies: fc.array(fc.integer({ min: 0, max: 2 }), {
          minLength: rows.length,
          maxLength: rows.length,
        }),
        untouched: fc.boolean(),
      })
      .chain(({ copies, untouched }) => {
        const told = untouched
          ? rows
          : rows.flatMap((row, at) => Array<ResultRow>(copies[at] ?? 1).fill(row));
        const order = untouched
          ? fc.constant(told)
          : fc.shuffledSubarray(told, { minLength: told.length });
        return order.map((list) => ({ sent, truth, rows, list, untouched }));
      });
  });

describe('whatever the bank does to the order and the rows of the list', () => {
  const keyOf = ({ accountNumber, amount }: SentOrder): string =>
    `${accountNumber} ${amount.toString()}`;
  const looksLike = (row: ResultRow, order: SentOrder | undefined): boolean =>
    order !== undefined &&
    (row.reference === null || row.reference === order.reference) &&
    row.account === order.accountNumber &&
    row.amount?.equals(order.amount) === true;
  const kindOf = (word: Word | undefined): string =>
    word?.kind === 'fact' ? word.fact.kind : 'nothing';

  it('no payment is given another’s word, nothing is lost, and nothing is said twice', () => {
    fc.assert(
      fc.property(world, ({ sent, truth, list, untouched }) => {
        // A copy that stands exactly where its dropped equal stood cannot be seen by anybody.
        fc.pre(untouched || !list.every((row, at) => looksLike(row, sent[at])));
        const found = answering(sent, list);
        const items = found.items.map(({ reference }) => reference);
        expect(new Set(items).size).toBe(items.length);
        const spoken = new Set([...found.items, ...found.unread].map(({ reference }) => reference));
        for (const { reference } of sent) expect(spoken).toContain(reference);
        for (const { reference, fact } of found.items) {
          expect({ reference, kind: fact.kind }).toEqual({
            reference,
            kind: kindOf(truth.get(reference)),
          });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what is named is matched, what is one of its kind is matched, an untouched list to its end', () => {
    fc.assert(
      fc.property(world, ({ sent, truth, list, untouched }) => {
        const found = said(answering(sent, list));
        const copies = (order: SentOrder): ResultRow[] =>
          list.filter((row) => looksLike(row, order));
        const clear = (order: SentOrder): boolean => truth.get(order.reference)?.kind === 'fact';
        for (const order of sent) {
          const alike = sent.filter((o) => keyOf(o) === keyOf(order));
          const named = list.some(({ reference }) => reference === order.reference);
          const only = alike.length === 1 && copies(order).length === 1;
          const bareAll =
            untouched && alike.every(clear) && list.every((r) => r.reference === null);
          if ((named && clear(order)) || (only && clear(order)) || bareAll) {
            expect(found[order.reference]).toBe(kindOf(truth.get(order.reference)));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
