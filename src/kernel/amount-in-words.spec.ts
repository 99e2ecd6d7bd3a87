import fc from 'fast-check';
import { amountInWords } from './amount-in-words.js';
import { InvalidValueError } from './errors.js';
import { Money } from './money.js';

const words = (digits: string): string => amountInWords(Money.of(digits));

describe('an amount in words', () => {
  it('is of đồng only', () => {
    expect(() => amountInWords(Money.of('1', 'USD'))).toThrow(InvalidValueError);
  });

  it.each([
    ['0', 'Không đồng'],
    ['1', 'Một đồng'],
    ['4', 'Bốn đồng'],
    ['5', 'Năm đồng'],
    ['10', 'Mười đồng'],
    ['11', 'Mười một đồng'],
    ['14', 'Mười bốn đồng'],
    ['15', 'Mười lăm đồng'],
    ['20', 'Hai mươi đồng'],
    ['21', 'Hai mươi mốt đồng'],
    ['24', 'Hai mươi tư đồng'],
    ['55', 'Năm mươi lăm đồng'],
    ['91', 'Chín mươi mốt đồng'],
    ['100', 'Một trăm đồng'],
    ['101', 'Một trăm linh một đồng'],
    ['104', 'Một trăm linh bốn đồng'],
    ['105', 'Một trăm linh năm đồng'],
    ['110', 'Một trăm mười đồng'],
    ['115', 'Một trăm mười lăm đồng'],
    ['1000', 'Một nghìn đồng chẵn'],
    ['1001', 'Một nghìn không trăm linh một đồng'],
    ['1015', 'Một nghìn không trăm mười lăm đồng'],
    ['21000', 'Hai mươi mốt nghìn đồng chẵn'],
    ['105000', 'Một trăm linh năm nghìn đồng chẵn'],
    ['1000000', 'Một triệu đồng chẵn'],
    ['1000001', 'Một triệu không trăm linh một đồng'],
    ['1005000', 'Một triệu không trăm linh năm nghìn đồng chẵn'],
    ['1400000', 'Một triệu bốn trăm nghìn đồng chẵn'],
    ['2789000', 'Hai triệu bảy trăm tám mươi chín nghìn đồng chẵn'],
    ['1000000000', 'Một tỷ đồng chẵn'],
    ['1000000021', 'Một tỷ không trăm hai mươi mốt đồng'],
    ['1005000000', 'Một tỷ không trăm linh năm triệu đồng chẵn'],
    ['7795000000', 'Bảy tỷ bảy trăm chín mươi lăm triệu đồng chẵn'],
    ['163000000000', 'Một trăm sáu mươi ba tỷ đồng chẵn'],
    ['1000000000000', 'Một nghìn tỷ đồng chẵn'],
    ['1005000000000', 'Một nghìn không trăm linh năm tỷ đồng chẵn'],
    [
      '1234567890123',
      'Một nghìn hai trăm ba mươi tư tỷ năm trăm sáu mươi bảy triệu tám trăm chín mươi nghìn một trăm hai mươi ba đồng',
    ],
    ['2000000000000000', 'Hai triệu tỷ đồng chẵn'],
    ['3000000000000000000', 'Ba tỷ tỷ đồng chẵn'],
    ['-2789000', 'Âm hai triệu bảy trăm tám mươi chín nghìn đồng chẵn'],
  ])('of %s is "%s"', (digits, expected) => {
    expect(words(digits)).toBe(expected);
  });

  it('says exactly the amount: read back by another road it is the same number', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (amount) => {
        expect(readBack(words(String(amount)))).toBe(amount);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is said without doubled blanks, in NFC, with one capital letter at its beginning', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (amount) => {
        const said = words(String(amount));
        expect(said).toBe(said.normalize('NFC'));
        expect(said).toMatch(/^\p{Lu}\p{Ll}*( \p{Ll}+)* đồng( chẵn)?$/u);
      }),
    );
  });
});

const VALUES: Readonly<Record<string, bigint>> = {
  không: 0n,
  một: 1n,
  mốt: 1n,
  hai: 2n,
  ba: 3n,
  bốn: 4n,
  tư: 4n,
  năm: 5n,
  lăm: 5n,
  sáu: 6n,
  bảy: 7n,
  tám: 8n,
  chín: 9n,
};
const UNITS: Readonly<Record<string, bigint>> = { nghìn: 1_000n, triệu: 1_000_000n };

/** Reads words as a listener does, one after the other. */
function readBack(text: string): bigint {
  let [whole, block, group, digit] = [0n, 0n, 0n, 0n];
  for (const word of text
    .toLowerCase()
    .replace(/ đồng.*$/, '')
    .split(' ')) {
    const unit = UNITS[word];
    if (word === 'linh') continue;
    if (word === 'trăm' || word === 'mươi') {
      group += digit * (word === 'trăm' ? 100n : 10n);
      digit = 0n;
    } else if (word === 'mười') group += 10n;
    else if (unit !== undefined) {
      block += (group + digit) * unit;
      [group, digit] = [0n, 0n];
    } else if (word === 'tỷ') {
      whole = (whole + block + group + digit) * 1_000_000_000n;
      [block, group, digit] = [0n, 0n, 0n];
    } else digit = VALUES[word] ?? -1n;
  }
  return whole + block + group + digit;
}
