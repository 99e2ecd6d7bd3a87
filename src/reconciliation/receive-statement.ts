import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { BankRegistry } from '../banks/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, newId, officeDate } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { fileIsNoCsv } from './reconciliation.errors.js';
import { reconciliationRequested } from './reconciliation.events.js';
import { attachStatement, insertReconciliation } from './reconciliation.store.js';
import { withStatementFile, type CheckedFile } from './statement-file.reader.js';
import { insertFile, insertFileChunk, runOf, sameFile } from './statement-file.store.js';
import {
  insertLines,
  insertStatement,
  lockBooksOf,
  sameStatement,
  sayAgain,
} from './statement.store.js';
import { TakeOverStatement } from './take-over-statement.js';

/** Bytes of a file go into the database in pieces of this size. */
const CHUNK_BYTES = 1024 * 1024;
const FILE_NAME_MAX = 255;

export interface SentStatement {
  readonly bank: string;
  /** Where the bytes lie, for as long as this takes. */
  readonly path: string;
  readonly fileName: string;
}

export interface ReceivedStatement {
  readonly statementRow: string;
  /** The run that matches it; null when a statement of before had no run. */
  readonly reconciliationId: string | null;
  /** The very same was there before, and nothing has changed. */
  readonly repeated: boolean;
}

interface Described extends SentStatement {
  readonly byteSize: number;
  readonly sha256: string;
}

/** Takes a bank's statement from a CSV file: all of it or nothing. A job matches it as if the bank had been asked. */
@Injectable()
export class ReceiveStatement {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly takingOver: TakeOverStatement,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError banks.unknown-bank, spreadsheet.*, reconciliation.statement-not-csv,
   *   reconciliation.statement-file-refused naming every error by row and column
   */
  async receive(actor: Actor, sent: SentStatement): Promise<ReceivedStatement> {
    assertMay(actor, 'reconciliation.operate');
    this.banks.of(sent.bank);
    if (!/\.csv$/i.test(sent.fileName)) throw fileIsNoCsv();
    const { size: byteSize } = await stat(sent.path);
    const described = { ...sent, byteSize, sha256: await sha256Of(sent.path) };
    const known = await sameFile(this.database.reader, described);
    if (known) return { ...known, repeated: true };
    return withStatementFile(sent.path, {
      today: officeDate(this.clock.now()),
      work: (file) => this.database.transaction((tx) => this.store(tx, actor, { described, file })),
    });
  }

  private async store(
    tx: Tx,
    actor: Actor,
    { described, file }: { described: Described; file: CheckedFile },
  ): Promise<ReceivedStatement> {
    const { bank } = described;
    await lockBooksOf(tx, bank);
    const known = await sameFile(tx, described);
    if (known) return { ...known, repeated: true };
    const at = this.clock.now();
    const { from, to } = file.frame;
    const same = await sameStatement(tx, { bank, saying: file.saying, from, to });
    if (same) {
      await sayAgain(tx, { id: same.id, at });
      const run = await runOf(tx, same.id);
      return { statementRow: same.id, reconciliationId: run, repeated: true };
    }
    const [statementRow, reconciliationId] = [newId(), newId()];
    await this.storeLines(tx, { id: statementRow, bank, from, to, at }, file);
    const run = { id: reconciliationId, bank, from, to, source: 'file', by: actor, at } as const;
    await insertReconciliation(tx, run);
    const { newEntries } = await this.takingOver.takeOver(tx, {
      ...file.frame,
      id: statementRow,
      bank,
      saying: file.saying,
      askedAt: at,
      reconciliationId,
    });
    await attachStatement(tx, { id: reconciliationId, statementRow, newEntries });
    await this.storeFile(tx, { ...described, statementRow, reconciliationId, by: actor, at });
    await this.outbox.publish(tx, reconciliationRequested, { reconciliationId });
    await this.audit.record(tx, {
      actor,
      action: 'statement.received',
      subject: { type: 'statement', id: statementRow },
      detail: { bank, sha256: described.sha256, entries: file.entryCount, reconciliationId },
    });
    return { statementRow, reconciliationId, repeated: false };
  }

  private async storeLines(
    tx: Tx,
    statement: { id: string; bank: string; from: string; to: string; at: Date },
    file: CheckedFile,
  ): Promise<void> {
    await insertStatement(tx, { ...statement, statementId: file.frame.statementId });
    let firstLine = 1;
    for await (const entries of file.pages()) {
      await insertLines(tx, { statementRow: statement.id, firstLine, entries });
      firstLine += entries.length;
    }
  }

  private async storeFile(
    tx: Tx,
    file: Described & { statementRow: string; reconciliationId: string; by: Actor; at: Date },
  ): Promise<void> {
    const id = newId();
    await insertFile(tx, { ...file, id, fileName: cleanFileName(file.fileName) });
    let chunkNo = 0;
    for await (const bytes of createReadStream(file.path, { highWaterMark: CHUNK_BYTES })) {
      await insertFileChunk(tx, { fileId: id, chunkNo, bytes: bytes as Buffer });
      chunkNo += 1;
    }
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

function cleanFileName(fileName: string): string {
  const bare = fileName
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .replace(/^.*[\\/]/, '');
  return bare.slice(-FILE_NAME_MAX) || 'statement.csv';
}
