import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
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
});

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
  buckets: z.array(
    z.object({
      bucket: z.enum(BUCKETS).nullable().describe('null while entries wait to be matched'),
      entries: z.number().int(),
      amount: digits,
    }),
  ),
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
  bucket: z.enum(BUCKETS).nullable(),
  paymentId: z.uuid().nullable(),
  contested: z.boolean(),
});

export const entriesSchema = pageSchema(entrySchema);
