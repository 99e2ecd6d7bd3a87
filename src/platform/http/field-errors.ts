import { z } from 'zod';
import type { Bilingual } from '../../kernel/index.js';
import { fieldText } from './field-texts.js';

/** One thing that is wrong in a request. */
export interface FieldError {
  readonly in: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer (RFC 6901) into that part: `/lines/0/amount`; empty for the whole. */
  readonly pointer: string;
  /** What kind of wrong, stable: `invalid_type`, `too_small`, `unrecognized_keys` … */
  readonly rule: string;
  readonly messages: Bilingual;
}

const BETWEEN = '\u241e';

/**
 * A schema's own message in both languages: `z.string().regex(…, say({ vi: '…', en: '…' }))`.
 * Schemas carry one string, so both travel in it.
 */
export function say(text: Bilingual): string {
  return `${text.vi}${BETWEEN}${text.en}`;
}

const speaking =
  (language: keyof Bilingual, otherwise: z.core.$ZodErrorMap): z.core.$ZodErrorMap =>
  (issue) =>
    fieldText(issue)?.[language] ?? otherwise(issue);

const vietnamese = speaking('vi', z.locales.vi().localeError);
const english = speaking('en', z.locales.en().localeError);

/** More than this and nobody reads on; it also bounds the answer to a hostile body. */
const MAX_ERRORS = 200;

/** Every fault of a value that its schema refuses, in both languages. */
export async function fieldErrors(
  schema: z.ZodType,
  value: unknown,
  part: FieldError['in'],
): Promise<FieldError[]> {
  // A schema's own message goes before the language's, and stays the same in both passes.
  const vi = await schema.safeParseAsync(value, { error: vietnamese });
  const en = await schema.safeParseAsync(value, { error: english });
  const english_ = en.error?.issues ?? [];
  return (vi.error?.issues ?? []).slice(0, MAX_ERRORS).map((issue, index) => ({
    in: part,
    pointer: pointerOf(issue.path),
    rule: issue.code,
    messages: {
      vi: side(issue.message, 0),
      en: side(english_[index]?.message ?? issue.message, 1),
    },
  }));
}

function side(message: string, index: 0 | 1): string {
  return message.split(BETWEEN)[index] ?? message;
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
