import { z } from 'zod';
import { Money } from '../kernel/index.js';

/** The rail of a bank whose file names none, and of what was born before its file named any. */
export const DEFAULT_RAIL = 'default';

// `abort`: what is not readable by itself is not compared with others.
const wholeDong = z.string().regex(/^[1-9]\d{0,17}$/, {
  error: 'whole đồng, digits only, in quotes: "499999999"',
  abort: true,
});
const bin = z.string().regex(/^\d{6}$/, 'a BIN is six digits in quotes');
const payments = z.number().int().min(1).max(10_000_000);
/** Asia/Ho_Chi_Minh; in quotes, because YAML would read 08:30 its own way. */
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'HH:mm in quotes', abort: true });
const bound = z.strictObject({ payments: payments.optional(), amount: wholeDong.optional() });

/** When a rail takes payments: from `from` on, and until its cut-off, or until `to` where it has none. */
const hours = z.strictObject({
  /** `working`: the days of config/calendars/vn.yaml, worked Saturdays included; `daily`: every day. */
  days: z.enum(['working', 'daily']),
  from: timeOfDay,
  to: timeOfDay,
  /** What comes later the bank would book on its next day; it is not sent before then. */
  cutOff: timeOfDay.optional(),
});

/** One way on which a bank carries payments. */
export const railSchema = z.strictObject({
  /** Stable: rows carry it. */
  code: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'a-z, 0-9 and -, at most 31 characters'),
  /** Whole đồng of one payment, both included. */
  minAmount: wholeDong.optional(),
  maxAmount: wholeDong.optional(),
  /** Only to accounts at these banks: a transfer within the bank's own books. */
  onlyTo: z.array(bin).min(1).optional(),
  open: z.union([z.literal('always'), hours]).default('always'),
  limits: z
    .strictObject({
      /** One message (a file): its payments and their sum. */
      perMessage: bound.default({}),
      /** One day at the office, over all messages. */
      perDay: bound.default({}),
    })
    .default({ perMessage: {}, perDay: {} }),
});

export type Rail = z.infer<typeof railSchema>;
export type RailHours = z.infer<typeof hours>;

/** What is wrong in a list of rails: where (a path into it) and the rule in words. */
export interface RailProblem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What a rail says of itself must hold together, and the rails together must say what they mean. */
export function railProblems(rails: readonly Rail[]): RailProblem[] {
  return [
    ...rails.flatMap((rail, at) =>
      [...boundsOf(rail), ...hoursOf(rail)].map(({ path, message }) => ({
        path: [at, ...path],
        message,
      })),
    ),
    ...reserved(rails),
    ...doubledCodes(rails),
    ...neverUsed(rails),
    ...gaps(rails),
  ];
}

function boundsOf({ minAmount, maxAmount, limits }: Rail): RailProblem[] {
  const { perMessage, perDay } = limits;
  const not = (path: string[], message: string): RailProblem => ({ path, message });
  const problems: RailProblem[] = [];
  if (isMore(minAmount, maxAmount))
    problems.push(not(['minAmount'], 'is not more than maxAmount: no payment could take it'));
  if (isMore(maxAmount, perMessage.amount))
    problems.push(not(['maxAmount'], 'is not more than limits.perMessage.amount'));
  if (isMore(maxAmount, perDay.amount))
    problems.push(not(['maxAmount'], 'is not more than limits.perDay.amount'));
  if (isMore(perMessage.amount, perDay.amount))
    problems.push(
      not(
        ['limits', 'perMessage', 'amount'],
        'is not more than limits.perDay.amount: it would wait for ever',
      ),
    );
  if ((perMessage.payments ?? 0) > (perDay.payments ?? Infinity))
    problems.push(
      not(
        ['limits', 'perMessage', 'payments'],
        'is not more than limits.perDay.payments: it would wait for ever',
      ),
    );
  return problems;
}

function hoursOf({ open }: Rail): RailProblem[] {
  if (open === 'always') return [];
  const { from, to, cutOff } = open;
  const problems: RailProblem[] = [];
  if (from >= to)
    problems.push({ path: ['open', 'to'], message: 'is later than from, on the same day' });
  if (cutOff !== undefined && (cutOff <= from || cutOff > to))
    problems.push({ path: ['open', 'cutOff'], message: 'lies within from and to' });
  return problems;
}

/** What was born before the file named rails goes on as it was born: the word means that, and no rail of now. */
function reserved(rails: readonly Rail[]): RailProblem[] {
  if (rails.length === 1) return [];
  return rails.flatMap(({ code }, at) =>
    code === DEFAULT_RAIL
      ? [{ path: [at, 'code'], message: `${DEFAULT_RAIL} is kept for banks without rails` }]
      : [],
  );
}

function doubledCodes(rails: readonly Rail[]): RailProblem[] {
  const codes = rails.map((rail) => rail.code);
  return codes.flatMap((code, at) =>
    codes.indexOf(code) < at ? [{ path: [at, 'code'], message: `${code} is named twice` }] : [],
  );
}

/** A rail that an earlier one leaves nothing to is a slip: its order, or a bound that was forgotten. */
function neverUsed(rails: readonly Rail[]): RailProblem[] {
  return rails.flatMap((rail, at) => {
    const earlier = rails.slice(0, at).find((other) => leavesNothingTo(other, rail));
    const message = `is never used: ${earlier?.code} carries all of it and stands before it`;
    return earlier ? [{ path: [at], message }] : [];
  });
}

function leavesNothingTo(earlier: Rail, rail: Rail): boolean {
  const everywhere = earlier.onlyTo === undefined;
  const [wide, narrow] = [rangeOf(earlier), rangeOf(rail)];
  return (
    (everywhere || (rail.onlyTo?.every((one) => earlier.onlyTo?.includes(one)) ?? false)) &&
    wide.least.compare(narrow.least) <= 0 &&
    (wide.most === null || (narrow.most !== null && wide.most.compare(narrow.most) >= 0))
  );
}

/** Less is carried, more is carried, and between them nothing: nobody means that. */
function gaps(rails: readonly Rail[]): RailProblem[] {
  const ranges = mergedRanges(rails.filter((rail) => rail.onlyTo === undefined));
  return ranges.slice(1).map((range, at) => ({
    path: [],
    message: `no rail carries more than ${ranges[at]?.most?.toString()} and less than ${range.least.toString()}`,
  }));
}

/** Amounts of one payment that are carried, both included; no `most`: however much. */
export interface AmountRange {
  readonly least: Money;
  readonly most: Money | null;
}

const ONE_DONG = Money.of('1');

/**
 * What one payment on this rail may carry. A payment that is more than one message, or one day, may hold would never
 * leave: those limits bound it as well.
 */
export function rangeOf({ minAmount, maxAmount, limits }: Rail): AmountRange {
  const bounds = [maxAmount, limits.perMessage.amount, limits.perDay.amount];
  return {
    least: Money.of(minAmount ?? '1'),
    most: leastOf(bounds),
  };
}

/** The ranges of these rails joined where they touch, the lowest first. */
export function mergedRanges(rails: readonly Rail[]): AmountRange[] {
  const sorted = rails.map(rangeOf).sort((a, b) => a.least.compare(b.least));
  const merged: AmountRange[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (!last || (last.most !== null && range.least.compare(last.most.plus(ONE_DONG)) > 0)) {
      merged.push(range);
      continue;
    }
    merged[merged.length - 1] = { least: last.least, most: higher(last.most, range.most) };
  }
  return merged;
}

/** The smallest of the amounts that are named; null when none is. */
export function leastOf(amounts: readonly (string | undefined)[]): Money | null {
  const named = amounts.flatMap((amount) => (amount === undefined ? [] : [Money.of(amount)]));
  return named.sort((a, b) => a.compare(b))[0] ?? null;
}

function higher(one: Money | null, other: Money | null): Money | null {
  if (one === null || other === null) return null;
  return one.compare(other) >= 0 ? one : other;
}

function isMore(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Money.of(one).compare(Money.of(other)) > 0;
}
