import { z } from 'zod';
import { InvalidValueError } from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';
import type { Funds } from './funds.js';
import { isoDate } from './provenance.js';

export type AccountKind = 'budget' | 'deposit';

/** An account of the office at the State Treasury, for the money of one fund. */
export interface TreasuryAccount {
  /** Code of a fund. */
  readonly fund: string;
  readonly kind: AccountKind;
  readonly number: string;
}

/** The office as its papers name it, while `from` is the last entry in force. */
export interface Office {
  /** ISO 8601 date. */
  readonly from: string;
  readonly name: string;
  /** Mã đơn vị có quan hệ với ngân sách. */
  readonly budgetCode: string;
  readonly place: string;
  readonly treasury: string;
  /** At a commercial bank. */
  readonly paymentAccount: { readonly number: string; readonly bank: string };
  readonly accounts: readonly TreasuryAccount[];
}

const line = z.string().trim().min(1).max(200);
const account = z.string().regex(/^[0-9A-Z][0-9A-Z.\- ]{0,33}$/, 'digits, dots and hyphens');

const officeFile = z.strictObject({
  offices: z
    .array(
      z.strictObject({
        from: isoDate,
        name: line,
        budgetCode: z.string().regex(/^\d{7}$/, 'seven digits, in quotes'),
        place: line,
        treasury: line,
        paymentAccount: z.strictObject({ number: account, bank: line }),
        accounts: z.array(
          z.strictObject({
            fund: z.string(),
            kind: z.enum(['budget', 'deposit']),
            number: account,
          }),
        ),
      }),
    )
    .min(1),
});

export type OfficeFile = z.infer<typeof officeFile>;

const FILE = 'office.yaml';

/** The office over time: a paper carries the name and accounts that were right on its day. */
export class Offices {
  private readonly newestFirst: readonly Office[];

  static load(source: YamlSource, funds: Funds): Offices {
    const file = loadYaml(source, FILE, officeFile);
    return madeOf(FILE, () => new Offices(file, funds));
  }

  /** @throws InvalidValueError when two entries begin on one day, or an account's fund is unknown or named twice. */
  constructor({ offices }: OfficeFile, funds: Funds) {
    const known = new Set(funds.all().map(({ code }) => code));
    const days = offices.map(({ from }) => from);
    const doubled = days.find((day, at) => days.indexOf(day) !== at);
    if (doubled) throw new InvalidValueError('office', `two entries begin on ${doubled}`);
    for (const { from, accounts } of offices) {
      const codes = accounts.map(({ fund }) => fund);
      const wrong = codes.find((code, at) => !known.has(code) || codes.indexOf(code) !== at);
      if (wrong) {
        const rule = `its fund ${wrong} is not configured, or is named twice`;
        throw new InvalidValueError(`office from ${from}`, rule);
      }
    }
    this.newestFirst = [...offices].sort((a, b) => (a.from > b.from ? -1 : 1));
  }

  /** The entry in force on that day (ISO 8601 date); before the first one, the first. */
  on(day: string): Office {
    const found = this.newestFirst.find(({ from }) => from <= day) ?? this.newestFirst.at(-1);
    if (!found) throw new InvalidValueError('office', 'there is no entry');
    return found;
  }
}
