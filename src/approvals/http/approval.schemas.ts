import { z } from 'zod';
import { ACCOUNT_STATES } from '../../batches/index.js';
import { pageQuery, pageSchema, say } from '../../platform/http/index.js';

const time = z.iso.datetime();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const step = {
  step: z.number().int(),
  signature: z.enum(['second', 'first']),
  role: z.string().describe('role that the signer must have'),
};
const signed = z.object({
  signerId: z.uuid(),
  signerLogin: z.string(),
  comment: z.string().nullable(),
  signedAt: time,
});

export const signBody = z.strictObject({
  digest: digest.describe('as the signer saw it'),
  lineCount: z.int().min(1).describe('as the signer saw it'),
  total: z
    .string()
    .regex(
      /^\d{1,20}$/,
      say({ vi: 'số tiền là các chữ số, không dấu chấm', en: 'an amount is plain digits' }),
    )
    .describe('whole đồng, as the signer saw it'),
  comment: z.string().trim().min(1).max(1000).optional(),
});

export const returnBody = z.strictObject({ reason: z.string().trim().min(3).max(1000) });

export const waitingQuery = pageQuery({
  waitingFor: z
    .literal('me')
    .optional()
    .describe('only batches that wait for the signature of whoever asks'),
});

const roundFields = {
  batchId: z.uuid(),
  number: z.string(),
  programme: z.string(),
  period: z.string(),
  state: z.enum(['draft', 'proposed', 'approved', 'cancelled']),
  round: z.number().int(),
  digest: digest.nullable(),
  lineCount: z.number().int(),
  total: z.string(),
  currency: z.literal('VND'),
  payOn: z.iso.date().nullable(),
  proposedAt: time.nullable(),
  accountChecks: z
    .object({
      mode: z.enum(['warn', 'block']),
      freshForDays: z.number().int(),
      counts: z.array(
        z.object({ state: z.enum(ACCOUNT_STATES), lines: z.number().int(), amount: z.string() }),
      ),
    })
    .nullable()
    .describe(
      'what was known of its lines’ accounts when it was proposed: only `exact` and `confirmed` are checked',
    ),
  steps: z.array(z.object({ ...step, signed: signed.nullable() })),
  next: z.object(step).nullable().describe('the signature that the batch waits for'),
  missing: z.number().int().describe('signatures that are still needed'),
};

export const roundPage = pageSchema(z.object(roundFields));

export const roundSchema = z.object({
  ...roundFields,
  approval: z.object({ id: z.uuid(), approvedAt: time }).nullable(),
  earlier: z
    .array(signed.extend({ round: z.number().int(), ...step }).omit({ role: true }))
    .describe('signatures of rounds that were returned; they count no more'),
});

export const signedSchema = roundSchema.extend({ signatureId: z.uuid() });

export const batchFundsSchema = z.object({
  budgetMonth: z.string().describe("of which month's budget the batch is paid, `yyyy-mm`"),
  reserved: z.boolean().describe('the last signature has reserved the money'),
  suffices: z.boolean(),
  funds: z.array(
    z.object({
      fund: z.string(),
      needed: z.string().describe('whole đồng'),
      available: z.string().describe('what the fund can still give to others, whole đồng'),
      short: z.string().describe('what is missing for this batch, whole đồng'),
    }),
  ),
});
