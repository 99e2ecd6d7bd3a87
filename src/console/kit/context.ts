import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Permission, Role, SignatureKind } from '../../identity/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { Language } from '../../platform/http/index.js';
import type { Feedback } from './feedback.js';
import type { NamesOf } from './names.js';

/** Who looks at a page. */
export interface Viewer {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly signature: SignatureKind | null;
  readonly permissions: ReadonlySet<Permission>;
}

/** What every part of a page may ask for. */
export interface ConsoleContext {
  readonly language: Language;
  /** Null before signing in. */
  readonly viewer: Viewer | null;
  /** Address of this page, query included: `/batches?state=proposed`. */
  readonly url: string;
  readonly now: Date;
  /** What programmes, funds, banks, communes and reasons are called. */
  readonly names: NamesOf;
  readonly feedback: Feedback | null;
  /** A key for each form of this page, so that sending one twice is one act. */
  readonly newKey: () => string;
}

export const ConsoleContextOf = createContext<ConsoleContext | null>(null);

/** @throws outside of a page */
export function useConsole(): ConsoleContext & { may: (permission: Permission) => boolean } {
  const context = useContext(ConsoleContextOf);
  if (!context) throw new Error('a part of a page stands inside a page');
  return { ...context, may: (permission) => context.viewer?.permissions.has(permission) ?? false };
}

/** Says a text in the language of the page: `t('Đợt chi', 'Batch')`, or `t(bilingual)`. */
export interface Say {
  (vi: string, en: string): string;
  (text: Bilingual): string;
}

export function useText(): Say {
  const { language } = useConsole();
  return (text: string | Bilingual, en?: string): string => {
    if (typeof text === 'string') return language === 'vi' ? text : (en ?? text);
    return text[language];
  };
}

/** A text that is the same in both languages, or given in both. */
export type Text = string | Bilingual;

export function useWords(): (text: Text) => string {
  const t = useText();
  return (text) => (typeof text === 'string' ? text : t(text));
}

/** `useNames().programme('NCC_MONTHLY')`: what a code is called. */
export function useNames(): NamesOf {
  return useConsole().names;
}
