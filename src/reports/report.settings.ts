import { z } from 'zod';
import { InvalidValueError, lastDayOf, type Period } from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';

const percent = z.number().int().min(0).max(100);
const target = z.strictObject({
  from: z.iso.date(),
  account: percent,
  verified: percent,
  credited: percent,
});
const deadline = z.strictObject({
  code: z.string().regex(/^[a-z][a-z-]{1,39}$/),
  name: z.strictObject({ vi: z.string().min(1), en: z.string().min(1) }),
  before: z.number().int().min(2).max(28),
  months: z.array(z.number().int().min(1).max(12)).min(1).optional(),
  law: z.string().optional(),
});
const reportFile = z.strictObject({
  targets: z.array(target).min(1),
  deadlines: z.array(deadline).default([]),
});

export type ReportFile = z.infer<typeof reportFile>;
/** Shares of people in percent that a plan asks for. */
export type Target = z.infer<typeof target>;
export type DeadlineRule = z.infer<typeof deadline>;

const FILE = 'reports.yaml';

/** config/reports.yaml, read once at boot: what reports are measured against. */
export class ReportSettings {
  private readonly newestFirst: readonly Target[];

  /** @throws SettingsError naming the field that is wrong. */
  static load(source: YamlSource): ReportSettings {
    const file = loadYaml(source, FILE, reportFile);
    return madeOf(FILE, () => new ReportSettings(file));
  }

  /** @throws InvalidValueError when two targets begin on one day or two deadlines have one code. */
  constructor(private readonly file: ReportFile) {
    once(
      'target',
      file.targets.map(({ from }) => from),
    );
    once(
      'deadline',
      file.deadlines.map(({ code }) => code),
    );
    this.newestFirst = [...file.targets].sort((a, b) => (a.from > b.from ? -1 : 1));
  }

  get deadlines(): readonly DeadlineRule[] {
    return this.file.deadlines;
  }

  /** What holds for the period; null before the first plan. */
  targetOf(period: Period): Target | null {
    const day = lastDayOf(period);
    return this.newestFirst.find(({ from }) => from <= day) ?? null;
  }
}

function once(what: string, keys: readonly string[]): void {
  const doubled = keys.find((key, at) => keys.indexOf(key) !== at);
  if (doubled !== undefined) throw new InvalidValueError(what, `${doubled} stands there twice`);
}
