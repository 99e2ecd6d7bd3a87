import { z } from 'zod';
import { pageQuery, say } from '../../platform/http/index.js';
import { MOST_PAYMENTS_OF_A_RULING } from '../doubt.rules.js';

const instant = z.iso.datetime();
const amount = z.string().regex(/^\d+$/).describe('whole đồng, as decimal digits');
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const paymentState = z.enum([
  'ready',
  'sending',
  'accepted',
  'settled',
  'rejected',
  'unknown',
  'returned',
  'cancelled',
]);
const rulingState = z.enum(['proposed', 'confirmed', 'refused', 'withdrawn', 'overtaken']);
const outcome = z.enum(['settled', 'rejected']);

/** A text that people wrote; half a character would be another text once it is stored. */
const words = (longest: number) =>
  z
    .string()
    .trim()
    .min(3)
    .max(longest)
    .refine((text) => !/\p{Cs}|\u0000/u.test(text), {
      error: say({ vi: 'có ký tự không lưu được', en: 'holds a character that cannot be stored' }),
    });

export const doubtsQuery = pageQuery({
  bank: z.string().max(31).optional().describe('its code'),
  olderThan: instant.optional().describe('only payments in doubt since before this instant'),
});

const doubtFields = {
  paymentId: z.uuid(),
  reference: z.string().describe('our reference at the bank (EndToEndId)'),
  bank: z.string(),
  batchId: z.uuid(),
  runId: z.uuid(),
  amount,
  currency: z.literal('VND'),
  programme: z.string(),
  period: z.string(),
  communeCode: z.string(),
  state: paymentState,
  unknownSince: instant.nullable(),
  firstSentAt: instant.nullable(),
  lastSentAt: instant.nullable(),
  sendings: z.int(),
  enquiries: z.int().describe('how often the bank was asked'),
  lastAnswer: z
    .object({ at: instant, answer: z.string(), why: z.string().nullable() })
    .nullable()
    .describe('what the bank said when it was asked last'),
  nextEnquiryAt: instant.nullable(),
  windowUntil: instant
    .nullable()
    .describe(
      'before it, neither the bank’s "not found" nor a person may conclude that it never happened',
    ),
  openRuling: z
    .object({ id: z.uuid(), outcome, proposedBy: z.string(), proposedAt: instant })
    .nullable()
    .describe('waits for a signature'),
};

export const doubtSchema = z.object(doubtFields);

export const doubtDetailSchema = z.object({
  ...doubtFields,
  sent: z
    .array(
      z.object({
        attemptId: z.uuid(),
        number: z.int(),
        startedAt: instant,
        endedAt: instant.nullable(),
        outcome: z.string().nullable(),
        why: z.string().nullable(),
      }),
    )
    .describe('the latest first'),
  asked: z
    .array(
      z.object({
        attemptId: z.uuid(),
        askedAt: instant,
        answeredAt: instant.nullable(),
        answer: z.string(),
        why: z.string().nullable(),
      }),
    )
    .describe('the latest first'),
  rulings: z.array(
    z.object({
      rulingId: z.uuid(),
      outcome,
      state: rulingState,
      result: z.enum(['pending', 'moved', 'overtaken', 'released']),
      proposedAt: instant,
      decidedAt: instant.nullable(),
    }),
  ),
});

const paymentIds = z
  .array(z.uuid())
  .min(1)
  .max(MOST_PAYMENTS_OF_A_RULING)
  .refine((ids) => new Set(ids).size === ids.length, {
    error: say({ vi: 'có khoản chi nêu hai lần', en: 'names a payment twice' }),
  });

/** A form carries the ids as a text: JSON, or separated by commas or blanks. */
const idsInAForm = z
  .string()
  .max(MOST_PAYMENTS_OF_A_RULING * 40)
  .transform((text) => text.split(/[[\]",\s]+/).filter((id) => id !== ''))
  .pipe(paymentIds);

export const rulingBody = z.strictObject({
  paymentIds: z
    .union([paymentIds, idsInAForm])
    .describe('1…500 payments of one bank, in doubt now'),
  outcome: outcome.describe(
    '`settled`: the money arrived. `rejected`: it never went out; final, and only after the bank’s window',
  ),
  reasonCode: z
    .string()
    .trim()
    .max(35)
    .optional()
    .describe('for `rejected`: the listed code that says why no money went out'),
  evidenceReference: words(140)
    .optional()
    .describe('number of the bank’s letter, page of its statement; needed without a file'),
  evidenceNote: words(1000).optional(),
  evidenceAsOf: z
    .union([z.iso.date(), z.iso.datetime({ offset: true })])
    .describe(
      'as of when the evidence speaks: the time of the bank’s letter or statement, or its date (then the beginning of ' +
        'that day). For `rejected` it must be after the bank’s window',
    ),
});

/** How the body is documented when it carries a file. */
export const rulingForm = {
  type: 'object' as const,
  required: ['paymentIds', 'outcome', 'evidenceAsOf', 'file'],
  properties: {
    file: {
      type: 'string' as const,
      format: 'binary',
      description:
        'the evidence, at most 5 MiB: PDF, PNG, JPEG, XLSX without macros, CSV, TXT, EML',
    },
    paymentIds: { type: 'string' as const, description: 'separated by commas, or a JSON array' },
    outcome: { type: 'string' as const, enum: ['settled', 'rejected'] },
    reasonCode: { type: 'string' as const },
    evidenceReference: { type: 'string' as const },
    evidenceNote: { type: 'string' as const },
    evidenceAsOf: { type: 'string' as const, description: 'a date or a time, ISO 8601' },
  },
};

export const signatureBody = z.strictObject({
  digest: digest.describe('of the ruling as the signer saw it'),
});

export const decisionBody = z.strictObject({ reason: words(1000) });

export const rulingsQuery = pageQuery({
  state: rulingState.optional(),
  bank: z.string().max(31).optional(),
  paymentId: z.uuid().optional(),
});

export const rulingSchema = z.object({
  id: z.uuid(),
  bank: z.string(),
  outcome,
  reasonCode: z.string().nullable(),
  state: rulingState,
  payments: z.int(),
  total: amount,
  currency: z.literal('VND'),
  digest: digest.describe('give it back when signing'),
  evidence: z.object({
    reference: z.string().nullable(),
    note: z.string().nullable(),
    asOf: instant,
    file: z
      .object({ name: z.string(), mediaType: z.string(), bytes: z.int(), sha256: digest })
      .nullable(),
  }),
  proposedBy: z.string().describe('login'),
  proposedAt: instant,
  decidedBy: z.string().nullable().describe('login'),
  decidedAt: instant.nullable(),
  decisionReason: z.string().nullable(),
});

export const rulingDetailSchema = rulingSchema.extend({
  items: z.array(
    z.object({
      paymentId: z.uuid(),
      reference: z.string(),
      amount,
      state: paymentState.describe('where the payment stands now'),
      lastSentAt: instant.describe('the sending that the evidence is about'),
      result: z
        .enum(['pending', 'moved', 'overtaken', 'released'])
        .describe(
          '`overtaken`: it had left that doubt when it was signed, and what moved it stands',
        ),
      foundState: paymentState.nullable().describe('where it stood then, when overtaken'),
    }),
  ),
  history: z.array(
    z.object({
      at: instant,
      happened: rulingState,
      actor: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});
