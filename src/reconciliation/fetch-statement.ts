import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { statementsNotOffered } from './reconciliation.errors.js';
import { ReadStatementPages } from './read-statement-pages.js';
import { breakStatement, insertStatement } from './statement.store.js';
import { TakeOverStatement, type FetchedStatement } from './take-over-statement.js';

/** A statement that takes longer is tried again another time. */
const FETCH_TIMEOUT_MS = 10 * 60_000;

/**
 * Reads a bank's statement page by page into rows of its own and takes it over when it is whole, in one
 * transaction. The same statement again changes nothing; one that overlaps brings only what is new.
 */
@Injectable()
export class FetchStatement {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly pages: ReadStatementPages,
    private readonly takingOver: TakeOverStatement,
    private readonly clock: Clock,
  ) {}

  /**
   * @param query first and last day, both included, ISO 8601 dates; `reconciliationId`: the run it is for.
   * @throws StatementUnreadable when the bank does not give it whole; nothing of it is used then.
   */
  async fetch(query: {
    bank: string;
    from: string;
    to: string;
    reconciliationId?: string;
  }): Promise<FetchedStatement> {
    const { adapter } = this.banks.of(query.bank);
    if (!adapter.statement) throw statementsNotOffered(query.bank);
    const id = newId();
    const { from, to } = query;
    const askedAt = this.clock.now();
    const call = { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS), attemptId: id };
    await this.database.transaction((tx) =>
      insertStatement(tx, {
        id,
        bank: query.bank,
        statementId: 'reading',
        from,
        to,
        at: askedAt,
      }),
    );
    try {
      const read = await this.pages.read(id, adapter.statement({ from, to }, call));
      return await this.database.transaction((tx) =>
        this.takingOver.takeOver(tx, {
          ...query,
          ...read.first,
          id,
          askedAt,
          saying: read.saying,
          reconciliationId: query.reconciliationId ?? null,
        }),
      );
    } catch (error) {
      await this.database.transaction((tx) => breakStatement(tx, { id, at: this.clock.now() }));
      throw error;
    }
  }
}
