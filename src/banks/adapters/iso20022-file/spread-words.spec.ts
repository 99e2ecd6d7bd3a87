import fc from 'fast-check';
import { aMessage, sentOrdersOf } from '../../../../test/builders/file-message.js';
import type { Word } from './report-words.js';
import { lastWords, spreadWords, type ReportWords } from './spread-words.js';

const FUNDS = ['A', 'B', 'C'];
const orders = sentOrdersOf(aMessage({ count: 9, funds: FUNDS }));
const references = orders.map(({ reference }) => reference);

const words = fc.oneof(
  fc.constant<Word>({ kind: 'silent' }),
  fc.constant<Word>({ kind: 'part' }),
  fc.constant<Word>({ kind: 'accepted' }),
  fc.constant<Word>({ kind: 'settled' }),
  fc.constantFrom('AC01', 'AC04').map((code): Word => ({ kind: 'rejected', reason: { code } })),
  fc.constant<Word>({ kind: 'doubt', why: 'because' }),
);
const lacksReason = (word: Word) => word.kind === 'leaning' && word.hasStatus;
const leaningWords = fc
  .tuple(fc.boolean(), fc.constantFrom<{ code?: string }>({}, { code: 'AC06' }))
  .map(([hasStatus, reason]): Word => ({ kind: 'leaning', hasStatus, reason, why: 'it leans' }));
const spokenWords = fc.record({
  word: fc.oneof({ weight: 5, arbitrary: words }, leaningWords.filter(lacksReason)),
  where: fc.constant('line 1'),
});
const rows = fc.record({
  reference: fc.constantFrom(...references, 'NOBODY'),
  word: fc.oneof(
    { weight: 4, arbitrary: words.filter(({ kind }) => kind !== 'part') },
    leaningWords,
  ),
  where: fc.constant('line 2'),
});
const reports: fc.Arbitrary<ReportWords> = fc.record({
  group: spokenWords,
  blocks: fc
    .dictionary(fc.constantFrom(...FUNDS), spokenWords)
    .map((blocks) => new Map(Object.entries(blocks))),
  transactions: fc.array(rows, { maxLength: 12 }),
});

describe('the words of a report', () => {
  it('leave every payment one last word at most, of the level nearest to it', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const last = lastWords(orders, report);
        expect([...last.keys()]).toEqual(references);
        for (const { reference, fund } of orders) {
          const own = report.transactions.filter(
            (row) => row.reference === reference && row.word.kind !== 'silent',
          );
          const block = report.blocks.get(fund)?.word.kind ?? 'silent';
          const group = report.group.word.kind;
          const heard = last.get(reference) ?? null;
          const [first] = own;
          if (first && first.word.kind !== 'leaning') {
            const same = own.every(
              ({ word }) => JSON.stringify(word) === JSON.stringify(first.word),
            );
            expect(heard?.level).toBe('transaction');
            expect(heard?.word.kind).toBe(same ? first.word.kind : 'doubt');
          } else if (own.length === 0) {
            const nearest = block === 'silent' ? group : block;
            const isHeard = nearest !== 'silent' && nearest !== 'part';
            expect(heard?.level).toBe(
              isHeard ? (block === 'silent' ? 'group' : 'block') : undefined,
            );
            if (isHeard && nearest !== 'rejected' && nearest !== 'leaning')
              expect(heard?.word.kind).toBe(nearest);
          }
        }
      }),
    );
  });

  it('refuse all below a level only where nothing below it says anything else', () => {
    const isElse = ({ kind }: Word) => !['rejected', 'leaning', 'silent'].includes(kind);
    fc.assert(
      fc.property(reports, (report) => {
        for (const [reference, last] of lastWords(orders, report)) {
          if (!last || last.level === 'transaction' || last.word.kind !== 'rejected') continue;
          const fund = orders.find((order) => order.reference === reference)?.fund;
          const below = report.transactions.filter(
            (row) =>
              last.level === 'group' ||
              orders.some((order) => order.fund === fund && order.reference === row.reference),
          );
          expect(below.filter(({ word }) => isElse(word))).toEqual([]);
          if (last.level === 'group')
            expect([...report.blocks.values()].filter(({ word }) => isElse(word))).toEqual([]);
        }
      }),
    );
  });

  it('give one fact of a payment or one doubt, and never a fact where there is a doubt', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const last = lastWords(orders, report);
        const { items, unread } = spreadWords(orders, { ...report, sequence: 1 });
        expect(new Set(items.map(({ reference }) => reference)).size).toBe(items.length);
        const kindOf = (reference: string) => last.get(reference)?.word.kind;
        for (const { reference, fact } of items) expect(fact.kind).toBe(kindOf(reference));
        const doubted = unread.flatMap(({ reference }) => reference ?? []);
        for (const reference of doubted) expect(kindOf(reference)).toBe('doubt');
        const facts = references.filter((each) => !['doubt', undefined].includes(kindOf(each)));
        expect(items).toHaveLength(facts.length);
      }),
    );
  });

  it('are the same in whatever order the rows stand', () => {
    const shuffled = reports.chain((report) =>
      fc
        .shuffledSubarray([...report.transactions], { minLength: report.transactions.length })
        .map((transactions) => [report, { ...report, transactions }] as const),
    );
    const kindsOf = (report: ReportWords) =>
      references.map((each) => lastWords(orders, report).get(each)?.word.kind);
    fc.assert(
      fc.property(shuffled, ([one, other]) => expect(kindsOf(other)).toEqual(kindsOf(one))),
    );
  });

  it('lead to the same end in whatever order reports arrive: the latest made that says anything', () => {
    const many = fc.array(reports, { minLength: 1, maxLength: 5 });
    const ends = (given: readonly (ReportWords & { sequence: number })[]) => {
      const state = new Map<string, { sequence: number; kind: string }>();
      for (const report of given) {
        for (const { reference, fact } of spreadWords(orders, report).items) {
          const known = state.get(reference);
          const sequence = fact.sequence ?? 0;
          if (!known || known.sequence < sequence)
            state.set(reference, { sequence, kind: fact.kind });
        }
      }
      return references.map((reference) => state.get(reference)?.kind);
    };
    fc.assert(
      fc.property(many, fc.infiniteStream(fc.nat()), (given, order) => {
        const made = given.map((report, at) => ({ ...report, sequence: at }));
        const keyed = made.map((report) => ({ report, key: order.next().value ?? 0 }));
        const arrived = keyed.sort((a, b) => a.key - b.key).map(({ report }) => report);
        expect(ends(arrived)).toEqual(ends(made));
      }),
    );
  });
});
