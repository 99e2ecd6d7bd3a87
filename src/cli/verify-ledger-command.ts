import { FundPositions, VerifyLedger } from '../ledger/index.js';
import { VerifyBooks } from '../payments/index.js';
import { Database } from '../platform/database/index.js';

type Get = <T>(type: abstract new (...args: never[]) => T) => T;

/** Faults that are shown one by one; the figures count them all. */
const SHOWN = 50;

/**
 * Proves the books: every transaction sums to zero, no account and no fund is below what it may be, and every
 * balance, posting and reservation is what the payments say. The last line is JSON; not `ok` exits 1.
 */
export async function verifyLedgerCommand(
  get: Get,
  say: (line: string) => unknown,
): Promise<boolean> {
  const { reader } = get(Database);
  const verdict = await get(VerifyLedger).verify(reader);
  const differences = await get(VerifyBooks).verify(reader);
  for (const { what, where, amount } of verdict.faults.slice(0, SHOWN)) {
    say(`✘ ${what}: ${where}${amount === null ? '' : ` (${amount})`}`);
  }
  for (const { what, where, ledger, payments } of differences.slice(0, SHOWN)) {
    say(`✘ ${what}: ${where}: sổ cái / ledger ${ledger}, khoản chi / payments ${payments}`);
  }
  const years = await get(FundPositions).years(reader);
  for (const year of years) {
    for (const p of await get(FundPositions).byYear(reader, { year, fund: null })) {
      const stands = [
        `giao / allotted ${p.allotted.format('vi')}`,
        `còn / available ${p.available.format('vi')}`,
        `giữ / reserved ${p.reserved.format('vi')}`,
        `đang đi / in transit ${p.inTransit.format('vi')}`,
        `đã chi / paid ${p.paid.format('vi')}`,
        `trả lại / returned ${p.returned.format('vi')}`,
      ];
      say(`  ${p.fund} ${p.period}: ${stands.join(', ')}`);
    }
  }
  const ok = verdict.faults.length + differences.length === 0;
  const { transactions, entries } = verdict;
  const counts = { unbalanced: verdict.faults.length, differences: differences.length };
  say(JSON.stringify({ ok, transactions, entries, ...counts }));
  return ok;
}
