import {
  StatementUnreadable,
  type BankAdapter,
  type BankCall,
  type BankFile,
  type BankNotice,
  type BulkOrder,
  type EnquiryAnswer,
  type NoticeItem,
  type PayAnswer,
  type PaymentOrder,
  type PaymentQuery,
  type RawNotice,
  type StatementPage,
  type StatementQuery,
} from '../../src/banks/index.js';
import { Money, officeDate } from '../../src/kernel/index.js';
import { BankBooks } from './bank-books.js';
import {
  drawMessage,
  drawOrder,
  drawStatement,
  readOrder,
  type MessageEnd,
} from './bank-conduct.js';
import type { Surroundings } from './surroundings.js';
import type { Task } from './tasks.js';

/** A call is given up so long after the bank's time-out (the product's own grace). */
const GRACE_MS = 600;
const OPENING = Money.of('1000000000000');
const ENTRIES_PER_PAGE = 3;

/** A bank that misbehaves in every way that its contract allows, and in none other. */
export class SimulatedBank implements BankAdapter {
  readonly books: BankBooks;
  /** Nobody can connect to it. */
  isAway = false;
  payMany?: (submission: BulkOrder, call: BankCall) => Promise<Map<string, PayAnswer>>;
  private calls = 0;
  private lastStatement = '';

  constructor(
    private readonly file: BankFile,
    private readonly around: Surroundings,
    numbers: boolean,
  ) {
    this.books = new BankBooks(file.code, file.idempotentByReference, numbers, around);
    if (file.mode === 'bulk') this.payMany = (submission) => this.order(submission.orders);
  }

  async pay(order: PaymentOrder): Promise<PayAnswer> {
    const answers = await this.order([order]);
    return answers.get(order.reference) ?? nothingAtAll();
  }

  async enquire(queries: readonly PaymentQuery[]): Promise<Map<string, EnquiryAnswer>> {
    const answers = await this.exchange('enquiry', queries[0]?.reference ?? '', () => {
      const told = queries.map(({ reference }) => [reference, this.books.tell(reference)] as const);
      const found = told.filter(([, answer]) => answer.kind === 'not-found').length;
      if (found > 0) this.around.tell(`${this.file.code} does not know ${found} of them (yet)`);
      return new Map(told);
    });
    return answers;
  }

  async *statement(query: StatementQuery): AsyncIterable<StatementPage> {
    const task = this.task();
    if ((await this.around.tasks.boundary(task, 'call')) === 'die') {
      await this.around.tasks.die(task);
    }
    this.calls += 1;
    const end = this.around.aside(
      `statement(${this.file.code}#${this.calls})`,
      (random) => drawStatement(random, this.around.trouble.statements),
      'whole',
    );
    if (end !== 'whole') this.around.fault(`statement ${end}`);
    if (end === 'unreadable') throw new StatementUnreadable('HTTP 503');
    const pages = this.pagesOf(query, end);
    for (const [at, page] of pages.entries()) {
      if (end === 'breaking off' && at === pages.length - 1) {
        throw new StatementUnreadable('the connection broke');
      }
      yield page;
    }
  }

  verifyNotice({ body }: RawNotice): BankNotice {
    const read = JSON.parse(body.toString()) as {
      id: string;
      sentAt: string;
      items: { reference: string; fact: NoticeItem['fact'] & { at?: string }; amount: string }[];
    };
    const items = read.items.map(({ reference, fact, amount }): NoticeItem => ({
      reference,
      fact: { ...fact, ...(fact.at && { at: new Date(fact.at) }) },
      amount: Money.of(amount),
    }));
    return { id: read.id, sentAt: new Date(read.sentAt), items, unread: [] };
  }

  private order(orders: readonly PaymentOrder[]): Promise<Map<string, PayAnswer>> {
    return this.exchange('order', orders[0]?.reference ?? '', (call) => {
      const names = orders.map((order) => this.around.nameOf(order.reference));
      this.around.tell(`${this.file.code} receives an order for ${names.join(', ')}`);
      const answers = new Map<string, PayAnswer>();
      for (const order of orders) {
        const answer = this.take(order, call);
        if (answer) answers.set(order.reference, answer);
      }
      return answers;
    });
  }

  /** Books one order, and says what it says of it; null: it leaves it out. */
  private take(order: PaymentOrder, call: number): PayAnswer | null {
    const mood = this.around.aside(
      `mood(${this.around.nameOf(order.reference)}#${call})`,
      (random) => drawOrder(random, this.around.trouble.bank),
      'settled/truth',
    );
    const { act, code, says, waitMs } = readOrder(mood);
    const reason = { code };
    if (act === 'settled' || act === 'accepted') this.books.book(order, act);
    if (act === 'rejected') this.books.book(order, act, reason);
    if (act === 'slow') this.books.takeIn(order, this.file.enquiry.notFoundWindowMs);
    switch (says) {
      case 'truth':
        return this.asAnswer(this.books.tell(order.reference));
      case 'left-out':
        this.around.fault('bank leaves a payment out');
        return null;
      case 'not-sent':
        this.around.fault(waitMs ? 'bank says come back later' : 'surely not sent');
        return { kind: 'not-sent', why: 'refused to connect', retryAfterMs: waitMs };
      case 'refusal':
        this.around.fault('refusal that no book keeps');
        return { kind: 'rejected', reason };
      case 'unknown':
        this.around.fault(act === 'slow' ? 'bank books later' : 'bank says unknown');
        return { kind: 'unknown', why: 'the core is closed' };
    }
  }

  private asAnswer(told: EnquiryAnswer): PayAnswer {
    if (told.kind !== 'not-found' && told.kind !== 'returned') return told;
    return { kind: 'unknown', why: 'no answer to an order' };
  }

  /** One call: its way there, what the bank does, and the way back with all that may befall it. */
  private async exchange<A>(
    what: 'order' | 'enquiry',
    about: string,
    act: (call: number) => Map<string, A>,
  ): Promise<Map<string, A>> {
    const { tasks, clock } = this.around;
    const task = this.task();
    if ((await tasks.boundary(task, 'call')) === 'die') return tasks.die(task);
    this.calls += 1;
    if (this.isAway) {
      this.around.fault('call to a bank that is away');
      throw new Error('no connection');
    }
    const calledAt = clock.world;
    const answers = act(this.calls);
    const end = this.endOf(what, about);
    if ((await tasks.boundary(task, 'answer')) === 'die') {
      this.around.fault('answer lost');
      return tasks.die(task);
    }
    const overAt = calledAt + this.file.timeoutMs + GRACE_MS;
    if (end === 'hangs') return this.timeOut(task, overAt);
    if (clock.world > overAt && this.comesTooLate(task)) return this.timeOut(task, overAt);
    if (end === 'throws') throw new Error('socket hang up');
    if (end === 'null') return nothingAtAll();
    if (end === 'a stranger') return new Map([['CTSTRANGER', { kind: 'settled' } as A]]);
    return answers;
  }

  private endOf(what: string, about: string): MessageEnd {
    const key = `${what}(${this.around.nameOf(about)}#${this.calls})`;
    const draw = drawMessage(this.around.trouble.bank);
    const end = this.around.aside(key, draw, 'answers') as MessageEnd;
    if (end !== 'answers') {
      this.around.fault(`bank ${end === 'null' ? 'answers nonsense' : end}`);
      this.around.tell(`… and the answer: ${end}`);
    }
    return end;
  }

  /** A frozen process wakes with both in hand: the answer, and a timer that has run out. */
  private comesTooLate(task: Task): boolean {
    const key = `late(${task.name}#${this.calls})`;
    const wins = this.around.aside(
      key,
      (random) => (random.chance(0.7) ? 'answer' : 'timer'),
      'answer',
    );
    if (wins === 'answer') this.around.fault('answer after the lease');
    return wins === 'timer';
  }

  private async timeOut(task: Task, overAt: number): Promise<never> {
    const { tasks, clock } = this.around;
    if (clock.world < overAt) await tasks.wait(task, 'hang', overAt);
    this.around.tell(`${task.name} gives the call up: no answer in time`);
    for (const abort of task.aborts.splice(0)) abort.abort(new Error('TimeoutError'));
    return new Promise(() => undefined);
  }

  private pagesOf(query: StatementQuery, end: string): StatementPage[] {
    const now = this.around.clock.world;
    const visible = this.books.entries.filter(({ visibleFrom }) => visibleFrom <= now);
    const net = (entries: typeof visible, from: Money): Money =>
      entries.reduce(
        (sum, { direction, amount }) =>
          direction === 'debit' ? sum.minus(amount) : sum.plus(amount),
        from,
      );
    const dated = visible.map((entry) => ({ entry, day: officeDate(entry.bookedAt) }));
    const before = dated.filter(({ day }) => day < query.from).map(({ entry }) => entry);
    const within = dated
      .filter(({ day }) => day >= query.from && day <= query.to)
      .map(({ entry }) => entry);
    const opening = net(before, OPENING);
    const closing = net(within, opening).plus(Money.of(end === 'not adding up' ? '1' : '0'));
    const entries = within.map(({ visibleFrom: _, ...entry }) => entry).reverse();
    const content = JSON.stringify([query, entries]);
    if (content === this.lastStatement) this.around.fault('same statement again');
    else if (entries.length > 0 && this.lastStatement) this.around.fault('overlapping statement');
    this.lastStatement = content;
    const statementId = `${this.file.code}-${query.from}-${query.to}`;
    const pages: StatementPage[] = [];
    for (let at = 0; at === 0 || at < entries.length; at += ENTRIES_PER_PAGE) {
      const page = entries.slice(at, at + ENTRIES_PER_PAGE);
      pages.push({ statementId, opening, closing, entries: page });
    }
    return pages;
  }

  private task(): Task {
    const task = this.around.tasks.current;
    if (!task) throw new Error('a bank is called by somebody');
    return task;
  }
}

/** What a careless adapter gives although its types forbid it. */
function nothingAtAll<T>(): T {
  return JSON.parse('null') as T;
}
