import { z } from 'zod';
import { pageQuery, pageSchema, say } from '../../platform/http/index.js';
import { STAGES } from '../stages.js';

const YEAR = /^(19|20|21)\d{2}$/;
const amount = z.string().describe('whole đồng');
const fundCode = z.string().trim().min(1).max(60).describe('code of a fund in config/funds.yaml');

export const allotBody = z.strictObject({
  fund: fundCode,
  period: z
    .string()
    .trim()
    .min(4)
    .max(7)
    .describe(
      '`2026` (may be spent from January on) or `2026-11` (from the lists of that month on)',
    ),
  amount: z
    .string()
    .regex(
      /^-?\d{1,18}$/,
      say({ vi: 'số tiền là các chữ số, không dấu chấm', en: 'an amount is plain digits' }),
    )
    .describe('whole đồng; below zero takes money back that is neither reserved nor spent'),
  decisionNumber: z.string().trim().min(1).max(100),
  decisionDate: z.iso.date(),
  note: z.string().trim().min(1).max(1000).optional().describe('needed where money is taken back'),
});

export const allotmentSchema = z.object({
  id: z.uuid(),
  fund: z.string(),
  period: z.string(),
  amount,
  currency: z.literal('VND'),
  decisionNumber: z.string(),
  decisionDate: z.iso.date(),
  note: z.string().nullable(),
  postingId: z.uuid(),
  enteredBy: z.string(),
  enteredAt: z.iso.datetime(),
});
export const allotmentPage = pageSchema(allotmentSchema);
export const allotmentsQuery = pageQuery({ fund: fundCode.optional() });

export const fundsQuery = z.strictObject({
  year: z.string().regex(YEAR).optional().describe('budget year; this year when absent'),
  fund: fundCode.optional(),
  by: z.enum(['year', 'month']).default('year'),
});

const positionSchema = z.object({
  fund: z.string(),
  name: z.object({ vi: z.string(), en: z.string() }),
  period: z.string().describe('the year, or its month'),
  allotted: amount,
  available: amount,
  reserved: amount.describe('signed, not sent yet'),
  inTransit: amount.describe('sent, and not known to have ended'),
  paid: amount.describe('paid and not come back'),
  returned: amount.describe('came back, in all; it is among `available` again'),
});
export const fundsSchema = z.object({ year: z.string(), items: z.array(positionSchema) });

export const postingsQuery = pageQuery({
  sourceId: z
    .string()
    .max(100)
    .optional()
    .describe('only what mirrors this approval, allotment, attempt, notice or ruling'),
});
export const postingPage = pageSchema(
  z.object({
    id: z.uuid(),
    kind: z.string(),
    sourceType: z.string(),
    sourceId: z.string().nullable(),
    at: z.iso.datetime(),
    entries: z.array(
      z.object({
        fund: z.string(),
        month: z.string(),
        stage: z.enum(STAGES),
        amount: amount.describe('into the account; below zero: out of it'),
      }),
    ),
  }),
);
