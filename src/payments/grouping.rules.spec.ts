import fc from 'fast-check';
import { Money } from '../kernel/index.js';
import { Packer, type Packing } from './grouping.rules.js';

const packing = (rail: string, payments: number, amount: string | null = null): Packing => ({
  bankCode: 'bank',
  rail,
  mode: 'bulk',
  bounds: { payments, amount: amount === null ? null : Money.of(amount) },
});

describe('putting payments into messages', () => {
  it('fills 50,000 into one over ten pages, and into no more messages than needed', () => {
    const packer = new Packer<{ amount: string }>();
    const page = Array.from({ length: 5000 }, () => ({ amount: '2789000' }));
    const counts = new Map<string, number>();
    for (let nth = 0; nth < 11; nth += 1) {
      for (const pack of packer.add(page, () => packing('instant', 50_000))) {
        expect(pack.isNew).toBe(!counts.has(pack.submissionId));
        counts.set(pack.submissionId, (counts.get(pack.submissionId) ?? 0) + pack.items.length);
      }
    }
    expect([...counts.values()]).toEqual([50_000, 5000]);
  });

  it('keeps every payment once, its rail, its order and every bound, however the pages fall', () => {
    const someItem = fc.record({
      amount: fc.integer({ min: 1, max: 30 }).map(String),
      rail: fc.constantFrom('one', 'two'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.array(someItem, { maxLength: 12 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.option(fc.integer({ min: 30, max: 90 }).map(String)),
        (pages, most, amount) => {
          const packer = new Packer<{ amount: string; rail: string }>();
          const packs = new Map<
            string,
            { rail: string; items: { amount: string; rail: string }[] }
          >();
          for (const page of pages) {
            for (const pack of packer.add(page, (item) => packing(item.rail, most, amount))) {
              const known = packs.get(pack.submissionId);
              expect(pack.isNew).toBe(known === undefined);
              expect(pack.total).toEqual(Money.sum(pack.items.map((i) => Money.of(i.amount))));
              const made = known ?? { rail: pack.packing.rail, items: [] };
              made.items.push(...pack.items);
              packs.set(pack.submissionId, made);
            }
          }
          for (const { rail, items } of packs.values()) {
            expect(items.every((item) => item.rail === rail)).toBe(true);
            expect(items.length).toBeLessThanOrEqual(most);
            const sum = Money.sum(items.map((item) => Money.of(item.amount)));
            expect(amount === null || sum.compare(Money.of(amount)) <= 0).toBe(true);
          }
          for (const rail of ['one', 'two']) {
            const out = [...packs.values()].filter((p) => p.rail === rail).flatMap((p) => p.items);
            expect(out).toEqual(pages.flat().filter((item) => item.rail === rail));
          }
        },
      ),
    );
  });
});
