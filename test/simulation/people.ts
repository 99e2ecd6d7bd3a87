import type { Tx } from '../../src/platform/database/index.js';
import { areOwed, type OwedIds } from '../builders/owed.js';
import { INSTANT_BIN } from '../builders/payment-desk.js';
import type { Random } from './random.js';

export const PERIODS = ['2026-12', '2027-01'] as const;
const FUNDS = ['NSTW_NCC', 'NSDP'] as const;

export interface Person {
  readonly beneficiaryId: string;
  readonly name: string;
}

/** 5 to 14 people at two banks; some are owed for two months, so that what befalls one payment touches another. */
export async function settle(tx: Tx, random: Random): Promise<Person[]> {
  const count = random.between(5, 14);
  const people = Array.from({ length: count }, (_, nth) => ({
    personalNumber: `020${String(nth + 1).padStart(9, '0')}`,
    name: `Người Thử ${String.fromCharCode(65 + nth)}`,
    account: {
      bin: random.chance(0.4) ? INSTANT_BIN : '970405',
      number: `00${String(nth + 1).padStart(8, '0')}`,
    },
    fund: random.pick(FUNDS),
    amount: `${random.between(1, 9)}00000`,
    period: PERIODS[0],
  }));
  const first = await areOwed(tx, people);
  const again = first.filter(() => random.chance(0.4));
  await areOwed(
    tx,
    again.map(({ beneficiaryId }: OwedIds) => ({
      beneficiaryId,
      fund: random.pick(FUNDS),
      amount: `${random.between(1, 9)}00000`,
      period: PERIODS[1],
    })),
  );
  return first.map(({ beneficiaryId }, nth) => ({ beneficiaryId, name: people[nth]?.name ?? '' }));
}
