import { Money } from '../../../kernel/index.js';
import type { SentOrder, UnreadItem } from '../../contract.js';
import { countOf, moneyOf } from './pain002-values.js';
import { isRefusal, quoted } from './report-words.js';
import type { XmlElement } from './xml-elements.js';

/* What a bank counts at a group or a block of a status report, against what we sent and against its own word. */

/** A count or a sum that the bank repeats of what we sent. */
interface Repeated {
  readonly name: string;
  readonly says: string;
  readonly where: string;
}

/** So many payments below it have that status (NbOfTxsPerSts). */
interface Tally {
  readonly status: string;
  readonly says: string;
}

export interface Counts {
  readonly repeated: readonly Repeated[];
  readonly tallies: readonly Tally[];
}

export const countsOf = (element: XmlElement): Counts => ({
  repeated: ['OrgnlNbOfTxs', 'OrgnlCtrlSum'].flatMap((name) => {
    const found = element.child(name);
    return found ? [{ name, says: found.text, where: found.where }] : [];
  }),
  tallies: element.all('NbOfTxsPerSts').map((tally) => ({
    status: tally.textAt('DtldSts') ?? '',
    says: tally.textAt('DtldNbOfTxs') ?? '',
  })),
});

/** Counts and sums of what we sent that are none of it. */
export function wrongCounts({ repeated }: Counts, orders: readonly SentOrder[]): UnreadItem[] {
  return repeated.flatMap((each) => {
    const why = wrongIn(each, orders);
    return why === undefined ? [] : [{ why: `${each.where}: ${why}` }];
  });
}

/**
 * What is counted there that a refusal of all these payments cannot be said beside; undefined: nothing.
 * @param orders undefined where it is not known what the bank means
 */
export function againstRefusal(
  { repeated, tallies }: Counts,
  orders: readonly SentOrder[] | undefined,
): string | undefined {
  const other = tallies.find(({ status, says }) => !isRefusal(status) && countOf(says) !== 0);
  if (other) return `NbOfTxsPerSts counts ${quoted(other.says)} as ${quoted(other.status)}`;
  if (!orders) return undefined;
  const refused = tallies.filter(({ status }) => isRefusal(status));
  const sum = refused.reduce((before, { says }) => before + (countOf(says) ?? NaN), 0);
  if (refused.length > 0 && sum !== orders.length)
    return `NbOfTxsPerSts counts ${sum} as refused, of ${orders.length}`;
  return repeated.map((each) => wrongIn(each, orders)).find((why) => why !== undefined);
}

function wrongIn({ name, says }: Repeated, orders: readonly SentOrder[]): string | undefined {
  if (name === 'OrgnlNbOfTxs')
    return countOf(says) === orders.length
      ? undefined
      : `${name} says ${quoted(says)}, and it was ${orders.length}`;
  const total = Money.sum(orders.map(({ amount }) => amount));
  return moneyOf(says, 'VND')?.equals(total)
    ? undefined
    : `${name} says ${quoted(says)}, and it was ${total.toString()}`;
}
