import { Injectable } from '@nestjs/common';
import { StatementUnreadable } from '../banks/index.js';
import { Clock, Money } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import {
  bordersOf,
  entriesOutside,
  openDifferences,
  openGaps,
  type OpenGap,
} from './adjoining.store.js';
import type { FoundException } from './exception.rules.js';
import { endExceptions, insertExceptions } from './exception.store.js';
import {
  adoptEntries,
  completeStatement,
  contestEntries,
  forgetStatement,
  lockBooksOf,
  sameStatement,
  sayAgain,
} from './statement.store.js';
import { digestOfDays } from './statement.rules.js';

/** A statement whose lines all lie under a `reading` row. */
export interface ReadStatement {
  readonly id: string;
  readonly bank: string;
  readonly from: string;
  readonly to: string;
  /** Of one account of ours only. */
  readonly account?: string;
  /** When the bank was asked: what it booked later is not in it. */
  readonly askedAt: Date;
  readonly statementId: string;
  readonly opening: Money;
  readonly closing: Money;
  /** SHA-256 over its frame and entries. */
  readonly saying: string;
  /** The run that it was read for. */
  readonly reconciliationId: string | null;
}

export interface FetchedStatement {
  readonly statementRow: string;
  /** The bank said the very same before. */
  readonly repeated: boolean;
  readonly newEntries: number;
  /** Entries that were known with other content. */
  readonly contested: number;
  /** opening + credits − debits − closing: plain digits; anything but 0 is told. */
  readonly difference: string;
}

/**
 * Takes a whole statement over, in its reader's transaction: what is new of it becomes entries, and what is wrong
 * with it becomes exceptions. From wherever it came, a bank's connection or a file.
 */
@Injectable()
export class TakeOverStatement {
  constructor(private readonly clock: Clock) {}

  async takeOver(tx: Tx, read: ReadStatement): Promise<FetchedStatement> {
    const { id, bank } = read;
    await lockBooksOf(tx, bank);
    const known = await sameStatement(tx, read);
    const at = this.clock.now();
    if (known) {
      await forgetStatement(tx, id);
      await sayAgain(tx, { id: known.id, at: read.askedAt });
      const { id: statementRow, difference } = known;
      return { statementRow, difference, repeated: true, newEntries: 0, contested: 0 };
    }
    const difference = await completeStatement(tx, {
      id,
      statementId: read.statementId,
      currency: read.opening.currency,
      opening: read.opening.toString(),
      closing: read.closing.toString(),
      digest: digestOfDays(read.saying, read),
      at,
    });
    // A reading that was given up for dead while it still went on.
    if (difference === null) throw new StatementUnreadable('its reading took too long');
    const newEntries = await adoptEntries(tx, id);
    const contested = await this.tellContested(tx, read, at);
    await this.tellOutside(tx, read, at);
    await this.tellDifference(tx, { ...read, difference }, at);
    await this.tellGaps(tx, read, at);
    return { statementRow: id, repeated: false, newEntries, contested, difference };
  }

  private async tellContested(tx: Tx, read: ReadStatement, at: Date): Promise<number> {
    const contested = await contestEntries(tx, read.id);
    const found = contested.map(({ entryRow, day, says, sayingDigest, ...entry }) => ({
      ...entry,
      kind: 'contested' as const,
      fingerprint: `contested ${entryRow} ${sayingDigest}`,
      bank: read.bank,
      from: day,
      to: day,
      entryRow,
      statementRow: read.id,
      amount: Money.of(entry.amount, entry.currency),
      detail: { says },
    }));
    await insertExceptions(tx, found, { ...read, at });
    return new Set(contested.map(({ entryRow }) => entryRow)).size;
  }

  private async tellOutside(tx: Tx, read: ReadStatement, at: Date): Promise<void> {
    const outside = await entriesOutside(tx, read.id);
    const found = outside.map(({ entryRow, day, direction, amount, currency }) => ({
      kind: 'outside-days' as const,
      fingerprint: `outside ${entryRow}`,
      bank: read.bank,
      from: day < read.from ? day : read.from,
      to: day > read.to ? day : read.to,
      entryRow,
      statementRow: read.id,
      direction,
      amount: Money.of(amount, currency),
      detail: { bookedOn: day, from: read.from, to: read.to },
    }));
    await insertExceptions(tx, found, { ...read, at });
  }

  private async tellDifference(
    tx: Tx,
    read: ReadStatement & { difference: string },
    at: Date,
  ): Promise<void> {
    const { id, bank, from, to, difference } = read;
    const money = Money.of(difference, read.opening.currency);
    if (money.isZero()) {
      // The bank has given these very days once more, and now they add up.
      const ids = await openDifferences(tx, id);
      await endExceptions(tx, { ids, why: 'right-statement-came', at });
      return;
    }
    const amount = money.isPositive() ? money : Money.zero(money.currency).minus(money);
    const found: FoundException = {
      kind: 'statement-difference',
      fingerprint: `difference ${id}`,
      bank,
      from,
      to,
      statementRow: id,
      amount,
      detail: { difference, statementId: read.statementId },
    };
    await insertExceptions(tx, [found], { ...read, at });
  }

  private async tellGaps(tx: Tx, read: ReadStatement, at: Date): Promise<void> {
    const { bank } = read;
    for (const border of await bordersOf(tx, read.id)) {
      const { lastDay, firstDay, closing, opening, account } = border;
      const money = (digits: string) => Money.of(digits, border.currency);
      const gap = money(opening).minus(money(closing));
      // What was told of other balances is told of statements that others have taken the place of.
      const told = await openGaps(tx, { bank, account, lastDay, firstDay });
      const isSame = (one: OpenGap) => one.closing === closing && one.opening === opening;
      const gone = told.filter((one) => gap.isZero() || !isSame(one)).map(({ id }) => id);
      await endExceptions(tx, { ids: gone, why: 'other-statement-came', at });
      if (gap.isZero() || told.some(isSame)) continue;
      const found: FoundException = {
        kind: 'statement-gap',
        fingerprint: `gap ${border.before} ${border.after}`,
        bank,
        from: lastDay,
        to: firstDay,
        statementRow: read.id,
        amount: gap.isPositive() ? gap : Money.zero(gap.currency).minus(gap),
        detail: {
          ...{ closing, opening, before: border.before, after: border.after },
          ...(account !== null && { account }),
        },
      };
      await insertExceptions(tx, [found], { ...read, at });
    }
  }
}
