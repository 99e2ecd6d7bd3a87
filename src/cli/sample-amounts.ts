import { InvalidValueError, Money } from '../kernel/index.js';
import type { SeededRandom } from './random.js';

/** Each next higher rate is drawn this much less often: most people have a low percentage. */
const RARER = 0.9;
const MAX_STEPS = 20_000;

/**
 * `count` amounts, each one of the rates, that sum to exactly `total`: drawn at random, brought near the total one
 * rate step at a time, and closed by an exact search over one or two exchanges of rates.
 * @throws InvalidValueError when no such amounts were found.
 */
export function amountsSummingTo(wanted: {
  rates: readonly Money[];
  count: number;
  total: Money;
  random: SeededRandom;
}): Money[] {
  const rates = distinctAscending(wanted.rates);
  const weighted = rates.map((_, at) => [at, RARER ** at] as const);
  const drawn = Array.from({ length: wanted.count }, () => wanted.random.weighted(weighted));
  let missing = wanted.total.minus(Money.sum(drawn.map((at) => rates[at]!)));
  const widest = rates.at(-1)!.minus(rates[0]!);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const near = absolute(missing).compare(widest) <= 0;
    if (near && exchangeExactly(drawn, rates, missing)) return drawn.map((at) => rates[at]!);
    missing = stepNearer(drawn, rates, missing, wanted.random);
  }
  throw new InvalidValueError('sample', 'no amounts of these rates make that total');
}

function distinctAscending(rates: readonly Money[]): Money[] {
  const byText = new Map(rates.map((rate) => [rate.toString(), rate]));
  return [...byText.values()].sort((a, b) => a.compare(b));
}

function absolute(amount: Money): Money {
  return amount.compare(Money.zero()) < 0 ? Money.zero().minus(amount) : amount;
}

/** Moves one person to the next rate up or down, whichever is missing; gives what is missing then. */
function stepNearer(
  drawn: number[],
  rates: readonly Money[],
  missing: Money,
  random: SeededRandom,
): Money {
  const person = random.below(drawn.length);
  const from = drawn[person]!;
  const to = from + (missing.isPositive() ? 1 : -1);
  if (to < 0 || to >= rates.length) return missing;
  drawn[person] = to;
  return missing.minus(rates[to]!.minus(rates[from]!));
}

interface Exchange {
  readonly from: number;
  readonly to: number;
}

/** Gives one or two persons another rate so that nothing is missing; false when no such exchange exists. */
function exchangeExactly(drawn: number[], rates: readonly Money[], missing: Money): boolean {
  if (missing.isZero()) return true;
  const byGain = new Map<string, Exchange>();
  const held = [...new Set(drawn)].sort((a, b) => a - b);
  for (const from of held) {
    for (let to = 0; to < rates.length; to += 1) {
      if (to === from) continue;
      const gain = rates[to]!.minus(rates[from]!);
      if (!byGain.has(gain.toString())) byGain.set(gain.toString(), { from, to });
    }
  }
  const alone = byGain.get(missing.toString());
  if (alone) return give(drawn, [alone]);
  for (const [gain, first] of byGain) {
    const second = byGain.get(missing.minus(Money.of(gain)).toString());
    if (second && second.from !== first.from) return give(drawn, [first, second]);
  }
  return false;
}

function give(drawn: number[], exchanges: readonly Exchange[]): true {
  for (const { from, to } of exchanges) drawn[drawn.indexOf(from)] = to;
  return true;
}
