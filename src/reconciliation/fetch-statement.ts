import { createHash, type Hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  BankRegistry,
  StatementUnreadable,
  type StatementEntry,
  type StatementPage,
} from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { statementsNotOffered } from './reconciliation.errors.js';
import {
  adoptEntries,
  breakStatement,
  completeStatement,
  contestEntries,
  forgetStatement,
  insertLines,
  insertStatement,
  lockBooksOf,
  sameStatement,
} from './statement.store.js';

/** A statement that takes longer is tried again another time. */
const FETCH_TIMEOUT_MS = 10 * 60_000;
/** A bank whose statement never ends must not fill the disk. */
const MOST_ENTRIES = 5_000_000;

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
 * Reads a bank's statement page by page into rows of its own and takes it over when it is whole, in one
 * transaction. The same statement again changes nothing; one that overlaps brings only what is new.
 */
@Injectable()
export class FetchStatement {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param query first and last day, both included, ISO 8601 dates.
   * @throws StatementUnreadable when the bank does not give it whole; nothing of it is used then.
   */
  async fetch(query: { bank: string; from: string; to: string }): Promise<FetchedStatement> {
    const { adapter } = this.banks.of(query.bank);
    if (!adapter.statement) throw statementsNotOffered(query.bank);
    const id = newId();
    const call = { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), attemptId: id };
    await this.database.transaction((tx) =>
      insertStatement(tx, {
        id,
        bank: query.bank,
        statementId: 'reading',
        from: query.from,
        to: query.to,
        at: this.clock.now(),
      }),
    );
    try {
      const read = await this.readPages(id, adapter.statement(query, call));
      return await this.database.transaction((tx) => this.takeOver(tx, query.bank, id, read));
    } catch (error) {
      await this.database.transaction((tx) => breakStatement(tx, { id, at: this.clock.now() }));
      throw error;
    }
  }

  private async readPages(statementRow: string, pages: AsyncIterable<StatementPage>) {
    const hash = createHash('sha256');
    let first: StatementPage | null = null;
    let lines = 0;
    for await (const page of pages) {
      if (!first) hash.update(frameOf((first = page)));
      else if (frameOf(first) !== frameOf(page))
        throw new StatementUnreadable('its pages do not belong together');
      digestEntries(hash, page.entries);
      const firstLine = lines + 1;
      lines += page.entries.length;
      if (lines > MOST_ENTRIES) throw new StatementUnreadable('it has more entries than allowed');
      if (page.entries.length === 0) continue;
      await this.database.transaction((tx) =>
        insertLines(tx, { statementRow, firstLine, entries: page.entries }),
      );
    }
    if (!first) throw new StatementUnreadable('it has no page');
    return { first, digest: hash.digest('hex') };
  }

  private async takeOver(
    tx: Tx,
    bank: string,
    id: string,
    read: { first: StatementPage; digest: string },
  ): Promise<FetchedStatement> {
    await lockBooksOf(tx, bank);
    const known = await sameStatement(tx, { bank, digest: read.digest });
    if (known) {
      await forgetStatement(tx, id);
      const { id: statementRow, difference } = known;
      return { statementRow, difference, repeated: true, newEntries: 0, contested: 0 };
    }
    const { statementId, opening, closing } = read.first;
    const difference = await completeStatement(tx, {
      id,
      statementId,
      currency: opening.currency,
      opening: opening.toString(),
      closing: closing.toString(),
      digest: read.digest,
      at: this.clock.now(),
    });
    // A reading that was given up for dead while it still went on.
    if (difference === null) throw new StatementUnreadable('its reading took too long');
    const newEntries = await adoptEntries(tx, id);
    const contested = await contestEntries(tx, id);
    return { statementRow: id, repeated: false, newEntries, contested, difference };
  }
}

function frameOf({ statementId, opening, closing }: StatementPage): string {
  return JSON.stringify([statementId, opening.currency, opening, closing.currency, closing]);
}

function digestEntries(hash: Hash, entries: readonly StatementEntry[]): void {
  for (const entry of entries) {
    hash.update(
      JSON.stringify([
        entry.entryId,
        entry.reference ?? null,
        entry.direction,
        entry.amount.currency,
        entry.amount,
        entry.bookedAt,
        entry.returnReason?.code ?? null,
      ]),
    );
  }
}
