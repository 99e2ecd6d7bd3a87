import { InvariantError, Money } from '../kernel/index.js';
import type { SignedChanges, SignedLines } from '../batches/index.js';
import type { BankDirectory } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { changeRow, paperRow, type ChangeRow, type PaperRow } from './paper-line.rules.js';

/** The long parts of a paper, read anew each time they are asked for. */
export interface PaperLines {
  /** By pages of the database, not of the paper. */
  rows(): AsyncIterable<readonly PaperRow[]>;
  /** Who is new, who is gone, whose amount and whose account alone is another; each by personal number. */
  changes(): AsyncIterable<ChangeRow>;
}

/** Reads the lines of a signed batch for its paper. They are checked against the digest each time. */
export class SignedPaperLines implements PaperLines {
  constructor(
    private readonly tx: Tx,
    private readonly parts: {
      readonly lines: SignedLines;
      readonly changes: SignedChanges;
      readonly banks: BankDirectory;
    },
    private readonly batch: {
      readonly id: string;
      readonly period: string;
      readonly total: Money;
      /** How the paper calls each fund, by its code; empty when there is one only. */
      readonly sources: ReadonlyMap<string, string>;
      readonly approvedAt: Date;
    },
  ) {}

  async *rows(): AsyncGenerator<readonly PaperRow[], void> {
    const { id, period, sources, total } = this.batch;
    let sum = Money.zero(total.currency);
    for await (const page of this.parts.lines.pages(this.tx, id)) {
      for (const { amount } of page) sum = sum.plus(amount);
      yield page.map((line) =>
        paperRow(line, {
          bank: this.bankName(line.bankBin),
          period,
          source: sources.get(line.fund) ?? '',
        }),
      );
    }
    if (!sum.equals(total)) throw new InvariantError('lines do not come to the total', { id });
  }

  async *changes(): AsyncGenerator<ChangeRow, void> {
    const { id, approvedAt } = this.batch;
    const signed = { batchId: id, at: approvedAt };
    const bankName = (bin: string): string => this.bankName(bin);
    for (const change of ['new', 'gone', 'other_amount', 'other_account'] as const) {
      const people = this.parts.changes.people(this.tx, { ...signed, change });
      for await (const person of people) {
        // Told already, with both that changed.
        if (change === 'other_account' && person.changes.includes('other_amount')) continue;
        yield changeRow(person, bankName);
      }
    }
  }

  /** By the directory's short name; the BIN of a bank that is not in it. */
  private bankName(bin: string): string {
    return this.parts.banks.byBin(bin)?.shortName ?? bin;
  }
}
