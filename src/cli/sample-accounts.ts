import { InvariantError } from '../kernel/index.js';
import type { Bank, BankDirectory } from '../organisation/index.js';
import type { SeededRandom } from './random.js';

/** How many accounts of the sample meet which mood of the sandbox bank; all others are simply credited. */
export const SAMPLE_MOODS = {
  AC01: 16,
  AC04: 12,
  AC06: 10,
  BE01: 10,
  MD07: 4,
  AG01: 8,
  returned: 25,
  answerLost: 30,
  connectionReset: 10,
  notBooked: 10,
  slow: 5,
  noticeTwice: 20,
  noticeLate: 15,
  noticesOutOfOrder: 15,
} as const;

export type SampleMood = keyof typeof SAMPLE_MOODS;

/** Last three digits of the account by which the sandbox bank chooses its mood. */
const TAIL_OF: Readonly<Record<SampleMood, string>> = {
  AC01: '901',
  AC04: '904',
  AC06: '906',
  BE01: '911',
  MD07: '917',
  AG01: '921',
  returned: '931',
  answerLost: '941',
  connectionReset: '942',
  notBooked: '943',
  slow: '944',
  noticeTwice: '951',
  noticeLate: '952',
  noticesOutOfOrder: '953',
};

export interface SampleAccount {
  readonly bankBin: string;
  /** As the list names the bank: no two offices write it alike. */
  readonly bankAsWritten: string;
  readonly number: string;
  readonly mood: SampleMood | null;
}

/** BIN, how often, digits of an account number there, and how lists write the bank. */
const BANKS: readonly {
  bin: string;
  weight: number;
  digits: number;
  written: readonly string[];
}[] = [
  {
    bin: '970405',
    weight: 44,
    digits: 13,
    written: ['Agribank', 'Agribank CN Lạng Sơn', '970405'],
  },
  {
    bin: '970415',
    weight: 13,
    digits: 12,
    written: ['VietinBank', 'Ngân hàng TMCP Công thương Việt Nam'],
  },
  { bin: '970418', weight: 13, digits: 14, written: ['BIDV', 'BIDV - Chi nhánh Lạng Sơn'] },
  { bin: '970436', weight: 10, digits: 13, written: ['Vietcombank', 'VCB'] },
  { bin: '970449', weight: 9, digits: 13, written: ['LPBank', 'LienVietPostBank'] },
  { bin: '970407', weight: 5, digits: 14, written: ['Techcombank', 'TCB'] },
  { bin: '970422', weight: 4, digits: 13, written: ['MB Bank', 'Ngân hàng Quân đội'] },
  { bin: '970406', weight: 1, digits: 12, written: ['DongA Bank'] },
  { bin: '970414', weight: 1, digits: 12, written: ['MBV', 'OceanBank'] },
];

/** A mood, or none, for each of `count` accounts, in a shuffled order. */
export function moodsOf(count: number, random: SeededRandom): (SampleMood | null)[] {
  const moody = (Object.keys(SAMPLE_MOODS) as SampleMood[]).flatMap((mood) =>
    Array.from({ length: SAMPLE_MOODS[mood] }, () => mood),
  );
  const calm = Array.from({ length: count - moody.length }, () => null);
  return random.shuffled([...moody, ...calm]);
}

/** The account number holds the serial, so that no two accounts are the same. */
export function accountFor(
  serial: number,
  mood: SampleMood | null,
  { banks, random }: { banks: BankDirectory; random: SeededRandom },
): SampleAccount {
  const kept = random.weighted(BANKS.map((bank) => [bank, bank.weight] as const));
  const written = random.pick(kept.written);
  assertSameBank(banks.find(written), kept.bin);
  const tail = mood === null ? String(random.below(800)).padStart(3, '0') : TAIL_OF[mood];
  const number = `0${String(serial).padStart(kept.digits - 4, '0')}${tail}`;
  return { bankBin: kept.bin, bankAsWritten: written, number, mood };
}

function assertSameBank(found: Bank | null, bin: string): void {
  if (found?.bin !== bin) throw new InvariantError('a sample names a bank nobody knows', { bin });
}
