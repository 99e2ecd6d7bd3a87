import type { Bilingual } from '../../kernel/index.js';

export type Language = keyof Bilingual;

/**
 * The language of an answer by RFC 9110 `Accept-Language`. Vietnamese unless English is clearly asked for:
 * the people at work here are Vietnamese officers, and a machine that says nothing gets their language.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  const quality = { vi: 0, en: 0 };
  for (const range of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag.split('-')[0];
    if (language !== 'vi' && language !== 'en') continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    const weight = /^(0(\.\d{1,3})?|1(\.0{1,3})?)$/.test(q) ? Number(q) : 0;
    quality[language] = Math.max(quality[language], weight);
  }
  return quality.en > quality.vi ? 'en' : 'vi';
}
