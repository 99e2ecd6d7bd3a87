import type { Bilingual } from '../../kernel/index.js';

/** One thing to choose, and what it is called. */
export interface Choice {
  readonly value: string;
  readonly text: string | Bilingual;
  readonly hint?: string | Bilingual;
}
