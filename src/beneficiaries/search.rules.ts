import { foldText } from '../kernel/index.js';

/** What an officer types to find a payee. */
export type Search =
  | { readonly by: 'number'; readonly text: string }
  | { readonly by: 'account'; readonly text: string }
  | { readonly by: 'name'; readonly words: readonly string[] };

const WORDS_MAX = 10;

/**
 * Digits are a personal number (9 or 12) or an account number, whole; letters are words of a name, each as far as it
 * was typed, with or without diacritics. A number of 9 or 12 digits may be either and is looked for as both.
 */
export function readSearch(text: string): Search[] {
  const plain = text.trim();
  const compact = plain.replace(/[\s.]/g, '');
  const searches: Search[] = [];
  if (/^(\d{9}|\d{12})$/.test(compact)) searches.push({ by: 'number', text: compact });
  if (/^[0-9A-Za-z]{6,19}$/.test(compact) && /\d/.test(compact)) {
    searches.push({ by: 'account', text: compact });
  }
  if (searches.length > 0) return searches;
  const words = foldText(plain)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  return [{ by: 'name', words: words.slice(0, WORDS_MAX) }];
}

/** As PostgreSQL's `to_tsquery('simple', …)` reads it: every word, each as a beginning. Letters and digits only. */
export function nameQuery(words: readonly string[]): string {
  return words.map((word) => `${word}:*`).join(' & ');
}
