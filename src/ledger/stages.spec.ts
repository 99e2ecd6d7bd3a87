import fc from 'fast-check';
import { Money } from '../kernel/index.js';
import { entriesOf, STAGES, type Movement } from './stages.js';

const movement: fc.Arbitrary<Movement> = fc
  .record({
    fund: fc.constantFrom('NSTW', 'NSDP', 'QUY'),
    month: fc.constantFrom('2026-11', '2026-12', '2027-01'),
    way: fc.shuffledSubarray([...STAGES], { minLength: 2, maxLength: 2 }),
    earlier: fc.boolean(),
    amount: fc.bigInt({ min: 1n, max: 10n ** 18n }),
  })
  .map(({ fund, month, way, earlier, amount }) => {
    const [from = 'allotted', to = 'available'] = way;
    const fromMonth = earlier ? `${month.slice(0, 4)}-01` : undefined;
    return { fund, month, fromMonth, from, to, amount: Money.of(String(amount)) };
  });

const sumOf = (amounts: readonly Money[]): string => Money.sum(amounts).toString();

describe('the entries of movements', () => {
  it('sum to zero in every fund and year, and touch each account once', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
        const entries = entriesOf(movements);
        const accounts = entries.map(({ fund, month, stage }) => `${fund} ${month} ${stage}`);
        expect(new Set(accounts).size).toBe(accounts.length);
        for (const key of new Set(
          entries.map(({ fund, month }) => `${fund} ${month.slice(0, 4)}`),
        )) {
          const those = entries.filter(({ fund, month }) => key === `${fund} ${month.slice(0, 4)}`);
          expect(sumOf(those.map(({ amount }) => amount))).toBe('0');
          expect(those.every(({ amount }) => !amount.isZero())).toBe(true);
        }
      }),
    );
  });

  it('leave each account with what came in less what went out, in any order of the movements', () => {
    fc.assert(
      fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
        const inAny = (order: readonly Movement[]) =>
          entriesOf(order)
            .map((e) => `${e.fund} ${e.month} ${e.stage} ${e.amount.toString()}`)
            .sort();
        expect(inAny([...movements].reverse())).toEqual(inAny(movements));
        for (const { fund, month, stage, amount } of entriesOf(movements)) {
          const those = movements.filter((m) => m.fund === fund);
          const came = those.filter((m) => m.to === stage && m.month === month);
          const went = those.filter((m) => m.from === stage && (m.fromMonth ?? m.month) === month);
          const into = sumOf(came.map((m) => m.amount));
          const out = sumOf(went.map((m) => m.amount));
          expect(amount.toString()).toBe(Money.of(into).minus(Money.of(out)).toString());
        }
      }),
    );
  });

  it('are none where money goes round in a circle', () => {
    const amount = Money.of('5');
    const of = { fund: 'NSTW', month: '2026-11', amount };
    const circle: Movement[] = [
      { ...of, from: 'available', to: 'reserved' },
      { ...of, from: 'reserved', to: 'available' },
    ];
    expect(entriesOf(circle)).toEqual([]);
  });
});
