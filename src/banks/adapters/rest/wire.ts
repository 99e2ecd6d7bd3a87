import { z } from 'zod';
import { Money, type CurrencyCode } from '../../../kernel/index.js';

/**
 * The bank's words on the wire, as wire.openapi.yaml documents them. Unknown extra fields are ignored and an
 * optional field may be missing or null; what is there must have its documented form, or it says nothing.
 */
const LONGEST_TEXT = 500;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);

export const referenceSchema = z.string().regex(/^[\x21-\x7e]{1,35}$/);

const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() >= EARLIEST && at.getTime() < LATEST);

/** Free text of a bank: control characters would break logs and cannot be stored. */
const freeText = z
  .string()
  .transform((text) =>
    text
      .replace(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, LONGEST_TEXT),
  )
  .transform((text) => (text === '' ? undefined : text));

const bankReference = z.string().regex(/^[\x20-\x7e]{1,64}$/);
const currency = z.enum(['VND', 'USD', 'LAK']) satisfies z.ZodType<CurrencyCode>;
const digits = z.string().regex(/^\d{1,18}(\.\d{1,2})?$/);
const signedDigits = z.string().regex(/^-?\d{1,18}(\.\d{1,2})?$/);

/** What the bank says about one payment. `status` is any word here; its meaning is looked up elsewhere. */
export const paymentStatusSchema = z.object({
  reference: referenceSchema,
  status: z.string(),
  reasonCode: optional(z.string().regex(/^[A-Z0-9]{4}$/)),
  reasonText: optional(freeText),
  bankReference: optional(bankReference),
  amount: optional(digits),
  currency: optional(currency),
  at: optional(instant),
  sequence: optional(z.number().int().min(0)),
});

export type PaymentStatus = z.infer<typeof paymentStatusSchema>;

/** An enquiry's item for a reference that the bank does not know. */
export const absentPaymentSchema = z.object({
  reference: referenceSchema,
  found: z.literal(false),
});

/** Items are read one by one, so that one unreadable item spoils no other. */
export const submissionAnswerSchema = z.object({
  reference: referenceSchema,
  payments: z.array(z.unknown()),
});

export const enquiryAnswerSchema = z.object({ payments: z.array(z.unknown()) });

export const noticeSchema = z.object({ payments: z.array(z.unknown()).max(10_000) });

export const accountAnswerSchema = z.union([
  z.object({ found: z.literal(true), accountName: z.string().min(1).max(140) }),
  z.object({ found: z.literal(false) }),
]);

/** RFC 9457, with our stable `code`. */
export const problemSchema = z.object({
  code: z.string(),
  title: optional(freeText),
  reference: optional(referenceSchema),
});

const entrySchema = z.object({
  entryId: z.string().regex(/^[\x21-\x7e]{1,64}$/),
  reference: optional(referenceSchema),
  direction: z.enum(['debit', 'credit']),
  amount: digits,
  bookedAt: instant,
  reversal: optional(z.boolean()),
  returnReasonCode: optional(z.string().regex(/^[A-Z0-9]{4}$/)),
  returnReasonText: optional(freeText),
  bankReference: optional(bankReference),
});

export const statementPageSchema = z
  .object({
    statementId: z.string().regex(/^[\x21-\x7e]{1,64}$/),
    currency,
    opening: signedDigits,
    closing: signedDigits,
    entries: z.array(entrySchema).max(10_000),
    nextCursor: optional(z.string().min(1).max(512)),
  })
  .transform((page, context) => {
    const money = (amount: string): Money => moneyOf(amount, page.currency) ?? fail();
    const fail = (): never => {
      context.addIssue({
        code: 'custom',
        message: 'an amount has more decimals than its currency',
      });
      return z.NEVER;
    };
    return {
      statementId: page.statementId,
      opening: money(page.opening),
      closing: money(page.closing),
      nextCursor: page.nextCursor,
      entries: page.entries.map(({ returnReasonCode, returnReasonText, amount, ...entry }) => ({
        ...entry,
        amount: money(amount),
        returnReason: returnReasonCode
          ? { code: returnReasonCode, text: returnReasonText }
          : undefined,
      })),
    };
  });

/** Null when the text is not an amount of that currency (VND has no decimals, except zeros). */
export function moneyOf(amount: string, code: CurrencyCode): Money | null {
  try {
    return Money.of(amount, code);
  } catch {
    return null;
  }
}
