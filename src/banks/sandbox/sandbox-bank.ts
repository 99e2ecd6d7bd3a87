import type { Clock } from '../../kernel/index.js';
import { logger } from '../../platform/logging/index.js';
import { readCredits, readStatement, readTotals, type StatementAsked } from './books.read.js';
import { applyDueChanges, type BooksStore } from './books.store.js';
import type { Conduct } from './conduct.js';
import type { FileSide } from './files/file-side.js';
import { moodOf } from './moods.js';
import type { ListTaken, TakeLists } from './lists/take-list.js';
import { conductOf, type SandboxSettings } from './sandbox.settings.js';
import type { SendNotices } from './send-notices.js';
import { statusOf, type Message, type Taken } from './booking.rules.js';
import type { TakeOrders } from './take-orders.js';

const TICK_MS = 50;
const CHANGES_AT_ONCE = 5000;

interface Account {
  readonly bankBin: string;
  readonly accountNumber: string;
}

/** The whole bank: its books, its conduct, and the work it does by itself as time passes. */
export class SandboxBank {
  conduct: Conduct;
  private readonly log = logger('sandbox-bank');
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;
  private goneUntil = new Date(0);

  constructor(
    readonly settings: SandboxSettings,
    private readonly parts: {
      store: BooksStore;
      takeOrders: TakeOrders;
      sendNotices: SendNotices;
      files: FileSide;
      lists: TakeLists;
      clock: Clock;
    },
    /** Takes the bank's door away for so long. */
    private readonly closeDoor: (forMs: number) => void,
  ) {
    this.conduct = conductOf(settings);
  }

  start(): void {
    this.schedule(0);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.working;
    await this.parts.sendNotices.close();
    await this.parts.store.close();
  }

  behave(change: Partial<Conduct>): void {
    this.conduct = { ...this.conduct, ...change };
    if (change.outage === 'none') this.goneUntil = new Date(0);
    const { outage, closedMs } = this.conduct;
    if (outage !== 'closed' && outage !== 'gone') return;
    this.conduct = { ...this.conduct, outage: 'none' };
    if (outage === 'closed') this.closeDoor(closedMs);
    else this.goneUntil = new Date(this.parts.clock.now().getTime() + closedMs);
  }

  take(message: Message): Promise<Taken> {
    return this.parts.takeOrders.take(message, this.conduct);
  }

  async enquire(bank: string, references: readonly string[]) {
    const known = await this.parts.store.known(bank, references);
    return references.map((reference) => {
      const payment = known.get(reference);
      return payment ? statusOf(payment) : { reference, found: false };
    });
  }

  /** Undefined when no name is known. The mood of an account decides before what the bank was told. */
  async nameOf(account: Account): Promise<{ found: boolean; accountName?: string } | undefined> {
    const mood = moodOf(account.accountNumber)?.inquiry;
    if (mood === 'absent') return { found: false };
    if (mood === 'somebody-else') return { found: true, accountName: 'NGUOI KHAC' };
    const [row] = await this.parts.store.read<{ name: string }>(
      'select name from account_name where bank_bin = $1 and account_number = $2',
      [account.bankBin, account.accountNumber],
    );
    return row && { found: true, accountName: row.name };
  }

  async learnNames(accounts: readonly (Account & { accountName: string })[]): Promise<void> {
    await this.parts.store.read(
      `insert into account_name (bank_bin, account_number, name)
       select distinct on ("bankBin", "accountNumber") "bankBin", "accountNumber", "accountName"
       from jsonb_to_recordset($1::jsonb) as new ("bankBin" text, "accountNumber" text, "accountName" text)
       on conflict (bank_bin, account_number) do update set name = excluded.name`,
      [JSON.stringify(accounts)],
    );
  }

  statement(asked: StatementAsked) {
    return readStatement(this.parts.store, asked);
  }

  totals() {
    return readTotals(this.parts.store);
  }

  credits(given: { after: string; limit: number }) {
    return readCredits(this.parts.store, given);
  }

  get files(): FileSide {
    return this.parts.files;
  }

  get lists(): TakeLists {
    return this.parts.lists;
  }

  takeList(list: Parameters<TakeLists['take']>[0]): Promise<ListTaken> {
    return this.parts.lists.take(list, this.conduct);
  }

  private schedule(inMs: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.working = this.work().then((busy) => this.schedule(busy ? 0 : TICK_MS));
    }, inMs);
  }

  /** Looks before it locks: an idle bank must not stand in the way of its own bookings. */
  private async applyChanges(): Promise<number> {
    const { store, clock } = this.parts;
    const now = clock.now();
    const due = await store.read(
      'select from change where applied_at is null and due_at <= $1 limit 1',
      [now],
    );
    if (due.length === 0) return 0;
    return store.transaction((books) => applyDueChanges(books, { now, limit: CHANGES_AT_ONCE }));
  }

  /** A round that fails (the database is away) is tried again; the books hold what is to be done. */
  private async work(): Promise<boolean> {
    try {
      const made = await this.applyChanges();
      const sent = await this.parts.sendNotices.run(this.conduct);
      const gone = this.conduct.outage !== 'none' || this.parts.clock.now() < this.goneUntil;
      const exchanged = gone ? false : await this.parts.files.run(this.conduct);
      return made > 0 || sent || exchanged;
    } catch (error) {
      this.log.error({ err: error }, 'a round of work failed');
      return false;
    }
  }
}
