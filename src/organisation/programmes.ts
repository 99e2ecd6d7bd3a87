import { z } from 'zod';
import {
  InvalidValueError,
  Money,
  lastDayOf,
  type Bilingual,
  type Period,
} from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';
import type { Funds } from './funds.js';
import { NameIndex } from './name-index.js';
import { bilingual, isoDate, wholeAmount } from './provenance.js';

export type Rhythm = 'monthly' | 'yearly' | 'round' | 'campaign' | 'by-decision';

/** What is paid (chế độ). */
export interface Programme {
  readonly code: string;
  readonly name: Bilingual;
  readonly rhythm: Rhythm;
  /** Code of a fund. */
  readonly defaultFund: string;
  readonly payee: 'person' | 'organisation-possible';
  /** The most that one line may ever carry, whole đồng, where a law fixes it; `ceilingOf` judges it by period. */
  readonly ceiling?: string;
}

/** How accounts are checked before a batch is proposed, and for how many days a bank's answer counts. */
export interface AccountCheckRule {
  readonly mode: 'off' | 'warn' | 'block';
  readonly freshForDays: number;
}

const ACCOUNT_CHECK_USUALLY: AccountCheckRule = { mode: 'warn', freshForDays: 180 };
const DAYS_MAX = 3650;

export const programmeFile = z.strictObject({
  programmes: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/),
        name: bilingual,
        aliases: z.array(z.string()).default([]),
        rhythm: z.enum(['monthly', 'yearly', 'round', 'campaign', 'by-decision']),
        defaultFund: z.string(),
        payee: z.enum(['person', 'organisation-possible']).default('person'),
        ceilings: z
          .array(
            z.strictObject({
              from: isoDate,
              amount: wholeAmount,
              certainty: z.enum(['sourced', 'press']),
            }),
          )
          .default([]),
        law: z.string().optional(),
        accountCheck: z
          .strictObject({
            mode: z.enum(['off', 'warn', 'block']),
            freshForDays: z.int().min(1).max(DAYS_MAX),
          })
          .optional(),
      }),
    )
    .min(1),
});

export type ProgrammeFile = z.infer<typeof programmeFile>;
type Entry = ProgrammeFile['programmes'][number];

const PERIOD_OF: Readonly<Record<Rhythm, RegExp>> = {
  monthly: /^\d{4}-\d{2}$/,
  yearly: /^\d{4}$/,
  round: /^\d{4}-D\d$/,
  campaign: /./,
  'by-decision': /./,
};

const FILE = 'programmes.yaml';

export class Programmes {
  private readonly programmes: readonly Programme[];
  private readonly ceilings: ReadonlyMap<string, Entry['ceilings']>;
  private readonly accountChecks: ReadonlyMap<string, AccountCheckRule | undefined>;
  private readonly index: NameIndex<Programme>;

  static load(source: YamlSource, funds: Funds): Programmes {
    const file = loadYaml(source, FILE, programmeFile);
    return madeOf(FILE, () => new Programmes(file, funds));
  }

  /** @throws InvalidValueError when a default fund is not configured or a name stands for two programmes. */
  constructor(file: ProgrammeFile, funds: Funds) {
    const entries = new Map<Programme, Entry>(
      file.programmes.map((entry) => [toProgramme(entry), entry]),
    );
    for (const { code, defaultFund } of entries.keys()) {
      if (!funds.all().some((fund) => fund.code === defaultFund)) {
        throw new InvalidValueError(
          `programme ${code}`,
          `its fund ${defaultFund} is not configured`,
        );
      }
    }
    this.programmes = [...entries.keys()];
    this.ceilings = new Map(file.programmes.map((entry) => [entry.code, entry.ceilings]));
    this.accountChecks = new Map(file.programmes.map((entry) => [entry.code, entry.accountCheck]));
    this.index = new NameIndex('programme', this.programmes, (programme) => [
      programme.code,
      programme.name.vi,
      programme.name.en,
      ...(entries.get(programme)?.aliases ?? []),
    ]);
  }

  /** By code, name or alias, folded. */
  find(text: string): Programme | null {
    return this.index.find(text);
  }

  all(): readonly Programme[] {
    return this.programmes;
  }

  /** The most that one regular line of that period may carry; null when no law fixes it. */
  ceilingOf(code: string, period: Period): Money | null {
    const day = lastDayOf(period);
    const inForce = (this.ceilings.get(code) ?? [])
      .filter((ceiling) => ceiling.from <= day)
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .at(-1);
    return inForce ? Money.of(inForce.amount) : null;
  }

  accountCheckOf(code: string): AccountCheckRule {
    return this.accountChecks.get(code) ?? ACCOUNT_CHECK_USUALLY;
  }

  /** Whether a period has the form of the programme's rhythm: a month for a monthly one, a round for rounds. */
  periodFits(programme: Programme, period: Period): boolean {
    return PERIOD_OF[programme.rhythm].test(period);
  }
}

function toProgramme({ code, name, rhythm, defaultFund, payee, ceilings }: Entry): Programme {
  const highest = ceilings
    .map((ceiling) => Money.of(ceiling.amount))
    .sort((a, b) => a.compare(b))
    .at(-1);
  return { code, name, rhythm, defaultFund, payee, ceiling: highest?.toString() };
}
