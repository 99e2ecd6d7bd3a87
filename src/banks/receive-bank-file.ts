import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, SYSTEM, type Actor } from '../identity/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { beginHistory, insertChunk, readAnew } from './bank-file.store.js';
import { BankRegistry } from './bank.registry.js';
import { bankFileReceived } from './banks.events.js';
import { answersAnother, emptyFile, fileTooLarge, filesNotOffered } from './banks.errors.js';
import type { LaidOutFile } from './contract.js';
import { cleanFileName, inScratchFolder, layDown, piecesOf, sha256Of } from './file-content.js';
import {
  insertIncoming,
  nameAnswers,
  seeAgain,
  type NewIncomingFile,
} from './incoming-file.store.js';

/** A file of a bank beyond this is not taken: a national day's statement is a tenth of it. */
export const INCOMING_MAX_BYTES = 512 * 1024 * 1024;

/** Statements and reports alike: what it is turns out when it is read. */
const MEDIA_TYPE = 'application/octet-stream';

export interface ReceivedBankFile {
  readonly fileId: string;
  /** The very same content was there before, and nothing has changed. */
  readonly repeated: boolean;
}

/** Takes a file of a bank in: keeps its bytes, once for ever by content. A job reads it. */
@Injectable()
export class ReceiveBankFile {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * From a person who brought it.
   * @param sent `answers`: reference of our message that it answers, where the file does not say so itself.
   * @throws DomainError banks.unknown-bank, banks.files-not-offered, banks.file-empty, banks.file-too-large,
   * banks.file-answers-another
   */
  async fromPerson(
    actor: Actor,
    sent: { bank: string; path: string; fileName: string; answers: string | null },
  ): Promise<ReceivedBankFile> {
    assertMay(actor, 'reconciliation.operate');
    if (!this.banks.of(sent.bank).adapter.files) throw filesNotOffered(sent.bank);
    const { size: byteSize } = await stat(sent.path);
    if (byteSize === 0) throw emptyFile();
    if (byteSize > INCOMING_MAX_BYTES) throw fileTooLarge(INCOMING_MAX_BYTES);
    const sha256 = await sha256Of(sent.path);
    const described = { ...sent, byteSize, sha256, remoteName: null };
    return this.keep(actor, described);
  }

  /** From the bank's own folder. @throws FileBroken when it is too large. */
  async laidOut(bank: string, laid: LaidOutFile): Promise<ReceivedBankFile> {
    return inScratchFolder(async (folder) => {
      const path = join(folder, 'laid-out');
      const measured = await layDown(laid.content(), { path, maxBytes: INCOMING_MAX_BYTES });
      const { name } = laid;
      const file = { bank, path, fileName: name, remoteName: name, answers: null, ...measured };
      return this.keep(SYSTEM, file);
    });
  }

  private keep(
    by: Actor,
    file: Omit<NewIncomingFile, 'id' | 'at' | 'mediaType'> & { path: string },
  ): Promise<ReceivedBankFile> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const known = await seeAgain(tx, { ...file, at });
      if (known !== null) return this.metAgain(tx, by, { ...file, id: known, at });
      const id = newId();
      const fileName = cleanFileName(file.fileName);
      const isNew = await insertIncoming(tx, { ...file, fileName, mediaType: MEDIA_TYPE, id, at });
      if (!isNew) {
        // Another process kept the same in this very moment.
        const same = await seeAgain(tx, { ...file, at });
        return { fileId: same ?? id, repeated: true };
      }
      await storeContent(tx, { fileId: id, path: file.path });
      await beginHistory(tx, { fileId: id, state: 'received', at, by });
      await this.outbox.publish(tx, bankFileReceived, { bank: file.bank, fileId: id });
      await this.audit.record(tx, {
        actor: by,
        action: 'bank-file.received',
        subject: { type: 'bank-file', id },
        detail: { bank: file.bank, sha256: file.sha256, bytes: file.byteSize },
      });
      return { fileId: id, repeated: false };
    });
  }

  /** The same content. It is read again when somebody says now which message it answers, and nobody had before. */
  private async metAgain(
    tx: Tx,
    by: Actor,
    file: { id: string; bank: string; answers: string | null; at: Date },
  ): Promise<ReceivedBankFile> {
    const { id: fileId, bank, answers, at } = file;
    if (answers === null) return { fileId, repeated: true };
    const { before, changed } = await nameAnswers(tx, { id: fileId, answers });
    if (!changed && before !== null && before !== answers) throw answersAnother(fileId, before);
    if (!changed) return { fileId, repeated: true };
    await readAnew(tx, { fileId, at, by, note: `answers ${answers}` });
    await this.outbox.publish(tx, bankFileReceived, { bank, fileId });
    await this.audit.record(tx, {
      actor: by,
      action: 'bank-file.answers-named',
      subject: { type: 'bank-file', id: fileId },
      detail: { bank, answers },
    });
    return { fileId, repeated: false };
  }
}

async function storeContent(tx: Tx, file: { fileId: string; path: string }): Promise<void> {
  let chunkNo = 0;
  for await (const bytes of piecesOf(file.path)) {
    await insertChunk(tx, { fileId: file.fileId, chunkNo, bytes });
    chunkNo += 1;
  }
}
