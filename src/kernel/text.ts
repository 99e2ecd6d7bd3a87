/** Zero-width blanks, soft hyphens, marks of direction, NUL: they come by copying and nobody sees them. */
const UNSEEN = /(?!\s)[\p{Cf}\p{Cc}]/gu;

/**
 * Folds a Vietnamese text for comparing and searching: lower case, no diacritics, single blanks.
 * `đ` does not decompose in Unicode, and lists carry its look-alikes Ð (U+00D0) and Ɖ (U+0189).
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(UNSEEN, '')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐðÐɖƉ]/g, 'd')
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** The rail's alphabet: upper case A–Z, 0–9 and blank; everything else becomes a blank. */
export function bankText(text: string, maxLength: number): string {
  return foldText(text)
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, ' ')
    .trim()
    .slice(0, maxLength)
    .trim();
}

/** Unicode NFC with single inner blanks and no outer ones: how texts are stored. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(UNSEEN, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** `••••1234`: enough to tell two accounts apart, not enough to use one. */
export function maskTail(text: string, shown = 4): string {
  return `••••${text.slice(-shown)}`;
}
