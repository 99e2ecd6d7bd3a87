import type { Returned, Settled } from '../banks/index.js';
import type { Money } from '../kernel/index.js';

// The statement is the proof (never-pay-twice, rule 12): an entry proves a payment by our reference *and* the
// same amount, through the bank that the payment went through. What else moved under a reference is money too:
// it is told until another entry takes it back or a person explains it.

/** What an entry of a statement is to our books. */
export const BUCKETS = [
  'matched', // the debit that proves a payment
  'returned', // the credit that gives a payment back
  'undone', // takes back another entry that was one too many; both rest
  'amount-differs', // our reference, another amount
  'unknown-reference', // a reference that no payment of this bank has
  'debited-twice', // a payment that another debit proved already
  'returned-twice', // a payment that another credit gave back already
  'return-reversed', // the bank takes a return back: the money is out after all
  'contradicts', // money moved for a payment that we hold as rejected or cancelled
  'not-ours', // no reference: fees, top-ups
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Buckets that alarm nobody. An entry that is not ours still wants an explanation. */
export const QUIET_BUCKETS: readonly Bucket[] = ['matched', 'returned', 'undone', 'not-ours'];

/** Buckets of money that moved and does not fit, until another entry takes it back. */
export const LOOSE_BUCKETS = [
  'amount-differs',
  'unknown-reference',
  'debited-twice',
  'returned-twice',
  'return-reversed',
  'contradicts',
] as const satisfies readonly Bucket[];
type LooseBucket = (typeof LOOSE_BUCKETS)[number];

/** ISO 20022: the agent gave no reason. For a credit that gives a payment back without saying why. */
export const REASON_NOT_GIVEN = 'MS03';

export interface Entry {
  readonly id: string;
  readonly reference: string | null;
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bookedAt: Date;
  /** The bank calls it the reversal of an earlier booking. */
  readonly reversal: boolean;
  readonly returnCode: string | null;
  readonly returnText: string | null;
  readonly bankReference: string | null;
}

/** An entry of before that does not fit and was not taken back yet. */
export interface LooseEntry {
  readonly id: string;
  readonly reference: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bucket: LooseBucket;
}

/** What we hold of the payment that an entry's reference names. */
export interface Counterpart {
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
  /**
   * `closed`: rejected or cancelled, no money may move. `settled`, `back`: what our books say by any word of the bank.
   * `going`: not settled yet.
   */
  readonly standing: 'going' | 'settled' | 'back' | 'closed';
  /** Another debit proved it before. */
  readonly matched: boolean;
  /** Another credit gave it back before. */
  readonly returned: boolean;
}

/** A first look: what an entry is, or what it would prove if the payment's own story allows it. */
export type Judgement =
  | {
      readonly bucket: Exclude<Bucket, 'matched' | 'returned' | 'contradicts'>;
      readonly paymentId: string | null;
      /** The entry that this one takes back. */
      readonly undoes?: string;
      /** Money is out although the payment counts as failed: its payee is paid nothing more before somebody looked. */
      readonly holds?: boolean;
    }
  | { readonly proves: 'settled' | 'returned'; readonly payment: Counterpart };

/**
 * Judges entries together. Of one payment, debits are looked at first, then credits, then reversals of returns, each
 * by the time of booking: so neither the order of a statement nor its pages decide, and what counts is the money that
 * is out when all of them are done.
 */
export function judge(
  entries: readonly Entry[],
  known: { counterparts: ReadonlyMap<string, Counterpart>; loose: readonly LooseEntry[] },
): Map<Entry, Judgement> {
  const accounts = new Map<string, OneReference>();
  for (const entry of known.loose) accountOf(accounts, entry, known.counterparts).remember(entry);
  const judgements = new Map<Entry, Judgement>();
  for (const entry of [...entries].sort(byTurn)) {
    const { reference } = entry;
    judgements.set(
      entry,
      reference === null
        ? { bucket: 'not-ours', paymentId: null }
        : accountOf(accounts, { ...entry, reference }, known.counterparts).judge(entry),
    );
  }
  return judgements;
}

type Named = Pick<Entry, 'amount'> & { readonly reference: string };

function accountOf(
  accounts: Map<string, OneReference>,
  entry: Named,
  counterparts: ReadonlyMap<string, Counterpart>,
): OneReference {
  const { amount, reference } = entry;
  const key = JSON.stringify([reference, amount.currency, amount]);
  const known = accounts.get(key);
  if (known) return known;
  const payment = counterparts.get(reference);
  const account = new OneReference(payment, payment?.amount.equals(amount) ?? false);
  accounts.set(key, account);
  return account;
}

/** What moved under one reference in one amount. */
class OneReference {
  private readonly loose: Record<'debits' | 'credits' | 'reversals', string[]> = {
    debits: [],
    credits: [],
    reversals: [],
  };
  private matched: boolean;
  private returned: boolean;
  private back: boolean;

  constructor(
    private readonly payment: Counterpart | undefined,
    private readonly amountFits: boolean,
  ) {
    this.matched = payment?.matched ?? false;
    this.returned = payment?.returned ?? false;
    this.back = payment?.standing === 'back';
  }

  remember({ id, direction, bucket }: LooseEntry): void {
    if (direction === 'credit') this.loose.credits.push(id);
    else this.loose[bucket === 'return-reversed' ? 'reversals' : 'debits'].push(id);
  }

  judge(entry: Entry): Judgement {
    const { payment } = this;
    if (!payment || !this.amountFits) return this.judgeStranger(entry);
    if (entry.direction === 'credit') return this.judgeCredit(entry, payment);
    return entry.reversal ? this.judgeReversal(entry) : this.judgeDebit(entry, payment);
  }

  /** Proves nothing, whatever happens to it; but the bank may take it back. */
  private judgeStranger(entry: Entry): Judgement {
    const [same, other] =
      entry.direction === 'debit'
        ? [this.loose.debits, this.loose.credits]
        : [this.loose.credits, this.loose.debits];
    const failed = this.payment?.standing === 'closed' || this.payment?.standing === 'back';
    return (
      this.undoing(other) ?? {
        ...this.told(entry, this.payment ? 'amount-differs' : 'unknown-reference', same),
        holds: failed && entry.direction === 'debit',
      }
    );
  }

  private judgeDebit(entry: Entry, payment: Counterpart): Judgement {
    if (!this.matched && payment.standing !== 'closed') {
      this.matched = true;
      return { proves: 'settled', payment };
    }
    const undoing = this.undoing(this.loose.credits);
    if (undoing) return undoing;
    if (payment.standing === 'closed') return this.refusedLater(entry, 'settled', payment);
    return { ...this.told(entry, 'debited-twice', this.loose.debits), holds: this.back };
  }

  /**
   * A credit takes back the debit that was one too many, so that the payment stays paid. But where our books say
   * already that the payment came back, its own return comes first, or one debit too many would be forgotten.
   */
  private judgeCredit(entry: Entry, payment: Counterpart): Judgement {
    const ownReturnIsDue = this.back && !this.returned;
    const undoing = ownReturnIsDue ? null : this.undoing(this.loose.debits);
    if (undoing) return undoing;
    if (payment.standing === 'closed') return this.refusedLater(entry, 'returned', payment);
    if (!this.returned) {
      this.returned = true;
      this.back = true;
      return { proves: 'returned', payment };
    }
    return (
      this.undoing(this.loose.reversals) ?? this.told(entry, 'returned-twice', this.loose.credits)
    );
  }

  /** The bank takes a credit back. Never a proof that the payment is fine: a person looks at it. */
  private judgeReversal(entry: Entry): Judgement {
    return (
      this.undoing(this.loose.credits) ?? {
        ...this.told(entry, 'return-reversed', this.loose.reversals),
        holds: true,
      }
    );
  }

  /** Payments will refuse it and keep the contradiction; an entry the other way takes it back. */
  private refusedLater(
    entry: Entry,
    proves: 'settled' | 'returned',
    payment: Counterpart,
  ): Judgement {
    this.loose[proves === 'settled' ? 'debits' : 'credits'].push(entry.id);
    return { proves, payment };
  }

  private undoing(loose: string[]): Judgement | null {
    const undoes = loose.pop();
    const paymentId = this.payment?.paymentId ?? null;
    return undoes === undefined ? null : { bucket: 'undone', paymentId, undoes };
  }

  private told(entry: Entry, bucket: Exclude<LooseBucket, 'contradicts'>, loose: string[]) {
    loose.push(entry.id);
    return { bucket, paymentId: this.payment?.paymentId ?? null };
  }
}

function byTurn(one: Entry, other: Entry): number {
  return (
    turnOf(one) - turnOf(other) ||
    one.bookedAt.getTime() - other.bookedAt.getTime() ||
    (one.id < other.id ? -1 : 1)
  );
}

function turnOf({ direction, reversal }: Entry): number {
  if (direction === 'credit') return 1;
  return reversal ? 2 : 0;
}

export function settledBy(entry: Entry): Settled {
  return { kind: 'settled', at: entry.bookedAt, bankReference: entry.bankReference ?? undefined };
}

export function returnedBy(entry: Entry): Returned {
  return {
    kind: 'returned',
    at: entry.bookedAt,
    bankReference: entry.bankReference ?? undefined,
    reason: {
      code: entry.returnCode ?? REASON_NOT_GIVEN,
      text: entry.returnText ?? undefined,
    },
  };
}
