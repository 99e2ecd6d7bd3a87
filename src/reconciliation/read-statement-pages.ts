import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { StatementUnreadable, type StatementPage } from '../banks/index.js';
import { Database } from '../platform/database/index.js';
import {
  assertEntry,
  assertFrame,
  assertSameFrame,
  digestEntries,
  frameOf,
  MOST_ENTRIES,
} from './statement.rules.js';
import { insertLines } from './statement.store.js';

/** Reads a statement page by page into lines under a `reading` row, wherever its pages come from. */
@Injectable()
export class ReadStatementPages {
  constructor(private readonly database: Database) {}

  /**
   * @returns its first page, for the frame, and the SHA-256 over its frame and entries.
   * @throws StatementUnreadable naming what cannot be reconciled.
   */
  async read(
    statementRow: string,
    pages: AsyncIterable<StatementPage>,
  ): Promise<{ first: StatementPage; saying: string }> {
    const hash = createHash('sha256');
    let first: StatementPage | null = null;
    let lines = 0;
    for await (const page of pages) {
      if (!first) {
        assertFrame(page);
        hash.update(frameOf(page));
        first = page;
      }
      assertSameFrame(first, page);
      for (const entry of page.entries) assertEntry(entry, first);
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
    return { first, saying: hash.digest('hex') };
  }
}
