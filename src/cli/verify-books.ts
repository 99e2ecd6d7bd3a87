import { FundPositions, VerifyLedger } from '../ledger/index.js';
import { VerifyBooks } from '../payments/index.js';
import type { Tx } from '../platform/database/index.js';

type Say = (line: string) => unknown;

/** What the last line says. */
export interface BooksVerdict {
  readonly ok: boolean;
  readonly transactions: number;
  readonly entries: number;
  readonly unbalanced: number;
  readonly differences: number;
}

/** Faults that are shown one by one; the figures count them all. */
const SHOWN = 50;

/**
 * Proves the books: every transaction sums to zero, no account and no fund is below what it may be, and every
 * balance, posting and reservation is what the payments say. Tells what is not so, line by line.
 */
export async function verifyBooks(tx: Tx, say: Say): Promise<BooksVerdict> {
  const { transactions, entries, faults } = await new VerifyLedger().verify(tx);
  const differences = await new VerifyBooks().verify(tx);
  for (const { what, where, amount } of faults.slice(0, SHOWN)) {
    say(`✘ ${what}: ${where}${amount === null ? '' : ` (${amount})`}`);
  }
  for (const { what, where, ledger, payments } of differences.slice(0, SHOWN)) {
    say(`✘ ${what}: ${where}: sổ cái / ledger ${ledger}, khoản chi / payments ${payments}`);
  }
  return {
    ok: faults.length + differences.length === 0,
    transactions,
    entries,
    unbalanced: faults.length,
    differences: differences.length,
  };
}

/** Where the money of every fund and year stands, for people. */
export async function showFunds(tx: Tx, say: Say): Promise<void> {
  const positions = new FundPositions();
  for (const year of await positions.years(tx)) {
    for (const fund of await positions.byYear(tx, { year, fund: null })) {
      const stands = [
        `giao / allotted ${fund.allotted.format('vi')}`,
        `còn / available ${fund.available.format('vi')}`,
        `giữ / reserved ${fund.reserved.format('vi')}`,
        `đang đi / in transit ${fund.inTransit.format('vi')}`,
        `đã chi / paid ${fund.paid.format('vi')}`,
        `trả lại / returned ${fund.returned.format('vi')}`,
      ];
      say(`  ${fund.fund} ${fund.period}: ${stands.join(', ')}`);
    }
  }
}
