import { InvalidValueError } from './errors.js';
import type { Money } from './money.js';

/*
 * Vietnamese papers of money carry their total in words, so that no digit can be put before, between or behind it.
 * As accountants read it: from twenty on a last one is mốt and a last four tư; a last five after a ten is lăm; a
 * missing ten is linh; inside a number a missing hundred is spoken (không trăm), a group of three noughts is not.
 * After tỷ it begins anew: nghìn tỷ, triệu tỷ.
 */

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const GROUPS = ['', ' nghìn', ' triệu'];

/**
 * `Hai triệu bảy trăm tám mươi chín nghìn đồng chẵn`. Whole thousands end in "đồng chẵn", others in "đồng".
 * @throws InvalidValueError for another currency than đồng.
 */
export function amountInWords(money: Money): string {
  if (money.currency !== 'VND') {
    throw new InvalidValueError('amount in words', 'only đồng is put into words');
  }
  const digits = money.toString();
  const words = digits.startsWith('-') ? `âm ${inWords(digits.slice(1))}` : inWords(digits);
  const unit = digits.endsWith('000') ? 'đồng chẵn' : 'đồng';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${unit}`;
}

function inWords(digits: string): string {
  const bare = digits.replace(/^0+/, '');
  return bare === '' ? 'không' : billions(bare, true);
}

/** Nine digits at a time, the higher ones first. */
function billions(digits: string, leads: boolean): string {
  const higher = digits.slice(0, -9);
  const lower = digits.slice(-9);
  if (higher === '') return groups(lower, leads);
  return joined([`${billions(higher, leads)} tỷ`, groups(lower, false)]);
}

function groups(digits: string, leads: boolean): string {
  const count = Math.ceil(digits.length / 3);
  const padded = digits.padStart(count * 3, '0');
  const said: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const group = padded.slice(at * 3, at * 3 + 3);
    if (group === '000') continue;
    const isFirst = leads && said.length === 0;
    said.push(`${hundreds(group, isFirst)}${GROUPS[count - 1 - at] ?? ''}`);
  }
  return joined(said);
}

/** Three digits that are not all nought; the first of a number are read without their noughts. */
function hundreds(group: string, isFirst: boolean): string {
  const [hundred = 0, ten = 0, one = 0] = [...group].map((digit) => digit.charCodeAt(0) - 48);
  const shortened = isFirst && hundred === 0;
  return joined([
    shortened ? '' : `${spoken(hundred)} trăm`,
    tens(ten, one, shortened),
    ones(ten, one),
  ]);
}

function tens(ten: number, one: number, shortened: boolean): string {
  if (ten === 0) return one === 0 || shortened ? '' : 'linh';
  return ten === 1 ? 'mười' : `${spoken(ten)} mươi`;
}

function ones(ten: number, one: number): string {
  if (one === 0) return '';
  if (one === 1 && ten > 1) return 'mốt';
  if (one === 4 && ten > 1) return 'tư';
  if (one === 5 && ten > 0) return 'lăm';
  return spoken(one);
}

function spoken(digit: number): string {
  return DIGITS[digit] ?? '';
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}
