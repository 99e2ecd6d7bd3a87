import { z } from 'zod';
import type { Bilingual } from '../../kernel/index.js';
import { say } from '../../platform/http/index.js';

/** A text that people write. `what` names the field in the sentence that refuses it. */
export function wordField(given: { what: Bilingual; least?: number; most: number }) {
  const { what, least = 3, most } = given;
  return z
    .string({ error: say(missing(what)) })
    .trim()
    .min(least, {
      error: say({
        vi: `${what.vi}: xin ghi ít nhất ${least} ký tự.`,
        en: `${what.en}: please write at least ${least} characters.`,
      }),
    })
    .max(most, {
      error: say({
        vi: `${what.vi}: nhiều nhất ${most} ký tự.`,
        en: `${what.en}: at most ${most} characters.`,
      }),
    })
    .refine((text) => !/\p{Cs}|\u0000/u.test(text), {
      error: say({
        vi: `${what.vi}: có ký tự không lưu được.`,
        en: `${what.en}: holds a character that cannot be stored.`,
      }),
    });
}

const missing = (what: Bilingual): Bilingual => ({
  vi: `${what.vi}: chưa ghi.`,
  en: `${what.en}: is missing.`,
});

export const REASON = { vi: 'Căn cứ', en: 'By which paper' };
export const NOTE = { vi: 'Ghi chú', en: 'Note' };
