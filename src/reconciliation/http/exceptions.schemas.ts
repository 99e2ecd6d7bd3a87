import { z } from 'zod';
import { tidyText } from '../../kernel/index.js';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { EXCEPTION_KINDS, EXCEPTION_STATES, MOST_AT_ONCE } from '../exception.rules.js';
import { entrySchema } from './reconciliation.schemas.js';

const bank = z.string().min(1).max(31).describe('code of a bank of config/banks');
const kind = z.enum(EXCEPTION_KINDS);
const state = z.enum(EXCEPTION_STATES);
const day = z.iso.date().describe('ISO 8601 date at the office');
const digits = z.string().describe('plain decimal digits');
const words = (longest: number) =>
  z.string().min(1).max(longest).transform(tidyText).pipe(z.string().min(1));

/** Nobody waits for an exception longer than this. */
const OLDEST_DAYS = 36_500;

export const exceptionsQuery = pageQuery({
  bank: bank.optional(),
  kind: kind.optional(),
  state: state.optional(),
  owner: z
    .union([z.uuid(), z.literal('none')])
    .optional()
    .describe('id of a user; `none`: nobody’s'),
  reconciliation: z.uuid().optional().describe('those of its bank and days, whoever found them'),
  olderThanDays: z.coerce
    .number()
    .int()
    .min(0)
    .max(OLDEST_DAYS)
    .optional()
    .describe('opened at least so many days ago'),
});

const exception = {
  id: z.uuid(),
  kind,
  state,
  bank,
  from: day,
  to: day,
  reconciliationId: z.uuid().nullable().describe('the run that found it; null: found between runs'),
  paymentId: z.uuid().nullable(),
  paymentReference: z.string().nullable(),
  direction: z.enum(['debit', 'credit']).nullable(),
  amount: digits.nullable(),
  currency: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  openedAt: z.date(),
  ageDays: z.number().int().describe('whole days from its opening to its end, or to now'),
  ownerId: z.uuid().nullable(),
  owner: z.string().nullable(),
  version: z.number().int().describe('for If-Match: `"v<version>"`'),
  endedAt: z.date().nullable(),
  endedBy: z.string().nullable().describe('`system` when the fact went away'),
  explanation: z.string().nullable(),
  evidence: z.string().nullable(),
};

export const exceptionSchema = z.object(exception);
export const exceptionsSchema = pageSchema(exceptionSchema);
export const exceptionDetailSchema = z.object({
  ...exception,
  entry: entrySchema.nullable().describe('the entry of a statement that it is about'),
  notes: z.array(z.object({ id: z.uuid(), at: z.date(), by: z.string(), text: z.string() })),
  history: z.array(
    z.object({
      at: z.date(),
      happened: z.string(),
      by: z.string(),
      detail: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const ownerBody = z
  .strictObject({
    userId: z
      .uuid()
      .nullable()
      .optional()
      .describe('whom it is given to; null: nobody; absent: whoever asks takes it'),
  })
  .describe('whose it is from now on');

export const noteBody = z.strictObject({ text: words(2_000) });

const explanation = {
  text: words(2_000).describe('what became of it; at least three words where money moved'),
  evidence: words(255)
    .optional()
    .describe('number of a letter or voucher; needed where money moved that should not have'),
};
export const explanationBody = z.strictObject(explanation);
export const bulkExplanationBody = z
  .strictObject({
    ...explanation,
    ids: z.array(z.uuid()).min(1).max(MOST_AT_ONCE).optional(),
    reconciliation: z.uuid().optional(),
    kind: kind.optional(),
  })
  .refine(
    ({ ids, reconciliation, kind: ofKind }) =>
      ids ? !reconciliation && !ofKind : reconciliation !== undefined && ofKind !== undefined,
    { error: 'either `ids`, or `reconciliation` and `kind`', path: ['ids'] },
  )
  .describe('some by their `ids`, or all of a `kind` in a `reconciliation`; all of them or none');

export const explainedSchema = z.object({
  explained: z.number().int(),
  remaining: z.number().int().describe('open exceptions of that kind and run that are left'),
});
