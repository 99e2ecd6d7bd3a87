import { createHash } from 'node:crypto';
import { newId, type Clock } from '../../../kernel/index.js';
import type { Books, BooksStore } from '../books.store.js';
import type { Conduct } from '../conduct.js';
import { planFiles, takeChangesToSay, type ChangeToSay } from './files.store.js';
import { partsOf } from './ledgers.js';
import { planReports, type PlannedFile } from './report.rules.js';
import { writeCamt054 } from './write-camt.js';

const CHANGES_AT_ONCE = 100_000;

/** What became of orders since they were taken in, told by files: a report for each message, a notice for each account. */
export class SayChanges {
  constructor(
    private readonly store: BooksStore,
    private readonly clock: Clock,
  ) {}

  /** @returns whether there was anything to say. */
  async run(conduct: Conduct): Promise<boolean> {
    if (conduct.notices === 'off') return false;
    const at = this.clock.now();
    const due = await this.store.read(
      `select from change where notice_id is null and notice_at <= $1 and applied_at is not null
         and strpos(bank, '/') > 0 limit 1`,
      [at],
    );
    if (due.length === 0) return false;
    await this.store.transaction((books) => this.plan(books, { conduct, at }));
    return true;
  }

  private async plan(books: Books, given: { conduct: Conduct; at: Date }): Promise<void> {
    const { conduct, at } = given;
    const limit = CHANGES_AT_ONCE;
    const changes = await takeChangesToSay(books, { now: at, limit, sayId: newId() });
    const returned = changes.filter(({ status }) => status === 'RTRN');
    const credited = changes.filter(({ status }) => status === 'ACCC');
    const words = wordsInTurn(changes);
    for (const group of grouped(words, ({ bank, messageId, turn }) =>
      [bank, messageId, turn].join(' '),
    )) {
      const files = reportsOf(group, given);
      await planFiles(books, { bank: group[0]?.bank ?? '', files, at });
    }
    const booked = conduct.notify === 'all' ? [...credited, ...returned] : returned;
    for (const group of grouped(booked, ({ ledger }) => ledger)) {
      const files = noticesOf(group, at);
      await planFiles(books, { bank: group[0]?.bank ?? '', files, at });
    }
  }
}

function reportsOf(
  group: readonly ChangeToSay[],
  given: { conduct: Conduct; at: Date },
): PlannedFile[] {
  const [first] = group;
  if (!first) return [];
  const said = group.map((change) => ({
    ...change,
    reasonCode: change.reasonCode ?? undefined,
    at: change.changedAt,
  }));
  const twice = given.conduct.notices === 'doubled' || group.some(({ copies }) => copies > 1);
  const message = { id: first.messageId, count: first.count, total: first.total };
  return planReports({ message, phase: 'later', said }, { ...given, twice });
}

function noticesOf(group: readonly ChangeToSay[], at: Date): PlannedFile[] {
  const account = partsOf(group[0]?.ledger ?? '').account;
  const entries = group.flatMap(({ entryId, status, changedAt, reasonCode, ...rest }) =>
    entryId === null
      ? []
      : [
          {
            ...rest,
            entryId,
            direction: status === 'RTRN' ? ('credit' as const) : ('debit' as const),
            bookedAt: changedAt,
            returnReasonCode: reasonCode,
          },
        ],
  );
  if (entries.length === 0) return [];
  const of = JSON.stringify(entries.map(({ entryId }) => entryId));
  const id = `N${createHash('sha256').update(of).digest('hex').slice(0, 24).toUpperCase()}`;
  const content = writeCamt054({ id, madeAt: at, account, entries });
  return [{ name: `CAMT054.${account}.${id.slice(1, 13)}.xml`, content, afterMs: 0 }];
}

/** A report has one word about an order: what fell due together about the same one stands in reports of their own. */
function wordsInTurn(changes: readonly ChangeToSay[]): (ChangeToSay & { turn: number })[] {
  const turns = new Map<string, number>();
  return changes
    .filter(({ status }) => status !== 'RTRN')
    .map((change) => {
      const turn = (turns.get(change.reference) ?? 0) + 1;
      turns.set(change.reference, turn);
      return { ...change, turn };
    });
}

function grouped<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return [...groups.values()];
}
