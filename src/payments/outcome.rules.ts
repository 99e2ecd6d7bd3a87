import type { Accepted, Rejected, Returned, Settled } from '../banks/index.js';
import { paymentLifecycle, type PaymentState } from './payment.lifecycle.js';

/** What a bank says happened, by an answer, an enquiry, a notice or a statement. */
export type BankSays = Accepted | Settled | Rejected | Returned;

/**
 * `moved`: the payment went on. `repeated`: we knew. `late`: older than what we know, and ignored.
 * `conflict`: contradicts something final; nothing moves and a person is told.
 */
export type OutcomeResult = 'moved' | 'repeated' | 'late' | 'conflict';

export interface OutcomeDecision {
  readonly result: OutcomeResult;
  /** The states the payment passes through, the last being where it stands; empty unless moved. */
  readonly path: readonly PaymentState[];
  /** It failed by a refusal that is older than an acceptance: whichever of the two is wrong, money may go out. */
  readonly overtaken?: true;
}

/**
 * The number of a fact that people concluded with evidence: before every number of a bank's own, so that whatever
 * the bank says is newer than what people thought.
 */
export const PEOPLES_WORD = -1;

/** How far along its way a payment is; facts only ever carry it forward (a lattice, not an arrival order). */
const PROGRESS: Readonly<Record<PaymentState, number>> = {
  ready: 0,
  sending: 1,
  unknown: 1,
  accepted: 2,
  settled: 3,
  rejected: 3,
  cancelled: 3,
  returned: 4,
};

/**
 * Decides what one fact does to one payment. A fact that implies earlier ones brings them along: a return says
 * that the money was credited, and news about a payment we hold as not sent says that it was sent after all.
 * Where two facts contradict each other, the bank's own sequence tells which of them is the older one.
 */
export function decideOutcome(given: {
  state: PaymentState;
  /** The sequence of the fact that brought the payment here, where the bank gave one. */
  knownSequence: number | null;
  says: BankSays;
}): OutcomeDecision {
  const { state, knownSequence, says } = given;
  const target = says.kind;
  if (state === target) return { result: 'repeated', path: [] };
  const path = pathTo(state, target);
  // What carries forward is taken whatever its number: a bank whose numbers are wrong must not leave a settled
  // payment waiting for ever, and the facts of one payment end in one state in whatever order they come.
  const older =
    says.sequence !== undefined && knownSequence !== null && says.sequence < knownSequence;
  if (path) {
    const overtaken = older && state === 'accepted' && target === 'rejected';
    return { result: 'moved', path, ...(overtaken && { overtaken }) };
  }
  if (older) return { result: 'late', path: [] };
  // Nothing leads there: either we are past it on the same way, or on another way altogether.
  const past = PROGRESS[state] >= PROGRESS[target] && sameWay(state, target) && !raised(given);
  return { result: past ? 'late' : 'conflict', path: [] };
}

/**
 * A payment that finally failed, and the bank says *after that* that it goes on: its entitlement is open again by
 * now, so this is no late news but money that may be paid twice. Where people concluded that it failed, every such
 * word of the bank is one, numbered or not.
 */
function raised(given: {
  state: PaymentState;
  knownSequence: number | null;
  says: BankSays;
}): boolean {
  const { state, knownSequence, says } = given;
  const failed = state === 'rejected' || state === 'returned';
  if (failed && knownSequence === PEOPLES_WORD) return true;
  if (!failed || says.sequence === undefined || knownSequence === null) return false;
  return says.sequence > knownSequence;
}

/**
 * `settled` and `returned` lie behind `accepted`; `rejected` lies behind `accepted` too, but not behind `settled`. What
 * was cancelled unsent and what the bank refused agree: no money went out. (A sender that froze with a refusal in hand
 * may wake after the bank has proved that it never had the payment, and it was cancelled.)
 */
function sameWay(state: PaymentState, target: BankSays['kind']): boolean {
  if (target === 'accepted') return state !== 'cancelled';
  if (target === 'rejected') return state === 'cancelled';
  return target === 'settled' && state === 'returned';
}

function pathTo(state: PaymentState, target: BankSays['kind']): PaymentState[] | null {
  const way: PaymentState[] = [];
  let at = state;
  if (at === 'ready') at = step(way, 'sending');
  if (target === 'returned' && at !== 'settled') {
    if (!paymentLifecycle.can(at, 'settled')) return null;
    at = step(way, 'settled');
  }
  if (!paymentLifecycle.can(at, target)) return null;
  step(way, target);
  return way;
}

function step(way: PaymentState[], to: PaymentState): PaymentState {
  way.push(to);
  return to;
}
