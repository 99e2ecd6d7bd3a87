import { bankText } from '../kernel/index.js';
import type { Commune } from '../organisation/index.js';
import type { SeededRandom } from './random.js';

/**
 * People who do not exist: every name ends in "Mẫu" (sample), every personal number begins 020 000 (Lạng Sơn, a
 * birth year of 1900 and a serial that no register gave out).
 */
export interface SamplePerson {
  /** Which sample person this is; what else differs between people follows from it. */
  readonly serial: number;
  readonly fullName: string;
  readonly personalNumber: string;
  /** dd/mm/yyyy, or a year, as papers have it. */
  readonly dateOfBirth: string;
  readonly communeCode: string;
}

const FAMILY = 'Nguyễn Hoàng Nông Lý Vi Lương Triệu Hứa Đinh Bế Đặng Đàm Lã Phùng Chu Dương'.split(
  ' ',
);
const MIDDLE = 'Văn Thị Đức Thế Ngọc Hữu Kim Quốc'.split(' ');
const INVENTED =
  'Thử Ví Dụ Giả Định Tưởng Phỏng Chừng Nháp Kiểm Nghiệm Minh Họa Tạm Tỉ Lệ Khuôn Phép Chép Ảnh'.split(
    ' ',
  );

const OLDEST = 1928;
const YEARS = 50;

export function samplePerson(serial: number, commune: Commune, random: SeededRandom): SamplePerson {
  return {
    serial,
    fullName: `${random.pick(FAMILY)} ${random.pick(MIDDLE)} ${random.pick(INVENTED)} Mẫu`,
    personalNumber: personalNumberOf(serial),
    dateOfBirth: dateOfBirth(random),
    communeCode: commune.code,
  };
}

/** Twelve digits: 020, sex and century 0, birth year 00, and the serial. */
export function personalNumberOf(serial: number): string {
  return `020000${String(serial).padStart(6, '0')}`;
}

export function accountNameOf(person: SamplePerson): string {
  return bankText(person.fullName, 140);
}

function dateOfBirth(random: SeededRandom): string {
  const year = OLDEST + random.below(YEARS);
  if (random.below(8) === 0) return String(year);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(1 + random.below(28))}/${two(1 + random.below(12))}/${year}`;
}

/** A commune for each of `count` people, commune by commune; every commune has at least one of them. */
export function spreadOver(
  communes: readonly Commune[],
  count: number,
  random: SeededRandom,
): Commune[] {
  const sizes = communes.map((commune) => [commune, 1 + random.below(3)] as const);
  const extra = Array.from({ length: count - communes.length }, () => random.weighted(sizes));
  return [...communes, ...extra].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
