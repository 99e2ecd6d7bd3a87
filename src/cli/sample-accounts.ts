import { InvariantError } from '../kernel/index.js';
import type { Bank, BankDirectory } from '../organisation/index.js';
import type { SeededRandom } from './random.js';

interface MoodOfAccount {
  /** Last six digits of the account, by which the sandbox bank chooses (the table in its README). */
  readonly ending: string;
  readonly count: number;
  /** What befalls a whole message is met where a message carries one payment, else thousands would share it. */
  readonly rail: 'any' | 'instant' | 'bulk';
}

const mood = (
  ending: string,
  count: number,
  rail: MoodOfAccount['rail'] = 'any',
): MoodOfAccount => ({ ending, count, rail });

/** Which moods of the sandbox bank the sample meets, and how often; every other account is simply credited. */
export const SAMPLE_MOODS = {
  // 60 are refused.
  wrongAccount: mood('990101', 14), // AC01
  closedAccount: mood('990104', 10), // AC04
  blockedAccount: mood('990106', 8), // AC06
  otherName: mood('990201', 10), // BE01
  deceased: mood('990307', 4), // MD07
  wrongAccountType: mood('990401', 6), // AG01
  expiredPapers: mood('990704', 3), // RR04
  closedToldLater: mood('992004', 5), // AC04, by notice
  // 25 are credited and come back.
  returnedWrongAccount: mood('993001', 9),
  returnedClosed: mood('993004', 8),
  returnedBlocked: mood('993006', 6),
  returnedDeceased: mood('993007', 2),
  // 41 leave us without an answer; one of them takes the answer of its whole message with it.
  answerLost: mood('991004', 20, 'instant'),
  messageLost: mood('991004', 1, 'bulk'),
  noAnswer: mood('991006', 5, 'instant'),
  garbage: mood('991007', 4, 'instant'),
  unknownWord: mood('991008', 4),
  timeOutThoughBooked: mood('990805', 3),
  connectionBroken: mood('991005', 4, 'instant'),
  // 15 are not taken in at first.
  busy: mood('991002', 6, 'instant'),
  tooMany: mood('991009', 5, 'instant'),
  faultBeforeBooking: mood('991003', 4, 'instant'),
  slow: mood('991001', 3, 'instant'),
  // 70 are credited, and the news is late, doubled, out of order or never comes.
  creditedLater: mood('992001', 10),
  noticeLate: mood('992011', 15),
  noticeTwice: mood('992012', 20),
  noticesOutOfOrder: mood('992013', 15),
  nobodyTold: mood('992014', 10),
} as const satisfies Readonly<Record<string, MoodOfAccount>>;

export type SampleMood = keyof typeof SAMPLE_MOODS;

export interface SampleAccount {
  readonly bankBin: string;
  /** As the list names the bank: no two offices write it alike. */
  readonly bankAsWritten: string;
  readonly number: string;
  readonly mood: SampleMood | null;
}

/** BIN, rail of the sandbox bank's configuration, how often, digits of a number there, and how lists write it. */
const BANKS: readonly {
  bin: string;
  rail: 'instant' | 'bulk';
  weight: number;
  digits: number;
  written: readonly string[];
}[] = [
  {
    bin: '970405',
    rail: 'bulk',
    weight: 44,
    digits: 13,
    written: ['Agribank', 'Agribank CN Lạng Sơn', '970405'],
  },
  {
    bin: '970415',
    rail: 'bulk',
    weight: 13,
    digits: 12,
    written: ['VietinBank', 'Ngân hàng TMCP Công thương Việt Nam'],
  },
  {
    bin: '970418',
    rail: 'bulk',
    weight: 13,
    digits: 14,
    written: ['BIDV', 'BIDV - Chi nhánh Lạng Sơn'],
  },
  { bin: '970436', rail: 'instant', weight: 10, digits: 13, written: ['Vietcombank', 'VCB'] },
  { bin: '970449', rail: 'bulk', weight: 9, digits: 13, written: ['LPBank', 'LienVietPostBank'] },
  { bin: '970407', rail: 'instant', weight: 5, digits: 14, written: ['Techcombank', 'TCB'] },
  {
    bin: '970422',
    rail: 'bulk',
    weight: 4,
    digits: 13,
    written: ['MB Bank', 'Ngân hàng Quân đội'],
  },
  { bin: '970406', rail: 'bulk', weight: 1, digits: 12, written: ['DongA Bank'] },
  { bin: '970414', rail: 'bulk', weight: 1, digits: 12, written: ['MBV', 'OceanBank'] },
];

/** A mood, or none, for each of `count` accounts, in a shuffled order. */
export function moodsOf(count: number, random: SeededRandom): (SampleMood | null)[] {
  const moody = (Object.keys(SAMPLE_MOODS) as SampleMood[]).flatMap((name) =>
    Array.from({ length: SAMPLE_MOODS[name].count }, () => name),
  );
  const calm = Array.from({ length: count - moody.length }, () => null);
  return random.shuffled([...moody, ...calm]);
}

/** Endings from here on are moods. */
const CALM_BELOW = 900_000;

/** The account number holds the serial, so that no two accounts are the same; leading zeros are meant. */
export function accountFor(
  serial: number,
  mood: SampleMood | null,
  { banks, random }: { banks: BankDirectory; random: SeededRandom },
): SampleAccount {
  const rail = mood === null ? 'any' : SAMPLE_MOODS[mood].rail;
  const open = BANKS.filter((bank) => rail === 'any' || bank.rail === rail);
  const kept = random.weighted(open.map((bank) => [bank, bank.weight] as const));
  const written = random.pick(kept.written);
  assertSameBank(banks.find(written), kept.bin);
  const calm = String(random.below(CALM_BELOW)).padStart(6, '0');
  const ending = mood === null ? calm : SAMPLE_MOODS[mood].ending;
  const number = `${String(serial).padStart(kept.digits - ending.length, '0')}${ending}`;
  return { bankBin: kept.bin, bankAsWritten: written, number, mood };
}

function assertSameBank(found: Bank | null, bin: string): void {
  if (found?.bin !== bin) throw new InvariantError('a sample names a bank nobody knows', { bin });
}
