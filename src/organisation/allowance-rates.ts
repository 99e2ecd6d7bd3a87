import { z } from 'zod';
import { Money } from '../kernel/index.js';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { isoDate, provenance, wholeAmount } from './provenance.js';

/**
 * Monthly rates of people with meritorious service: Decrees 75/2021, 55/2023 and 77/2024/NĐ-CP. Each standard has
 * its own full tables; they are rounded to thousands and not all rows are proportional, so nothing is computed.
 */
const byStandard = z.record(wholeAmount, wholeAmount);
const certainty = z.enum(['sourced', 'press']);
const standard = z.object({
  amount: wholeAmount,
  decree: z.string(),
  decreeEffective: isoDate.optional(),
  appliedFrom: isoDate,
  certainty,
});
const percentTable = z.record(wholeAmount, z.record(z.string().regex(/^\d{2,3}$/), wholeAmount));
const multiple = z.object({ label: z.string(), multiple: z.string() });

const rateFile = z.object({
  ...provenance,
  rounding: z.string(),
  standards: z.array(standard).min(1),
  monthlyAppendixI: z.array(
    z.object({
      code: z.string(),
      row: z.string().optional(),
      label: z.string(),
      allowance: byStandard.optional(),
      supplement: byStandard.optional(),
      supplementPerSeniority: byStandard.optional(),
    }),
  ),
  monthlyAppendixII: percentTable,
  monthlyAppendixIII: percentTable,
  oneOffAppendixIV: z.array(multiple),
  oneOffAppendixVI: z.array(multiple),
  orthopaedicAppendixV: z.array(
    z.object({ name: z.string(), lifetimeYears: z.int(), amount: wholeAmount }),
  ),
  socialAssistance: z.array(standard),
  socialPension: z.array(standard),
});

export type RateFile = z.infer<typeof rateFile>;

export interface MonthlyRate {
  /** Row of appendix I (`TNLS_1`), or `TB_21` / `TBB_21`: appendix II / III at 21 per cent. */
  readonly code: string;
  readonly amount: Money;
}

export class AllowanceRates {
  static load(source: YamlSource): AllowanceRates {
    return new AllowanceRates(loadJson(source, 'reference/allowance-rates.json', rateFile));
  }

  constructor(private readonly file: RateFile) {}

  /** Every single monthly allowance (not supplement) of the tables at that standard, whole đồng as text. */
  monthly(standardAmount: string): MonthlyRate[] {
    const rate = (code: string, amount: string): MonthlyRate => ({
      code,
      amount: Money.of(amount),
    });
    const ofRows = this.file.monthlyAppendixI.flatMap((row) => {
      const amount = row.allowance?.[standardAmount];
      return amount === undefined ? [] : [rate(row.code, amount)];
    });
    const ofTable = (prefix: string, table: Record<string, string> | undefined): MonthlyRate[] =>
      Object.entries(table ?? {}).map(([percent, amount]) => rate(`${prefix}_${percent}`, amount));
    return [
      ...ofRows,
      ...ofTable('TB', this.file.monthlyAppendixII[standardAmount]),
      ...ofTable('TBB', this.file.monthlyAppendixIII[standardAmount]),
    ];
  }

  /** The standards of allowances, oldest first, each with the day from which it is applied. */
  standards(): { amount: Money; decree: string; appliedFrom: string; certainty: string }[] {
    return this.file.standards
      .map((s) => ({ ...s, amount: Money.of(s.amount) }))
      .sort((a, b) => (a.appliedFrom < b.appliedFrom ? -1 : 1));
  }
}
