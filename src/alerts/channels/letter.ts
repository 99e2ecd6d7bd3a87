import type { Bilingual } from '../../kernel/index.js';
import type { Language } from '../alert-file.schema.js';

/** One matter of an e-mail: what, and what to do. */
export interface Matter {
  readonly mark: Bilingual;
  readonly title: Bilingual;
  readonly more: Bilingual;
  /** Absolute where PUBLIC_URL is set. */
  readonly link: string;
}

export interface Letter {
  readonly subject: Bilingual;
  readonly matters: readonly Matter[];
  /** Said at the end: what is not shown, whom to ask. */
  readonly foot: Bilingual;
}

/** An e-mail as text and as simple HTML, in the receiver's language first and in the other one after it. */
export function written(
  { subject, matters, foot }: Letter,
  language: Language,
): { subject: string; text: string; html: string } {
  const both = language === 'vi' ? (['vi', 'en'] as const) : (['en', 'vi'] as const);
  const text = both
    .map((one) =>
      [
        subject[one],
        ...matters.map((m) => `[${m.mark[one]}] ${m.title[one]}\n  → ${m.more[one]}\n  ${m.link}`),
        foot[one],
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    )
    .join('\n\n----------------------------------------\n\n');
  const html = both
    .map((one) => {
      const items = matters.map(
        (m) =>
          `<li><p><strong>[${escaped(m.mark[one])}] <a href="${escaped(m.link)}">${escaped(m.title[one])}</a></strong><br>${escaped(m.more[one])}</p></li>`,
      );
      return `<div lang="${one}"><h1>${escaped(subject[one])}</h1><ul>${items.join('')}</ul><p>${escaped(foot[one])}</p></div>`;
    })
    .join('<hr>');
  return {
    subject: subject[language],
    text,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"></head><body>${html}</body></html>`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
