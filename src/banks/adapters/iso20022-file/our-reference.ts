/** As `bankReferenceOf` (kernel) makes them. */
const OURS = /CT[0-9A-F]{32}/g;
/** ISO 20022 Max35Text. */
const REFERENCE_MAX = 35;
/** What banks write where they have no reference. */
const NONE = new Set(['NOTPROVIDED', 'NONREF', 'NOREF', 'NA', 'NULL', 'NONE']);
/** Markers of subfields within which a reference may be cut in two: `?21`. */
const CUT = /\?\d\d|[^0-9A-Z]/g;

/**
 * The reference of ours that a text carries, also where a bank cut it over lines or wrote it in small letters.
 * Two different ones in one text are none: which of them is meant is not ours to guess.
 */
export function referenceIn(text: string): string | undefined {
  const found = new Set(text.toUpperCase().replace(CUT, '').match(OURS) ?? []);
  const [only] = found;
  return found.size === 1 ? only : undefined;
}

/** The first of these texts that carries a reference of ours. */
export function referenceAmong(texts: readonly (string | undefined)[]): string | undefined {
  for (const text of texts) {
    const found = text === undefined ? undefined : referenceIn(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A reference that is given as one, whether or not it has our form; undefined when the bank gave none. */
export function givenReference(text: string | undefined): string | undefined {
  if (text === undefined || text.length > REFERENCE_MAX) return undefined;
  const plain = text.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return plain === '' || NONE.has(plain) ? undefined : text;
}
