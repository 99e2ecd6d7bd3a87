import { Decimal } from 'decimal.js';
import { InvalidValueError } from './errors.js';

/** Minor units (decimal places) by ISO 4217 alphabetic code; the currencies this treasury may hold. */
const MINOR_UNITS = { VND: 0, USD: 2, LAK: 2 } as const;

export type CurrencyCode = keyof typeof MINOR_UNITS;

// 38 digits hold every amount a numeric(20,2) column can, with room for sums of millions of rows.
const Exact = Decimal.clone({ precision: 38, rounding: Decimal.ROUND_HALF_UP, toExpPos: 40 });

/**
 * An exact amount in one ISO 4217 currency. Immutable. Never touches a JavaScript number:
 * it is built from a decimal string, kept as a decimal, and leaves as a decimal string.
 */
export class Money {
  private constructor(
    private readonly value: Decimal,
    readonly currency: CurrencyCode,
  ) {}

  /**
   * @param amount plain decimal digits, optional leading minus, no exponent, no grouping: `"2789000"`.
   * @throws InvalidValueError when the text is not such a number or has more decimals than the currency.
   */
  static of(amount: string, currency: CurrencyCode = 'VND'): Money {
    // Two decimals at most, also zeros: `1.000` is a thousand to whoever writes it here, and must not become 1.
    if (!/^-?\d{1,30}(\.\d{1,2})?$/.test(amount)) {
      throw new InvalidValueError('money', 'an amount is plain decimal digits');
    }
    const value = new Exact(amount);
    if (value.decimalPlaces() > MINOR_UNITS[currency]) {
      throw new InvalidValueError(
        'money',
        `${currency} has ${MINOR_UNITS[currency]} decimal places at most`,
      );
    }
    return new Money(value, currency);
  }

  static zero(currency: CurrencyCode = 'VND'): Money {
    return new Money(new Exact(0), currency);
  }

  static sum(amounts: Iterable<Money>, currency: CurrencyCode = 'VND'): Money {
    let total = Money.zero(currency);
    for (const amount of amounts) total = total.plus(amount);
    return total;
  }

  plus(other: Money): Money {
    return new Money(this.value.plus(this.sameCurrency(other)), this.currency);
  }

  minus(other: Money): Money {
    return new Money(this.value.minus(this.sameCurrency(other)), this.currency);
  }

  /** Negative, zero or positive as this is less than, equal to or greater than the other. */
  compare(other: Money): number {
    return this.value.comparedTo(this.sameCurrency(other));
  }

  equals(other: Money): boolean {
    return this.currency === other.currency && this.value.equals(other.value);
  }

  isPositive(): boolean {
    return this.value.greaterThan(0);
  }

  isZero(): boolean {
    return this.value.isZero();
  }

  /** Plain decimal digits with exactly the currency's decimals: `"2789000"` for VND. */
  toString(): string {
    return this.value.toFixed(MINOR_UNITS[this.currency]);
  }

  toJSON(): string {
    return this.toString();
  }

  /** For people: `1.234.567 đ` in Vietnamese, `1,234,567 VND` in English. */
  format(language: 'vi' | 'en' = 'vi'): string {
    const [whole = '0', fraction] = this.toString().split('.');
    const [group, point, unit] = language === 'vi' ? ['.', ',', 'đ'] : [',', '.', this.currency];
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    const symbol = this.currency === 'VND' ? unit : this.currency;
    return `${grouped}${fraction === undefined ? '' : point + fraction} ${symbol}`;
  }

  private sameCurrency(other: Money): Decimal {
    if (other.currency !== this.currency) {
      throw new InvalidValueError('money', `${this.currency} and ${other.currency} do not add up`);
    }
    return other.value;
  }
}
