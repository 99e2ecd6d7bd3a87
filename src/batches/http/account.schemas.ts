import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { ACCOUNT_STATES } from '../account-state.rules.js';

const time = z.iso.datetime();
const text = z.string().nullable();
const state = z.enum(ACCOUNT_STATES);

const accountCounts = z.array(
  z.object({
    state: state.describe('only `exact` and `confirmed` are checked accounts'),
    lines: z.number().int(),
    amount: z.string().regex(/^\d+$/).describe('whole đồng'),
  }),
);

export const proposedAccounts = z
  .object({
    mode: z.enum(['warn', 'block']),
    freshForDays: z.number().int(),
    counts: accountCounts,
  })
  .describe(
    'what was known of its lines’ accounts when it was proposed; null in a draft, and where the programme checks none',
  );

export const accountsNow = z
  .object({
    mode: z.enum(['warn', 'block']),
    counts: accountCounts,
    lines: z.array(
      z.object({
        lineNo: z.number().int(),
        beneficiaryId: z.uuid(),
        state,
      }),
    ),
  })
  .describe(
    'accounts as they are known now, and the first hundred lines whose account is not checked',
  );

export const accountChecksQuery = pageQuery({ state: state.optional() });

export const checksRequested = z.object({
  batchId: z.uuid(),
  requested: z.number().int().describe('accounts that did not wait for an answer already'),
});

export const accountChecksPage = pageSchema(
  z.object({
    lineNo: z.number().int(),
    beneficiaryId: z.uuid(),
    accountId: z.uuid(),
    payeeName: z.string(),
    bankBin: z.string(),
    accountNumberMasked: z.string(),
    state,
    ourName: z.string().describe('the name that is paid to'),
    bankName: text.describe('as the bank wrote it'),
    difference: z
      .array(z.object({ ours: text, bank: text, same: z.boolean() }))
      .nullable()
      .describe('both names word by word; null without a bank’s name'),
    checkId: z.uuid().nullable().describe('the result that stands'),
    source: text.describe('`bank:<code>`, `person`, or `none`: no bank offers it'),
    why: text.describe('why the last one asked could not tell'),
    at: time.nullable(),
    waiting: z.boolean(),
  }),
).extend({
  mode: z.enum(['off', 'warn', 'block']),
  freshForDays: z.number().int().describe('for so many days a bank’s answer counts'),
  waiting: z.number().int().describe('lines whose account waits for an answer; 0 when all is done'),
  counts: accountCounts.describe('of all lines, as they are known now'),
});
