import { z } from 'zod';
import { pageQuery } from '../../platform/http/index.js';

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
const runState = z.enum(['scheduled', 'running', 'paused', 'finished']);
const instant = z.iso.datetime();
const amount = z.string().regex(/^\d+$/).describe('whole đồng, as decimal digits');
const bilingual = z.object({ vi: z.string(), en: z.string() });

export const reasonBody = z.strictObject({ reason: z.string().trim().min(3).max(1000) });

export const reissueBody = z.strictObject({
  batchId: z.uuid().describe('the approved batch whose payments failed'),
  paymentIds: z.array(z.uuid()).min(1).max(10_000).optional().describe('only these; else all'),
  payOn: z.iso.date().optional(),
  sameAccountBecause: z
    .string()
    .trim()
    .min(10)
    .max(500)
    .optional()
    .describe('why an account that failed will do now; without it only mended ones are taken'),
  paidAfterAllBecause: z
    .string()
    .trim()
    .min(10)
    .max(500)
    .optional()
    .describe(
      'why it is certain that no money is out, where the bank said after the failure that it paid',
    ),
});

export const reissuedSchema = z.object({
  batchId: z.uuid().describe('the follow-up batch, a draft'),
  reissued: z.int(),
  left: z.array(
    z.object({
      paymentId: z.uuid(),
      reasonCode: z.string(),
      why: z.enum([
        'entitlement_not_open',
        'deceased',
        'held',
        'paid_after_all',
        'no_account',
        'account_not_mended',
      ]),
    }),
  ),
});

export const runsQuery = pageQuery({ state: runState.optional(), batchId: z.uuid().optional() });

export const runSchema = z.object({
  id: z.uuid(),
  batchId: z.uuid(),
  batchNumber: z.string(),
  programme: z.string(),
  period: z.string(),
  state: runState,
  payments: z.int(),
  total: amount,
  currency: z.literal('VND'),
  scheduledFor: instant,
  deadlineAt: instant,
  createdAt: instant,
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  cancelRequestedAt: instant.nullable(),
  cancelReason: z.string().nullable(),
  pauseReason: z.string().nullable(),
});

export const waitingSchema = z.object({
  items: z
    .array(
      z.object({
        bankCode: z.string(),
        rail: z.string(),
        because: z
          .string()
          .describe(
            'closed-day, before-hours, after-cut-off, after-hours, day-limit, no-such-rail; or schedule, retry, due',
          ),
        text: bilingual,
        until: instant.describe('when it is tried; of retries the first'),
        submissions: z.int(),
        payments: z.int(),
        total: amount,
      }),
    )
    .describe('what is not sent yet, by bank, rail and reason, the first to go first'),
});

export const runDetailSchema = runSchema.extend({
  waiting: waitingSchema.shape.items,
  figures: z
    .array(z.object({ bankCode: z.string(), state: paymentState, count: z.int(), total: amount }))
    .describe('adds up to the run'),
  history: z.array(
    z.object({
      at: instant,
      happened: z.string(),
      from: z.string().nullable(),
      to: z.string(),
      actorKind: z.string(),
      actorName: z.string(),
      reason: z.string().nullable(),
    }),
  ),
});

export const paymentsQuery = pageQuery({
  runId: z.uuid().optional(),
  batchId: z.uuid().optional(),
  bankCode: z.string().max(31).optional(),
  state: paymentState.optional(),
  reasonCode: z.string().max(35).optional(),
  beneficiaryId: z.uuid().optional(),
  entitlementId: z.uuid().optional(),
  programme: z.string().max(35).optional().describe('its code'),
  period: z.string().max(10).optional().describe('as it stands in a payment: `2026-11`'),
  communeCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  reference: z.string().max(35).optional().describe('our reference at the bank (EndToEndId)'),
});

export const paymentSchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  runId: z.uuid(),
  batchId: z.uuid(),
  lineNo: z.int(),
  entitlementId: z.uuid(),
  beneficiaryId: z.uuid(),
  bankCode: z.string(),
  rail: z.string().describe('code of the rail of the bank’s file that it was born for'),
  railRule: z
    .string()
    .describe('`preferred`, or what spoke against the rails before it: `instant:above-max`'),
  waits: z
    .object({ because: z.string(), text: bilingual, until: instant })
    .nullable()
    .describe('while the rail’s hours or limits hold it back'),
  bankBin: z.string(),
  account: z.string().describe('masked but for its last four'),
  amount,
  currency: z.literal('VND'),
  programme: z.string(),
  period: z.string(),
  fund: z.string(),
  communeCode: z.string(),
  state: paymentState,
  reason: z
    .object({
      code: z.string(),
      text: bilingual,
      nextStep: bilingual,
      bankText: z.string().nullable(),
    })
    .nullable(),
  bankReference: z.string().nullable(),
  firstSentAt: instant.nullable(),
  unknownSince: instant.nullable(),
  nextEnquiryAt: instant.nullable(),
  settledAt: instant.nullable(),
  reissueOf: z.uuid().nullable(),
  reissuedBy: z.uuid().nullable(),
  createdAt: instant,
  changedAt: instant,
});

export const paymentDetailSchema = paymentSchema.extend({
  approvalId: z.uuid(),
  history: z.array(
    z.object({
      at: instant,
      from: paymentState.nullable(),
      to: paymentState,
      cause: z.string(),
      sourceId: z.string().nullable(),
      reasonCode: z.string().nullable(),
      reasonText: z.string().nullable(),
      bankReference: z.string().nullable(),
      bankAt: instant.nullable(),
    }),
  ),
  attempts: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['pay', 'enquire']),
      number: z.int(),
      startedAt: instant,
      endedAt: instant.nullable(),
      outcome: z.string().nullable(),
      why: z.string().nullable(),
      answer: z.string().nullable(),
    }),
  ),
  lineage: z
    .array(z.object({ id: z.uuid(), batchId: z.uuid(), state: paymentState, createdAt: instant }))
    .describe('every payment of the entitlement, over its reissues'),
});
