import { z } from 'zod';
import { startOfOfficeDay } from '../../kernel/index.js';
import { MOST_PAYMENTS_OF_A_RULING } from '../../payments/index.js';
import { say } from '../../platform/http/index.js';
import {
  dayField,
  cursorField,
  filterChoice,
  filterText,
  formOf,
  many,
  optional,
} from '../kit/index.js';
import { NOTE, wordField } from '../naming/word-field.js';

const payments = many(z.uuid(), MOST_PAYMENTS_OF_A_RULING);
export const newQuery = z.object({ payment: payments });
export const rulingsQuery = z.object({
  state: filterChoice(['proposed', 'confirmed', 'refused', 'withdrawn', 'overtaken']),
  bank: filterText,
  cursor: cursorField,
});
export const proposalForm = formOf({
  payment: payments,
  outcome: z.enum(['settled', 'rejected'], {
    error: say({ vi: 'Kết luận: chưa chọn.', en: 'How it ends: not chosen yet.' }),
  }),
  reasonCode: optional(z.string().trim().max(35)),
  evidenceReference: optional(
    wordField({ what: { vi: 'Số văn bản', en: 'The bank’s letter' }, most: 140 }),
  ),
  evidenceDay: dayField(),
  evidenceTime: optional(
    z
      .string()
      .trim()
      .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, {
        error: say({ vi: 'Giờ: ghi như 14:30.', en: 'Time: write it like 14:30.' }),
      }),
  ),
  evidenceNote: optional(wordField({ what: NOTE, most: 1000 })),
  // A browser sends an empty field for a file that was not chosen.
  file: z.unknown().optional(),
});
export const signatureForm = formOf({ digest: z.string().regex(/^[0-9a-f]{64}$/) });
export const decisionForm = formOf({
  reason: wordField({ what: { vi: 'Lý do', en: 'Reason' }, most: 1000 }),
});

/** Of a paper that bears only a date it is sure only that it was not written before that day. */
export function instantOf(day: string, time: string | undefined): Date {
  const start = startOfOfficeDay(day);
  if (time === undefined) return start;
  const [hours = '0', minutes = '0'] = time.split(':');
  return new Date(start.getTime() + (Number(hours) * 60 + Number(minutes)) * 60_000);
}
