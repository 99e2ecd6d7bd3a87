import { z } from 'zod';
import { parsePeriod } from '../../kernel/index.js';
import { say } from '../../platform/http/index.js';
import { dayField, formOf, many, optional } from '../kit/index.js';

const version = z.coerce.number().int().min(1);
const LONG_ENOUGH = say({
  vi: 'xin ghi lý do, ít nhất 3 chữ cái',
  en: 'please say why, in at least 3 letters',
});

export const reason = z.string().trim().min(3, LONG_ENOUGH).max(1_000);

const period = z
  .string()
  .trim()
  .max(10)
  .transform((written, context) => {
    try {
      return parsePeriod(written);
    } catch {
      context.addIssue({
        code: 'custom',
        message: say({
          vi: 'kỳ viết là 11/2026, 2026 hoặc 2026-D1',
          en: 'a period is written 11/2026, 2026 or 2026-D1',
        }),
      });
      return z.NEVER;
    }
  });

export const assembleForm = formOf({
  programme: z
    .string()
    .min(1, say({ vi: 'xin chọn một chế độ', en: 'please choose a programme' }))
    .max(140),
  period,
  fund: optional(z.string().max(140)),
  kind: optional(z.enum(['regular', 'arrears', 'one_off'])),
  payOn: optional(dayField()),
  note: optional(z.string().trim().max(500)),
  communeCodes: many(z.string().regex(/^\d{5}$/), 500),
  bankBins: many(z.string().regex(/^\d{6}$/), 100),
});

export const versionForm = formOf({ version });
export const reasonForm = formOf({ reason, version });
export const removalForm = formOf({
  version,
  reason,
  entitlementIds: many(z.uuid(), 1_000).refine((ids) => ids.length > 0, {
    error: say({ vi: 'xin chọn ít nhất một dòng', en: 'please tick at least one line' }),
  }),
});
