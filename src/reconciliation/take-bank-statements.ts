import { Injectable } from '@nestjs/common';
import {
  bankStatementsRead,
  OpenBankFile,
  StatementUnreadable,
  type StatementPage,
  type StatementReading,
} from '../banks/index.js';
import { SYSTEM } from '../identity/index.js';
import { Clock, newId, officeDate } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { OnEvent } from '../platform/queue/index.js';
import { ReadStatementPages } from './read-statement-pages.js';
import { reconciliationRequested } from './reconciliation.events.js';
import {
  attachStatement,
  endReconciliation,
  insertReconciliation,
} from './reconciliation.store.js';
import { faultOfSpan } from './span.rules.js';
import { lockFile, notePart, partsTaken } from './statement-of-file.store.js';
import { breakStatement, insertStatement } from './statement.store.js';
import { TakeOverStatement } from './take-over-statement.js';

const log = logger('reconciliation');

interface Part {
  readonly bank: string;
  readonly fileId: string;
  readonly part: number;
  readonly statement: StatementReading;
}

/**
 * Takes the statements of a bank's file, each whole or not at all, and once: a file that is told of again, or whose
 * taker died in the middle, goes on with the statements that nobody has taken yet.
 */
@OnEvent(bankStatementsRead, { subscriber: 'reconciliation.take-statements' })
@Injectable()
export class TakeBankStatements {
  constructor(
    private readonly files: OpenBankFile,
    private readonly pages: ReadStatementPages,
    private readonly takingOver: TakeOverStatement,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async handle({ bank, fileId }: { bank: string; fileId: string }): Promise<void> {
    await this.files.read(fileId, async (reading) => {
      if (reading.kind !== 'statements') return;
      const taken = await partsTaken(this.database.reader, fileId);
      for (const [at, statement] of reading.statements.entries()) {
        const part = at + 1;
        if (!taken.has(part)) await this.take({ bank, fileId, part, statement });
      }
    });
  }

  private async take(part: Part): Promise<void> {
    const id = newId();
    const { bank, statement } = part;
    const { from, to, account, madeAt } = statement;
    const at = this.clock.now();
    // What the bank booked after it made the statement is not in it, whenever we take it.
    const saidAt = madeAt && madeAt < at ? madeAt : at;
    await this.database.transaction((tx) =>
      insertStatement(tx, { id, bank, statementId: 'reading', from, to, at, account, saidAt }),
    );
    try {
      const fault = faultOfSpan({ from, to, today: officeDate(at) });
      if (fault) throw new StatementUnreadable(`its days are ${fault}`);
      const { saying } = await this.pages.read(id, pagesOf(statement));
      await this.database.transaction((tx) => this.store(tx, part, { id, saying, at, saidAt }));
    } catch (error) {
      await this.database.transaction((tx) => breakStatement(tx, { id, at: this.clock.now() }));
      if (!(error instanceof StatementUnreadable)) throw error;
      await this.database.transaction((tx) => this.refuse(tx, part, error.message));
      log.warn({ ...part, statement: undefined, why: error.message }, 'a statement was not taken');
    }
  }

  private async store(
    tx: Tx,
    { bank, fileId, part, statement }: Part,
    read: { id: string; saying: string; at: Date; saidAt: Date },
  ): Promise<void> {
    await lockFile(tx, fileId);
    if ((await partsTaken(tx, fileId)).has(part)) throw new StatementUnreadable('taken by another');
    const { from, to, account, statementId, opening, closing } = statement;
    const reconciliationId = newId();
    const run = { id: reconciliationId, bank, from, to, source: 'file', by: SYSTEM } as const;
    await insertReconciliation(tx, { ...run, at: read.at });
    const { statementRow, newEntries, repeated } = await this.takingOver.takeOver(tx, {
      ...{ id: read.id, bank, from, to, account, statementId, opening, closing },
      askedAt: read.saidAt,
      saying: read.saying,
      reconciliationId,
    });
    await attachStatement(tx, { id: reconciliationId, statementRow, newEntries });
    await this.outbox.publish(tx, reconciliationRequested, { reconciliationId });
    const taken = { fileId, part, statementRow, reconciliationId, newEntries, repeated };
    await notePart(tx, { ...taken, failure: null, at: read.at });
  }

  /** A run that failed alarms until a right statement of those days came. */
  private async refuse(tx: Tx, { bank, fileId, part, statement }: Part, failure: string) {
    await lockFile(tx, fileId);
    if ((await partsTaken(tx, fileId)).has(part)) return;
    const at = this.clock.now();
    const { from, to } = statement;
    const id = newId();
    await insertReconciliation(tx, { id, bank, from, to, source: 'file', by: SYSTEM, at });
    await endReconciliation(tx, { id, at, statementRow: null, newEntries: null, failure });
    const nothing = { statementRow: null, newEntries: 0, repeated: false };
    await notePart(tx, { fileId, part, ...nothing, reconciliationId: id, failure, at });
  }
}

async function* pagesOf(statement: StatementReading): AsyncGenerator<StatementPage> {
  const { statementId, opening, closing } = statement;
  yield { statementId, opening, closing, entries: [] };
  for await (const entries of statement.entries()) {
    yield { statementId, opening, closing, entries };
  }
}
