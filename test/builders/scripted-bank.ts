import type {
  BankCall,
  BankFile,
  BankReason,
  BulkOrder,
  EnquiryAnswer,
  PayAnswer,
  PaymentOrder,
  PaymentQuery,
  BankAdapter,
} from '../../src/banks/index.js';

/** What the bank does with an order in its own books, and what it lets us know. */
export interface Mood {
  readonly books: 'credits' | 'accepts' | 'refuses' | 'nothing';
  /** `truth`: what its books say. `refusal`: a refusal that no book keeps. The others hide the truth. */
  readonly says:
    | 'truth'
    | 'refusal'
    | 'not-sent'
    | 'unknown'
    | 'throws'
    | 'hangs'
    | 'null'
    | 'leaves-out'
    | 'a-stranger';
  readonly reason?: BankReason;
  readonly retryAfterMs?: number;
}

const mood = (books: Mood['books'], says: Mood['says']): Mood => ({ books, says });

/** Moods by name; a booked one has moved the money whatever it says. */
export const MOODS = {
  settles: mood('credits', 'truth'),
  accepts: mood('accepts', 'truth'),
  neverGotIt: mood('nothing', 'not-sent'),
  doubtfulBooked: mood('credits', 'unknown'),
  doubtfulNotBooked: mood('nothing', 'unknown'),
  throwsBooked: mood('credits', 'throws'),
  throwsNotBooked: mood('nothing', 'throws'),
  hangsBooked: mood('credits', 'hangs'),
  saysNullBooked: mood('credits', 'null'),
  leavesOutBooked: mood('credits', 'leaves-out'),
  speaksOfStrangers: mood('credits', 'a-stranger'),
} as const;

export const refuses = (code: string): Mood => ({
  books: 'refuses',
  says: 'truth',
  reason: { code },
});
export const comeBackLater = (retryAfterMs: number): Mood => ({
  ...MOODS.neverGotIt,
  retryAfterMs,
});

/** How the bank meets an enquiry. */
export type EnquiryMood =
  'truth' | 'not-found' | 'unknown' | 'throws' | 'null' | 'leaves-out' | 'hangs';

interface Booking {
  state: 'accepted' | 'settled' | 'rejected' | 'returned';
  readonly order: PaymentOrder;
  reason?: BankReason;
  sequence: number;
  /** How often the money left: more than once is what must never happen. */
  credits: number;
}

export interface SeenCall {
  readonly kind: 'pay' | 'payMany' | 'enquire';
  readonly message: string | null;
  readonly references: readonly string[];
  readonly attemptId: string;
}

/**
 * A bank that does what a test tells it, with books of its own: what they say in the end is compared with ours.
 * Idempotent by reference unless its file says otherwise.
 */
export class ScriptedBank implements BankAdapter {
  readonly calls: SeenCall[] = [];
  /** Runs after the booking and before the answer: the moment between the bank's act and our knowing. */
  beforeAnswer: (() => Promise<void>) | null = null;
  payMany?: (submission: BulkOrder, call: BankCall) => Promise<Map<string, PayAnswer>>;
  private readonly books = new Map<string, Booking>();
  private readonly scripts = new Map<string, Mood[]>();
  private usual: Mood = MOODS.settles;
  private enquiryMood: EnquiryMood = 'truth';

  constructor(private readonly file: BankFile) {
    if (file.mode === 'bulk') this.payMany = (submission, call) => this.many(submission, call);
  }

  /** From now on, for every order without a script of its own. */
  usually(usual: Mood): void {
    this.usual = usual;
  }

  /** What comes of an order, by its reference or account: one mood a sending, the last one for ever. */
  script(referenceOrAccount: string, ...moods: Mood[]): void {
    this.scripts.set(referenceOrAccount, moods);
  }

  onEnquiry(enquiryMood: EnquiryMood): void {
    this.enquiryMood = enquiryMood;
  }

  /** The bank's own later act on what it has booked. */
  becomes(reference: string, state: Booking['state'], reason?: BankReason): void {
    const booking = this.books.get(reference);
    if (!booking) throw new Error('the bank knows no such reference');
    if (state === 'settled' && booking.state !== 'settled') booking.credits += 1;
    Object.assign(booking, { state, reason, sequence: booking.sequence + 1 });
  }

  booking(reference: string): Readonly<Booking> | undefined {
    return this.books.get(reference);
  }

  credited(): Readonly<Booking>[] {
    return [...this.books.values()].filter((b) => b.credits > 0);
  }

  paidTwice(): string[] {
    return [...this.books].filter(([, b]) => b.credits > 1).map(([reference]) => reference);
  }

  /** Calls that carried this reference to be paid. */
  sendingsOf(reference: string): SeenCall[] {
    return this.calls.filter((c) => c.kind !== 'enquire' && c.references.includes(reference));
  }

  async pay(order: PaymentOrder, call: BankCall): Promise<PayAnswer> {
    this.calls.push({ kind: 'pay', message: null, references: [order.reference], ...idOf(call) });
    const one = this.take(order);
    await this.beforeAnswer?.();
    if (one.says === 'null' || one.says === 'leaves-out') return nothingAtAll<PayAnswer>();
    return this.answer(one, order.reference);
  }

  async enquire(
    queries: readonly PaymentQuery[],
    call: BankCall,
  ): Promise<Map<string, EnquiryAnswer>> {
    const references = queries.map((q) => q.reference);
    this.calls.push({ kind: 'enquire', message: null, references, ...idOf(call) });
    const said = new Map(references.map((r) => [r, this.tell(r)] as const));
    await this.beforeAnswer?.();
    switch (this.enquiryMood) {
      case 'throws':
        throw new Error('socket hang up');
      case 'hangs':
        return forEver();
      case 'null':
        return nothingAtAll();
      case 'leaves-out':
        return new Map([['CTSTRANGER', { kind: 'settled' }]]);
      case 'not-found':
        return new Map(references.map((r) => [r, { kind: 'not-found' }]));
      case 'unknown':
        return new Map(references.map((r) => [r, { kind: 'unknown', why: 'the core is closed' }]));
      case 'truth':
        return said;
    }
  }

  private async many(submission: BulkOrder, call: BankCall): Promise<Map<string, PayAnswer>> {
    const { orders, reference } = submission;
    const references = orders.map((o) => o.reference);
    this.calls.push({ kind: 'payMany', message: reference, references, ...idOf(call) });
    const moods = orders.map((order) => ({ order, one: this.take(order) }));
    await this.beforeAnswer?.();
    if (moods.some(({ one }) => one.says === 'null')) return nothingAtAll();
    const answers = new Map<string, PayAnswer>();
    for (const { order, one } of moods) {
      if (one.says === 'leaves-out') continue;
      if (one.says === 'a-stranger') answers.set('CTSTRANGER', { kind: 'settled' });
      else answers.set(order.reference, await this.answer(one, order.reference));
    }
    return answers;
  }

  private take(order: PaymentOrder): Mood {
    const script = this.scripts.get(order.reference) ?? this.scripts.get(order.accountNumber);
    const one = (script && script.length > 1 ? script.shift() : script?.[0]) ?? this.usual;
    if (one.books !== 'nothing') this.book(order, one);
    return one;
  }

  private book(order: PaymentOrder, { books, reason }: Mood): void {
    const known = this.books.get(order.reference);
    if (known && this.file.idempotentByReference) return;
    const state = { credits: 'settled', accepts: 'accepted', refuses: 'rejected' } as const;
    if (books === 'nothing') return;
    this.books.set(order.reference, {
      state: state[books],
      order,
      reason,
      sequence: (known?.sequence ?? 0) + 1,
      credits: (known?.credits ?? 0) + (books === 'credits' ? 1 : 0),
    });
  }

  private async answer(one: Mood, reference: string): Promise<PayAnswer> {
    switch (one.says) {
      case 'not-sent':
        return { kind: 'not-sent', why: 'refused to connect', retryAfterMs: one.retryAfterMs };
      case 'throws':
        throw new Error('socket hang up');
      case 'hangs':
        return forEver();
      case 'refusal':
        return { kind: 'rejected', reason: one.reason ?? { code: 'NARR' } };
      case 'truth': {
        const told = this.tell(reference);
        if (told.kind !== 'not-found' && told.kind !== 'returned') return told;
        return { kind: 'unknown', why: 'no answer to an order' };
      }
      default:
        return { kind: 'unknown', why: 'the answer was lost' };
    }
  }

  private tell(reference: string): EnquiryAnswer {
    const booking = this.books.get(reference);
    if (!booking) return { kind: 'not-found' };
    const { state, sequence } = booking;
    const bankReference = `B${reference.slice(-8)}`;
    if (state === 'accepted' || state === 'settled') {
      return { kind: state, sequence, bankReference };
    }
    return { kind: state, sequence, bankReference, reason: booking.reason ?? { code: 'NARR' } };
  }
}

const idOf = ({ attemptId }: BankCall) => ({ attemptId });

/** What a careless adapter gives although its types forbid it. */
function nothingAtAll<T>(): T {
  return JSON.parse('null') as T;
}

function forEver<T>(): Promise<T> {
  return new Promise(() => undefined);
}
