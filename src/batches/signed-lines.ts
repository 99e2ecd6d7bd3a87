import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { batchNotFound, notAsSigned } from './batches.errors.js';
import { readBatch } from './batch.store.js';
import { BatchDigest, lineDigest, type SignedLine } from './canonical-form.js';
import { digestLines, headerOf, linePages } from './digest-lines.js';
import { figuresOf } from './line.store.js';

export interface Verified {
  /** Whether the stored lines are those that were signed. */
  readonly ok: boolean;
  /** The digest that the signers signed; null when the batch is not proposed or approved. */
  readonly signed: string | null;
  /** The digest of the lines as they are stored now. */
  readonly found: string;
  readonly lineCount: number;
}

/** Checks what is about to be sent or printed against what was signed. */
@Injectable()
export class SignedLines {
  /** Recomputes the digest from the stored fields of every line, not from stored digests. */
  async verify(tx: Tx, batchId: string): Promise<Verified> {
    const batch = await readBatch(tx, batchId);
    if (!batch) throw batchNotFound(batchId);
    const figures = await figuresOf(tx, { id: batch.id, currency: batch.total.currency });
    const found = await digestLines(tx, headerOf(batch, figures));
    const signed = ['proposed', 'approved'].includes(batch.state) ? batch.digest : null;
    return { ok: found === signed, signed, found, lineCount: figures.lineCount };
  }

  /**
   * The lines that were signed, a page at a time. What is given out is digested as it is read, so that it is those
   * very lines; but that shows only at the end: keep nothing of it before the last page.
   * @throws DomainError `batches.not-as-signed` after the last page, when one of the lines is not what was signed.
   */
  async *pages(tx: Tx, batchId: string): AsyncGenerator<readonly SignedLine[], void> {
    const batch = await readBatch(tx, batchId);
    if (!batch) throw batchNotFound(batchId);
    const figures = await figuresOf(tx, { id: batch.id, currency: batch.total.currency });
    const digest = new BatchDigest(headerOf(batch, figures));
    for await (const page of linePages(tx, batchId)) {
      for (const { line } of page) digest.add(lineDigest(line));
      yield page.map(({ line }) => line);
    }
    if (digest.hex() !== batch.digest) throw notAsSigned(batchId);
  }
}
