import { createHash } from 'node:crypto';
import type { BankBooks } from './bank-books.js';
import type { Seen, SeenPayment } from './observe.js';

/** What must never happen, and which of the counters of harm it counts for. */
export const INVARIANTS = {
  'paid twice': 'paidTwice',
  forgotten: 'lost',
  'without a way on': 'lost',
  'not ended': 'lost',
  'books differ': 'lost',
  'entitlement differs': 'lost',
  'illegal move': 'illegalMoves',
  'audit broken': 'illegalMoves',
  'withheld payee paid': 'illegalMoves',
  'alert missing': 'alertsMissing',
  unbalanced: 'unbalanced',
  'fund overdrawn': 'unbalanced',
  'unexpected error': 'errors',
} as const;
export type Invariant = keyof typeof INVARIANTS;

export class Violation extends Error {
  constructor(
    readonly invariant: Invariant,
    readonly detail: string,
  ) {
    super(`${invariant}: ${detail}`);
  }
}

const DEAD = new Set(['rejected', 'returned', 'cancelled']);
const LIVE = new Set(['ready', 'sending', 'accepted', 'unknown']);

/** Nobody is credited twice for one entitlement: at every moment, over all payments made for it. */
export function nobodyPaidTwice(seen: Seen, banks: readonly BankBooks[]): void {
  const net = new Map<string, number>();
  for (const { entitlement, reference } of seen.payments) {
    const credited = banks.reduce((sum, books) => sum + books.net(reference), 0);
    net.set(entitlement, (net.get(entitlement) ?? 0) + credited);
  }
  for (const [entitlement, credited] of net) {
    if (credited > 1)
      throw new Violation('paid twice', `entitlement ${entitlement}: ${credited} times`);
  }
}

export function nothingForgotten(seen: Seen): void {
  const [line] = seen.forgottenLines;
  if (line) throw new Violation('forgotten', `line ${line} has neither a payment nor an event`);
  for (const payment of seen.payments) {
    const why = stuckBecause(payment);
    if (why) throw new Violation('without a way on', `payment ${payment.id}: ${why}`);
  }
}

function stuckBecause(payment: SeenPayment): string | null {
  const { state, submissionState, runState, enquiryAt } = payment;
  if (LIVE.has(state) && runState === 'finished') return `${state} in a finished run`;
  if (state === 'ready' && submissionState !== 'waiting') {
    return `ready in a submission that is ${submissionState}`;
  }
  if (state === 'sending' && submissionState !== 'sending') {
    return `sending in a submission that is ${submissionState}`;
  }
  // What was taken in is looked for, in a run that is not finished; that it comes to rest, the calm shows.
  if (state === 'unknown' && enquiryAt === null) {
    return 'unknown and never asked about';
  }
  return null;
}

export function noIllegalMove(seen: Seen): void {
  const [bad] = seen.badHistory;
  if (bad) throw new Violation('illegal move', bad);
}

/** The books of the funds are the sums of the payments, and no fund gives what it has not. */
export function booksBalance(seen: Seen): void {
  const [fault] = seen.ledgerFaults;
  if (fault === undefined) return;
  throw new Violation(fault.startsWith('overdrawn') ? 'fund overdrawn' : 'unbalanced', fault);
}

/** What is owed says what became of it. */
export function entitlementsAgree(seen: Seen): void {
  const by = new Map<string, SeenPayment[]>();
  for (const payment of seen.payments) {
    by.set(payment.entitlement, [...(by.get(payment.entitlement) ?? []), payment]);
  }
  for (const { id, state } of seen.entitlements) {
    const payments = by.get(id) ?? [];
    const settled = payments.some((payment) => payment.state === 'settled');
    const live = payments.some((payment) => LIVE.has(payment.state));
    const states = payments.map((payment) => payment.state).join(', ');
    if ((state === 'paid') !== settled || (live && state !== 'in_batch')) {
      throw new Violation('entitlement differs', `${id} is ${state}, its payments: ${states}`);
    }
  }
}

/** Goes on from the last link seen. @returns the new end of the chain. */
export function auditWhole(
  seen: Seen,
  last: { seq: string; hash: string },
): { seq: string; hash: string } {
  const [untraced] = seen.untraced;
  if (untraced) throw new Violation('audit broken', `no trace of ${untraced}`);
  let end = last;
  for (const { seq, previous, hash, canonical } of seen.links) {
    const broken =
      BigInt(seq) !== BigInt(end.seq) + 1n ||
      previous !== end.hash ||
      canonical === null ||
      createHash('sha256').update(canonical, 'utf8').digest('hex') !== hash;
    if (broken) throw new Violation('audit broken', `link ${seq}`);
    end = { seq: String(seq), hash };
  }
  return end;
}

/** Judged from the payments themselves, right after an evaluation. */
export function everyFailureAlarmed(
  seen: Seen,
  given: { now: Date; unknownAfterMs: number },
): void {
  const states = new Map(seen.entitlements.map(({ id, state }) => [id, state]));
  const reissued = new Set(
    seen.payments.filter(({ state }) => state !== 'cancelled').map(({ reissueOf }) => reissueOf),
  );
  const wanted = new Set<string>();
  for (const payment of seen.payments) {
    const { state, batch, reason, entitlement, bank, unknownSince } = payment;
    const owed = states.get(entitlement);
    const failed = state === 'rejected' || state === 'returned';
    if (failed && owed !== 'paid' && owed !== 'ended' && !reissued.has(payment.id)) {
      wanted.add(`${state} ${batch} ${reason ?? ''}`);
    }
    if (state === 'cancelled' && reason !== null && owed === 'open' && !reissued.has(payment.id)) {
      wanted.add(`cancelled ${batch} ${reason}`);
    }
    const age = unknownSince === null ? 0 : given.now.getTime() - Date.parse(unknownSince);
    if (state === 'unknown' && age >= given.unknownAfterMs) wanted.add(`unknown ${bank}`);
  }
  const alarmed = new Set(seen.alerts);
  for (const fingerprint of wanted) {
    if (!alarmed.has(fingerprint)) throw new Violation('alert missing', fingerprint);
  }
}

/** When everything has come to rest: each payment has ended, and our books are the bank's. */
export function allEndedAsTheBankSays(seen: Seen, banks: readonly BankBooks[]): void {
  for (const payment of seen.payments) {
    const { id, state, amount, reference, bank, proven } = payment;
    if (state !== 'settled' && !DEAD.has(state))
      throw new Violation('not ended', `${id}: ${state}`);
    const booking = banks.find(({ code }) => code === bank)?.bookings.get(reference);
    const [credits, returns] = [booking?.credits ?? 0, booking?.returns ?? 0];
    const wanted = state === 'settled' ? '1 0' : state === 'returned' ? '1 1' : '0 0';
    if (`${credits} ${returns}` !== wanted) {
      const says = `credited ${credits} times, returned ${returns} times`;
      throw new Violation('books differ', `${id} is ${state}; the bank: ${says}`);
    }
    if (credits > 0 && booking?.order.amount.toString() !== amount) {
      throw new Violation('books differ', `${id}: another amount at the bank`);
    }
    if (credits > 0 && !proven) {
      throw new Violation('books differ', `${id} is ${state} and no statement proves it`);
    }
  }
  const known = new Set(seen.payments.map(({ reference }) => reference));
  for (const books of banks) {
    for (const { reference } of books.bookings.values()) {
      if (!known.has(reference)) throw new Violation('books differ', `nobody knows ${reference}`);
    }
  }
  const [odd] = [...seen.oddEntries, ...seen.conflicts];
  if (odd) throw new Violation('books differ', `the bank contradicts us: ${odd}`);
  const lost = seen.deliveries.length + seen.waitingNotices + seen.openReconciliations;
  if (lost > 0) {
    const what = `${seen.deliveries.join(', ')}; ${seen.waitingNotices} notices`;
    throw new Violation('not ended', `work that nobody takes: ${what}`);
  }
}

/** What a step sent although its run stood still, or its payee was on hold, before the step. */
export function nothingSentThatStops(before: Seen, now: Seen): void {
  const was = new Map(before.payments.map((payment) => [payment.id, payment]));
  const held = new Set(before.held);
  for (const { id, lastSentAt, beneficiary } of now.payments) {
    const earlier = was.get(id);
    if (!earlier || lastSentAt === earlier.lastSentAt) continue;
    if (held.has(beneficiary)) throw new Violation('withheld payee paid', `payment ${id}`);
    if (earlier.runState !== 'running' || earlier.cancelRequested) {
      throw new Violation('illegal move', `payment ${id} is sent in a run that stands still`);
    }
  }
}
