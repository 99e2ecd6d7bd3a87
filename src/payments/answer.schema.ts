import { z } from 'zod';

/*
 * What an adapter may say, as the contract has it. An adapter is checked too: whatever is not one of these,
 * whole, is a doubt about that one payment (never-pay-twice, rule 4), and never a fault that spoils its neighbours.
 */
const text = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((said) => !said.includes('\u0000'));

const fact = {
  bankReference: text(140).optional(),
  at: z.date().optional(),
  sequence: z.int().min(0).optional(),
};
const reason = z.object({ code: text(35).min(1), text: text(2000).optional() });

const settled = z.object({ kind: z.literal('settled'), ...fact });
const accepted = z.object({ kind: z.literal('accepted'), ...fact });
const rejected = z.object({ kind: z.literal('rejected'), reason, ...fact });
const returned = z.object({ kind: z.literal('returned'), reason, ...fact });
const putOff = {
  retryAfterMs: z
    .number()
    .min(0)
    .max(7 * 24 * 3_600_000)
    .optional(),
  busy: z.literal(true).optional(),
};
const unknown = z.object({
  kind: z.literal('unknown'),
  why: z.string(),
  delivered: z.boolean().optional(),
  ...putOff,
});
const notFound = z.object({ kind: z.literal('not-found') });
const notSent = z.object({ kind: z.literal('not-sent'), why: z.string(), ...putOff });

export const payAnswerSchema = z.discriminatedUnion('kind', [
  settled,
  accepted,
  rejected,
  notSent,
  unknown,
]);

export const enquiryAnswerSchema = z.discriminatedUnion('kind', [
  settled,
  accepted,
  rejected,
  returned,
  notFound,
  unknown,
]);
