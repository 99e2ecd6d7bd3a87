import fc from 'fast-check';
import { InvalidValueError } from './errors.js';
import { Money, type CurrencyCode } from './money.js';

const dong = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n });
const cents = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

/** A whole number of cents as an amount is written. */
function written(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(3, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('money', () => {
  it.each([
    ...['', ' 1', '1 ', '+1', '--1', '1e5', '1E5', '0x10', 'NaN', 'Infinity', '1,000', '.5', '1.'],
    ...['١٢٣', '１２３', '1\n', '1_000', '1'.repeat(31)],
  ])('is not made of %j', (text) => {
    expect(() => Money.of(text)).toThrow(InvalidValueError);
  });

  it.each(['1.000', '2.789.000', '12.500', '1000.000'])(
    'takes %s, thousands to an officer, for nothing at all rather than for a few đồng',
    (text) => {
      for (const currency of ['VND', 'USD', 'LAK'] as CurrencyCode[]) {
        expect(() => Money.of(text, currency)).toThrow(InvalidValueError);
      }
    },
  );

  it('has no parts of a đồng, but a bank may write its zeros', () => {
    expect(() => Money.of('1000.5')).toThrow('VND has 0 decimal places at most');
    expect(Money.of('1000.00').toString()).toBe('1000');
    expect(Money.of('1000.05', 'USD').toString()).toBe('1000.05');
  });

  it('adds up exactly, however many and however large', () => {
    fc.assert(
      fc.property(fc.array(dong, { maxLength: 200 }), (amounts) => {
        const sum = Money.sum(amounts.map((amount) => Money.of(amount.toString())));
        expect(sum.toString()).toBe(amounts.reduce((a, b) => a + b, 0n).toString());
      }),
    );
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 100 }), (amounts) => {
        const sum = Money.sum(
          amounts.map((amount) => Money.of(written(amount), 'USD')),
          'USD',
        );
        expect(sum.equals(Money.of(written(amounts.reduce((a, b) => a + b, 0n)), 'USD'))).toBe(
          true,
        );
      }),
    );
  });

  it('takes away, compares and tells its sign as whole numbers do', () => {
    fc.assert(
      fc.property(dong, dong, (a, b) => {
        const [x, y] = [Money.of(a.toString()), Money.of(b.toString())];
        expect(x.minus(y).toString()).toBe((a - b).toString());
        expect(x.minus(y).plus(y).equals(x)).toBe(true);
        expect(Math.sign(x.compare(y))).toBe(a < b ? -1 : a > b ? 1 : 0);
        expect(x.equals(y)).toBe(a === b);
        expect(x.isPositive()).toBe(a > 0n);
        expect(x.isZero()).toBe(a === 0n);
      }),
    );
  });

  it('is what a float is not', () => {
    expect(Money.of('9007199254740993').toString()).toBe('9007199254740993');
    expect(Money.of('0.1', 'USD').plus(Money.of('0.2', 'USD')).toString()).toBe('0.30');
  });

  it('leaves as a string, in JSON too, and comes back the same', () => {
    fc.assert(
      fc.property(dong, (amount) => {
        const money = Money.of(amount.toString());
        expect(JSON.parse(JSON.stringify({ money }))).toEqual({ money: amount.toString() });
        expect(Money.of(money.toString()).equals(money)).toBe(true);
      }),
    );
    expect(Money.of('-0').toString()).toBe('0');
    expect(Money.of('0007').toString()).toBe('7');
  });

  it('never mixes currencies', () => {
    const [dong, kip] = [Money.of('1'), Money.of('1', 'LAK')];
    expect(() => dong.plus(kip)).toThrow('VND and LAK do not add up');
    expect(() => dong.minus(kip)).toThrow(InvalidValueError);
    expect(() => dong.compare(kip)).toThrow(InvalidValueError);
    expect(() => Money.sum([kip])).toThrow(InvalidValueError);
    expect(dong.equals(kip)).toBe(false);
  });

  it.each([
    ['0', 'VND', '0 đ', '0 VND'],
    ['999', 'VND', '999 đ', '999 VND'],
    ['7795000000', 'VND', '7.795.000.000 đ', '7,795,000,000 VND'],
    ['-123456', 'VND', '-123.456 đ', '-123,456 VND'],
    ['1234.5', 'USD', '1.234,50 USD', '1,234.50 USD'],
  ] as const)('%s %s is read as %s and %s', (amount, currency, vi, en) => {
    const money = Money.of(amount, currency);
    expect(money.format()).toBe(vi);
    expect(money.format('en')).toBe(en);
  });

  it('is the sum of nothing when there is nothing', () => {
    expect(Money.sum([]).equals(Money.zero())).toBe(true);
    expect(Money.sum([], 'USD').toString()).toBe('0.00');
  });
});
