import type { Bilingual } from '../../kernel/index.js';
import type { Choice } from './choice.js';

/** What kinds of what is owed are called. */
const KINDS: Readonly<Record<string, Bilingual>> = {
  regular: { vi: 'Thường kỳ', en: 'Regular' },
  arrears: { vi: 'Truy lĩnh', en: 'Arrears' },
  one_off: { vi: 'Một lần', en: 'One-off' },
};

export const kindText = (kind: string): Bilingual => KINDS[kind] ?? { vi: 'khác', en: 'other' };

export const KIND_CHOICES: readonly Choice[] = Object.entries(KINDS).map(([value, text]) => ({
  value,
  text,
}));
