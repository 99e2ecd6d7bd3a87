import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { SignedPaper } from './signed-paper.js';
import { writeTreasuryPdf } from './treasury-paper.pdf.js';
import { writeTreasuryWorkbook } from './treasury-paper.xlsx.js';

export type PaperFormat = 'pdf' | 'xlsx';

const WRITERS = { pdf: writeTreasuryPdf, xlsx: writeTreasuryWorkbook };

export interface MadePaper {
  readonly path: string;
  readonly fileName: string;
  readonly byteSize: number;
  readonly sha256: string;
  /** Removes the file; to be called whatever happens. */
  remove(): Promise<void>;
}

/**
 * Makes the treasury's list (form Mẫu 09) of a batch that everybody has signed. Holds names and accounts, so who
 * took it is written down, with the file's hash: a paper in somebody's hand can be held against it.
 */
@Injectable()
export class MakeTreasuryPaper {
  constructor(
    private readonly database: Database,
    private readonly signed: SignedPaper,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `approvals.no-such-batch`, `approvals.not-signed-yet`, `batches.not-as-signed` */
  async make(order: { actor: Actor; batchId: string; format: PaperFormat }): Promise<MadePaper> {
    const { actor, batchId, format } = order;
    assertMay(actor, 'batch.read');
    const { paper, lines, digest } = await this.signed.of(this.database.reader, batchId);
    const folder = await mkdtemp(join(tmpdir(), 'chitra-paper-'));
    const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
    try {
      const path = join(folder, 'paper');
      await WRITERS[format](path, paper, lines);
      const { size: byteSize } = await stat(path);
      const sha256 = await hashOf(path);
      await this.database.transaction((tx) =>
        this.audit.record(tx, {
          actor,
          action: 'batch.treasury-paper-made',
          subject: { type: 'batch', id: batchId },
          detail: { format, sha256, byteSize, lineCount: paper.lineCount, digest },
        }),
      );
      return { path, fileName: `${paper.fileStem}.${format}`, byteSize, sha256, remove };
    } catch (error) {
      await remove();
      throw error;
    }
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
