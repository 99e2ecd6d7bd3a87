import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock, DomainError, newId } from '../kernel/index.js';
import type { Actor } from '../identity/index.js';
import { Programmes } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { formatOf, spreadsheetErrors } from '../platform/spreadsheet/index.js';
import { readDeclaration, type RawDeclaration } from './declaration.rules.js';
import { importReceived } from './entitlements.events.js';
import {
  findSame,
  insertFileChunk,
  insertImport,
  rememberHeadings,
  type NewImport,
} from './import.store.js';

/** Bytes of a file go into the database in pieces of this size. */
const CHUNK_BYTES = 1024 * 1024;
const FILE_NAME_MAX = 255;

export interface SentList {
  /** Where the bytes lie, for as long as this takes. */
  readonly path: string;
  readonly fileName: string;
  readonly declaration: RawDeclaration;
}

/** Stores a list with what its office says of it; a job checks it. */
@Injectable()
export class ReceiveImport {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly programmes: Programmes,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the import; `repeated` when the same list was there already, and then nothing has changed.
   * @throws DomainError when the file cannot be a list, or the declaration cannot be read.
   */
  async receive(sent: SentList, actor: Actor): Promise<{ importId: string; repeated: boolean }> {
    const list = await this.describe(sent, actor);
    const earlier = await findSame(this.database.reader, list);
    if (earlier) return { importId: earlier, repeated: true };
    const stored = await this.database.transaction(async (tx) => {
      if (!(await insertImport(tx, list))) return false;
      await this.storeFile(tx, { importId: list.id, path: sent.path });
      await rememberHeadings(tx, list);
      await this.outbox.publish(tx, importReceived, { importId: list.id });
      await this.audit.record(tx, {
        actor,
        action: 'import.received',
        subject: { type: 'import', id: list.id },
        detail: { sha256: list.contentSha256, bytes: list.byteSize, format: list.format },
      });
      return true;
    });
    if (stored) return { importId: list.id, repeated: false };
    const same = await findSame(this.database.reader, list);
    if (!same) throw new DomainError('conflict', 'entitlements.sent-twice', SENT_TWICE);
    return { importId: same, repeated: true };
  }

  private async describe(sent: SentList, actor: Actor): Promise<NewImport> {
    const { format, byteSize } = await firstLook(sent.path);
    return {
      ...readDeclaration(sent.declaration, { programmes: this.programmes, sender: actor.id }),
      id: newId(),
      fileName: cleanFileName(sent.fileName),
      format,
      byteSize,
      contentSha256: await sha256Of(sent.path),
      at: this.clock.now(),
      by: { kind: actor.kind, id: actor.id, name: actor.name },
    };
  }

  private async storeFile(tx: Tx, file: { importId: string; path: string }): Promise<void> {
    let chunkNo = 0;
    for await (const bytes of createReadStream(file.path, { highWaterMark: CHUNK_BYTES })) {
      await insertFileChunk(tx, { importId: file.importId, chunkNo, bytes: bytes as Buffer });
      chunkNo += 1;
    }
  }
}

const SENT_TWICE = {
  vi: 'Danh sách này đang được gửi ở một nơi khác. Hãy thử lại sau giây lát.',
  en: 'The same list is being sent elsewhere just now. Please try again in a moment.',
};

async function firstLook(path: string) {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size === 0) throw spreadsheetErrors.empty();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return { byteSize: size, format: formatOf(buffer.subarray(0, bytesRead)) };
  } finally {
    await file.close();
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
  return bare.slice(-FILE_NAME_MAX) || 'list';
}
