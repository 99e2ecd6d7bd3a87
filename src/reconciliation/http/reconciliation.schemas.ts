import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { EXCEPTION_KINDS } from '../exception.rules.js';
import { BUCKETS } from '../matching.rules.js';
import { RECONCILIATION_STATES } from '../reconciliation.lifecycle.js';

const bank = z.string().min(1).max(31).describe('code of a bank of config/banks');
const day = z.iso.date().describe('ISO 8601 date at the office');
const digits = z.string().describe('plain decimal digits');

export const idSchema = z.uuid();

export const wantedSchema = z
  .strictObject({ bank, from: day, to: day })
  .describe('which bank, first and last day, both included');

export const createdSchema = z.object({ id: z.uuid() });

export const listQuery = pageQuery({
  bank: bank.optional(),
  state: z.enum(RECONCILIATION_STATES).optional(),
});

export const entriesQuery = pageQuery({ bucket: z.enum(BUCKETS).optional() });

const reconciliationSchema = z.object({
  id: z.uuid(),
  bank,
  from: day,
  to: day,
  state: z.enum(RECONCILIATION_STATES),
  newEntries: z.number().int().nullable().describe('entries that no earlier statement had'),
  failure: z.string().nullable().describe('why no statement could be had'),
  tries: z.number().int(),
  requestedAt: z.date(),
  endedAt: z.date().nullable(),
  source: z.enum(['bank', 'file']).describe('whether the bank was asked, or a file was sent'),
  closedAt: z.date().nullable(),
  closedBy: z.string().nullable(),
});

export const bucketsSchema = z.array(
  z.object({
    bucket: z.enum(BUCKETS).nullable().describe('null while entries wait to be matched'),
    entries: z.number().int(),
    amount: digits,
  }),
);

/** The last entry of a page. */
export const entryKey = z.object({ bookedAt: z.iso.datetime(), id: z.uuid() });

export const listSchema = pageSchema(reconciliationSchema);

export const detailSchema = reconciliationSchema.extend({
  statement: z
    .object({
      statementId: z.string(),
      currency: z.string(),
      opening: digits,
      closing: digits,
      debitTotal: digits,
      creditTotal: digits,
      entryCount: z.number().int(),
      difference: digits.describe('opening + credits − debits − closing: 0 when it adds up'),
      contested: z.number().int().describe('entries that were known with other content'),
    })
    .nullable(),
  buckets: bucketsSchema,
  matched: z
    .object({ payments: z.number().int(), amount: digits })
    .describe('payments of this statement that a debit proves, and their amount'),
  openExceptions: z
    .array(z.object({ kind: z.enum(EXCEPTION_KINDS), count: z.number().int() }))
    .describe('open exceptions of its bank and days: none may be left when it is closed'),
});

export const entrySchema = z.object({
  id: z.uuid(),
  entryId: z.string().describe("the bank's own id of the entry"),
  reference: z.string().nullable(),
  direction: z.enum(['debit', 'credit']),
  amount: digits,
  currency: z.string(),
  bookedAt: z.date(),
  returnCode: z.string().nullable(),
  reversal: z.boolean(),
  bucket: z.enum(BUCKETS).nullable(),
  paymentId: z.uuid().nullable(),
  contested: z.boolean(),
});

export const entriesSchema = pageSchema(entrySchema);
