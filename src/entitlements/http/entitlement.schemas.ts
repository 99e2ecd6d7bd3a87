import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';

const time = z.iso.datetime();
const state = z.enum(['open', 'in_batch', 'paid', 'ended']);
const kind = z.enum(['regular', 'arrears', 'one_off']);
const optionalText = z.string().nullable();

const fields = {
  id: z.uuid(),
  state,
  beneficiaryId: z.uuid(),
  personalNumber: z.string(),
  fullName: z.string(),
  programme: z.string(),
  period: z.string(),
  kind,
  amount: z.string().describe('whole đồng, decimal digits'),
  currency: z.literal('VND'),
  fund: z.string(),
  communeCode: z.string(),
  decisionNumber: z.string(),
  decisionDate: z.iso.date(),
  recipientName: optionalText,
  recipientPersonalNumber: optionalText,
  authorisedUntil: z.iso.date().nullable(),
  batchId: z.uuid().nullable(),
  failedCode: optionalText.describe('reason of the last failed payment, until it is paid'),
  failedAccountId: z.uuid().nullable().describe('the account that it failed on'),
  endReason: optionalText,
  importId: z.uuid(),
  row: z.number().int().describe('row of the list it came with'),
  note: optionalText,
  createdAt: time,
};

export const entitlementPage = pageSchema(z.object(fields));

export const entitlementSchema = z.object({
  ...fields,
  history: z.array(
    z.object({
      at: time,
      fromState: optionalText,
      toState: z.string(),
      actorKind: z.string(),
      actorName: z.string(),
      cause: z.string(),
      batchId: z.uuid().nullable(),
      reasonCode: optionalText,
    }),
  ),
});

export const entitlementsQuery = pageQuery({
  programme: z.string().max(40).optional(),
  period: z.string().max(10).optional(),
  kind: kind.optional(),
  state: state.optional(),
  communeCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  fund: z.string().max(40).optional(),
  beneficiaryId: z.uuid().optional(),
  importId: z.uuid().optional(),
  failed: z.enum(['true', 'false']).optional().describe('whether the last payment failed'),
});

export const endingBody = z.strictObject({
  decisionNumber: z.string().trim().min(1).max(140).describe('of the stop decision'),
  reason: z.string().trim().min(3).max(500),
});
