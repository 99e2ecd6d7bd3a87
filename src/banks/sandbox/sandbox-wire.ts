import { z } from 'zod';

/** The bank's side of wire.openapi.yaml: what it lets in. Written from the paper, not from the adapter. */
const reference = z.string().regex(/^[\x21-\x7e]{1,35}$/);
const amount = z.string().regex(/^[1-9]\d{0,17}$/);
const currency = z.literal('VND');

export const accountSchema = z.object({
  bankBin: z.string().regex(/^\d{6}$/),
  accountNumber: z.string().regex(/^[0-9A-Za-z]{6,19}$/),
});

export const orderSchema = z.object({
  reference,
  amount,
  currency,
  creditor: accountSchema.extend({ accountName: z.string().regex(/^[A-Z0-9 ]{0,70}$/) }),
  narrative: z.string().regex(/^[A-Z0-9 ]{0,25}$/),
});

export type Order = z.infer<typeof orderSchema>;

export const submissionSchema = z
  .object({
    reference,
    count: z.number().int(),
    total: amount,
    currency,
    payments: z.array(orderSchema).min(1).max(10_000),
  })
  .refine((message) => message.count === message.payments.length, { path: ['count'] })
  .refine((message) => sumOf(message.payments) === BigInt(message.total), { path: ['total'] })
  .refine((message) => new Set(message.payments.map((p) => p.reference)).size === message.count, {
    path: ['payments'],
    message: 'a reference stands twice in the message',
  });

export const enquirySchema = z.object({
  payments: z.array(z.object({ reference })).min(1).max(10_000),
});

export const statementQuerySchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  cursor: z
    .string()
    .regex(/^\d{1,15}\.\d{1,15}$/)
    .optional(),
});

export const namesSchema = z.object({
  accounts: z.array(accountSchema.extend({ accountName: z.string().min(1).max(140) })).max(100_000),
});

/** What the bank says about one payment. */
export interface StatusOnWire {
  readonly reference: string;
  readonly status: string;
  readonly reasonCode?: string;
  readonly reasonText?: string;
  readonly bankReference?: string;
  readonly amount: string;
  readonly currency: string;
  readonly at?: string;
  readonly sequence?: number;
}

function sumOf(orders: readonly Order[]): bigint {
  return orders.reduce((sum, order) => sum + BigInt(order.amount), 0n);
}
