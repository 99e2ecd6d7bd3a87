import type { Permission } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** One thing to do, and where. */
export interface Step {
  readonly text: Bilingual;
  readonly href?: string;
  /** Where the link leads is shown to whoever may do this. */
  readonly permission?: Permission;
}

/** What may go wrong, and what to do then. */
export interface Trouble {
  readonly what: Bilingual;
  readonly answer: Bilingual;
}

export interface Topic {
  readonly title: Bilingual;
  readonly summary: Bilingual;
  readonly steps: readonly Step[];
  readonly troubles: readonly Trouble[];
}

export const text = (vi: string, en: string): Bilingual => ({ vi, en });

export const step = (
  vi: string,
  en: string,
  place?: { readonly href: string; readonly permission?: Permission },
): Step => ({ text: { vi, en }, ...place });

export const trouble = (what: Bilingual, answer: Bilingual): Trouble => ({ what, answer });
