import { createHash } from 'node:crypto';
import type { KnownPayment, NewPayment } from './books.store.js';
import type { Conduct } from './conduct.js';
import { moodOf, REASON_TEXTS, usualSteps, type Mishap, type Step, type Steps } from './moods.js';
import type { Order, StatusOnWire } from './sandbox-wire.js';

export interface Message {
  readonly bank: string;
  readonly kind: 'single' | 'bulk';
  readonly orders: readonly Order[];
}

export type Taken =
  | { readonly kind: 'reference-reused'; readonly reference: string }
  /** Nothing of the message was booked. */
  | { readonly kind: 'nothing'; readonly mishap: NonNullable<ReturnType<typeof beforeOf>> }
  | {
      readonly kind: 'booked';
      readonly statuses: readonly StatusOnWire[];
      readonly mishap: Mishap | undefined;
    };

/** What the books say while a message is decided, under the lock of the bank's account. */
export interface BooksNow {
  readonly known: ReadonlyMap<string, KnownPayment>;
  /** How often each order arrived, this time included. */
  readonly arrivals: ReadonlyMap<string, number>;
  readonly available: bigint;
  readonly conduct: Conduct;
  readonly at: Date;
}

/** What becomes of a message: its answer, what is to be booked, and what the account can pay after it. */
export function decide(
  message: Message,
  now: BooksNow,
): { taken: Taken; payments: readonly NewPayment[]; available: bigint } {
  const { orders } = message;
  const keptOut = { payments: [], available: now.available };
  const reused = orders.find((order) => isAnother(order, now.known.get(order.reference)));
  if (reused)
    return { taken: { kind: 'reference-reused', reference: reused.reference }, ...keptOut };
  const fresh = orders.filter((order) => !now.known.has(order.reference));
  const mishap = beforeOf(fresh, now.arrivals);
  if (mishap) return { taken: { kind: 'nothing', mishap }, ...keptOut };

  const plan = planned(fresh, { ...now, bank: message.bank, kind: message.kind });
  const first = new Map(
    plan.booked.map(({ order, payment }) => [order.reference, firstStatus(order, payment, now.at)]),
  );
  const statuses = orders.map((order) => {
    const before = now.known.get(order.reference);
    return before ? statusOf(before) : first.get(order.reference);
  });
  return {
    taken: {
      kind: 'booked',
      mishap: fresh.map((order) => moodOf(order.creditor.accountNumber)?.after).find(Boolean),
      statuses: statuses.filter((status) => status !== undefined),
    },
    payments: plan.booked.map(({ payment }) => payment),
    available: plan.left,
  };
}

/** The misfortune that keeps a message out, on the first arrival of an order with such a mood. */
function beforeOf(fresh: readonly Order[], arrivals: ReadonlyMap<string, number>) {
  return fresh
    .filter((order) => arrivals.get(order.reference) === 1)
    .map((order) => moodOf(order.creditor.accountNumber)?.before)
    .find((before) => before !== undefined);
}

/** In the order of the message, until the account is empty: what it cannot pay is rejected with AM04. */
function planned(
  orders: readonly Order[],
  given: { bank: string; kind: Message['kind']; conduct: Conduct; available: bigint },
): { booked: { order: Order; payment: NewPayment }[]; left: bigint } {
  let left = given.available;
  const booked = orders.map((order) => {
    let steps = stepsOf(order, given);
    const rejected = steps[0].status === 'RJCT' || steps[0].status === 'BLCK';
    if (!rejected && BigInt(order.amount) > left) steps = [refusalFor('AM04')];
    else if (!rejected) left -= BigInt(order.amount);
    const payment = {
      reference: order.reference,
      orderDigest: digestOf(order),
      amount: order.amount,
      bankBin: order.creditor.bankBin,
      accountNumber: order.creditor.accountNumber,
      narrative: order.narrative,
      bankReference: bankReferenceOf(order, given.bank),
      steps,
    };
    return { order, payment };
  });
  return { booked, left };
}

function stepsOf(order: Order, given: { conduct: Conduct; kind: Message['kind'] }): Steps {
  const usual = usualSteps(given.conduct, given.kind);
  return moodOf(order.creditor.accountNumber)?.steps?.(given.conduct, usual) ?? usual;
}

function refusalFor(reasonCode: string): Step {
  return { status: 'RJCT', reasonCode, afterMs: 0, noticeAfterMs: null, noticeCopies: 1 };
}

function isAnother(order: Order, known: KnownPayment | undefined): boolean {
  return known !== undefined && known.orderDigest !== digestOf(order);
}

function digestOf(order: Order): string {
  const { creditor } = order;
  const fields = [
    order.amount,
    order.currency,
    creditor.bankBin,
    creditor.accountNumber,
    creditor.accountName,
    order.narrative,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Derived, not drawn: the same order gets the same reference in every run. */
function bankReferenceOf(order: Order, bank: string): string {
  const digest = createHash('sha256').update(`${bank} ${order.reference}`).digest('hex');
  return `FT${digest.slice(0, 18).toUpperCase()}`;
}

/** The first answer; some moods do not tell the truth in it. */
function firstStatus(order: Order, payment: NewPayment, at: Date): StatusOnWire {
  const told = moodOf(order.creditor.accountNumber)?.firstAnswer;
  const { reference, amount, currency } = order;
  if (told) return { reference, amount, currency, ...told };
  const [first] = payment.steps;
  return statusOf({
    reference,
    amount,
    status: first.status,
    reasonCode: first.reasonCode ?? null,
    bankReference: payment.bankReference,
    sequence: 1,
    changedAt: at,
  });
}

export function statusOf(payment: Omit<KnownPayment, 'orderDigest'>): StatusOnWire {
  return {
    reference: payment.reference,
    status: payment.status,
    ...(payment.reasonCode !== null && {
      reasonCode: payment.reasonCode,
      reasonText: REASON_TEXTS[payment.reasonCode] ?? payment.reasonCode,
    }),
    bankReference: payment.bankReference,
    amount: payment.amount,
    currency: 'VND',
    at: payment.changedAt.toISOString(),
    sequence: payment.sequence,
  };
}
