import type { Tx } from '../platform/database/index.js';
import { BatchDigest, lineDigest, type BatchHeader } from './canonical-form.js';
import type { Batch } from './batch.store.js';
import { pageOfLines, type StoredLine } from './line.store.js';

/** Lines in memory at once while a batch is digested. */
export const DIGEST_PAGE = 5000;

/** What of a batch's row is signed; count and total are those of its lines. */
export function headerOf(
  batch: Batch,
  figures: Pick<BatchHeader, 'lineCount' | 'total'>,
): BatchHeader {
  const { id, number, round, programme, period, payOn, followUpOf } = batch;
  return { id, number, round, programme, period, payOn, followUpOf, ...figures };
}

/** The stored lines in the order of their numbers, a page at a time; the last page may be empty. */
export async function* linePages(tx: Tx, batchId: string): AsyncGenerator<StoredLine[], void> {
  let afterLineNo = 0;
  for (;;) {
    const page = await pageOfLines(tx, { batchId, afterLineNo, limit: DIGEST_PAGE });
    yield page;
    const last = page.at(-1);
    if (!last || page.length < DIGEST_PAGE) return;
    afterLineNo = last.line.lineNo;
  }
}

/** Digests the stored lines page by page; `onPage` is given each page's line digests. */
export async function digestLines(
  tx: Tx,
  header: BatchHeader,
  onPage?: (page: { stored: StoredLine; digest: string }[]) => Promise<void>,
): Promise<string> {
  const digest = new BatchDigest(header);
  for await (const page of linePages(tx, header.id)) {
    const digested = page.map((stored) => ({ stored, digest: lineDigest(stored.line) }));
    for (const line of digested) digest.add(line.digest);
    await onPage?.(digested);
  }
  return digest.hex();
}
