import { createHash, type Hash } from 'node:crypto';
import { StatementUnreadable, type StatementEntry, type StatementPage } from '../banks/index.js';

/** A bank whose statement never ends must not fill the disk. */
export const MOST_ENTRIES = 5_000_000;
const ID_LENGTH = 255;
const TEXT_LENGTH = 500;
/** What PostgreSQL cannot keep: NUL and halves of characters. */
const UNSTORABLE = /\0|\p{Cs}/u;

/** @throws StatementUnreadable when pages are not of one statement. */
export function assertSameFrame(first: StatementPage, page: StatementPage): void {
  if (frameOf(first) !== frameOf(page))
    throw new StatementUnreadable('its pages do not belong together');
}

/** @throws StatementUnreadable when its frame is not one that can be reconciled. */
export function assertFrame({ statementId, opening, closing }: StatementPage): void {
  if (!isText(statementId, ID_LENGTH)) throw new StatementUnreadable('it has no usable id');
  if (opening.currency !== closing.currency)
    throw new StatementUnreadable('its opening and closing are of two currencies');
}

/**
 * What no entry may be, whoever says it. The rest (days outside, an id used twice) is kept and told.
 * @throws StatementUnreadable naming the entry.
 */
export function assertEntry(entry: StatementEntry, first: StatementPage): void {
  const { entryId, reference, amount, bookedAt, bankReference, returnReason } = entry;
  if (!isText(entryId, ID_LENGTH)) throw new StatementUnreadable('an entry has no usable id');
  const fault = (what: string) => new StatementUnreadable(`entry ${entryId} ${what}`);
  if (!amount.isPositive()) throw fault('has no amount above zero');
  if (amount.currency !== first.opening.currency) throw fault('is of another currency');
  if (Number.isNaN(bookedAt.getTime())) throw fault('has no time of booking');
  const texts = [reference, bankReference, returnReason?.code, returnReason?.text];
  if (texts.some((text) => text !== undefined && !isText(text, TEXT_LENGTH)))
    throw fault('has a text that is empty, too long or cannot be stored');
}

function isText(text: string, longest: number): boolean {
  return text.trim() !== '' && text.length <= longest && !UNSTORABLE.test(text);
}

export function frameOf({
  statementId,
  opening,
  closing,
}: Pick<StatementPage, 'statementId' | 'opening' | 'closing'>): string {
  return JSON.stringify([statementId, opening.currency, opening, closing.currency, closing]);
}

/**
 * SHA-256 of what a statement says, of which days, and whose: a bank that counts no statements says the same of any
 * two days on which nothing moved. @param saying SHA-256 of its frame and entries
 */
export function digestOfDays(
  saying: string,
  { from, to, account }: { from: string; to: string; account?: string },
): string {
  const said = JSON.stringify([saying, from, to, account ?? null]);
  return createHash('sha256').update(said).digest('hex');
}

/** What was said of a reversal only counts where there is one, so that digests of before stay what they were. */
export function digestEntries(hash: Hash, entries: readonly StatementEntry[]): void {
  for (const entry of entries) {
    hash.update(
      JSON.stringify([
        entry.entryId,
        entry.reference ?? null,
        entry.direction,
        entry.amount.currency,
        entry.amount,
        entry.bookedAt,
        entry.returnReason?.code ?? null,
        ...(entry.reversal ? ['reversal'] : []),
      ]),
    );
  }
}
