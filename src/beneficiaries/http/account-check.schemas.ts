import { z } from 'zod';
import { maskTail } from '../../kernel/index.js';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import type { AccountCheck } from '../account-check.read.js';
import { markDifference } from '../account-check.rules.js';

const time = z.iso.datetime();

export const accountChecksQuery = pageQuery({});

export const accountCheckPage = pageSchema(
  z.object({
    id: z.uuid(),
    accountId: z.uuid(),
    accountReplaced: z
      .boolean()
      .describe('of an account that was replaced since: it says nothing of the present one'),
    bankBin: z.string(),
    accountNumberMasked: z.string(),
    verdict: z
      .enum(['exact', 'close', 'different', 'no-such-account', 'cannot-tell', 'confirmed'])
      .describe(
        '`confirmed`: by a person with a paper. Only `exact` and `confirmed` count as checked',
      ),
    ourName: z.string(),
    bankName: z.string().nullable().describe('as the bank wrote it'),
    difference: z
      .array(
        z.object({ ours: z.string().nullable(), bank: z.string().nullable(), same: z.boolean() }),
      )
      .nullable()
      .describe('both names word by word; null without a bank’s name'),
    source: z.string().describe('`bank:<code>`, `person`, or `none`: no bank offers it'),
    why: z.string().nullable().describe('why nobody can tell'),
    paper: z.object({ reference: z.string(), note: z.string().nullable() }).nullable(),
    by: z.object({ kind: z.string(), name: z.string() }).describe('who asked, or confirmed'),
    at: time,
  }),
).extend({
  accountId: z.uuid().nullable().describe('the current account'),
  standingCheckId: z.uuid().nullable().describe('the result that stands for it'),
  waitingSince: time.nullable().describe('a bank is being asked'),
});

export type AccountCheckPage = z.infer<typeof accountCheckPage>;

export const checkRequested = z.object({ beneficiaryId: z.uuid(), accountId: z.uuid() });

export const confirmationBody = z.strictObject({
  accountId: z.uuid().describe('the account that was compared with the paper'),
  checkId: z
    .uuid()
    .nullable()
    .default(null)
    .describe(
      'the bank’s newest result that was seen (not `cannot-tell`); null when there is none',
    ),
  reference: z.string().trim().min(3).max(140).describe('number and kind of the paper'),
  note: z.string().trim().min(1).max(1000).nullable().default(null),
});

export const confirmed = checkRequested.extend({ checkId: z.uuid() });

export function checkBody(check: AccountCheck): AccountCheckPage['items'][number] {
  const { ourName, bankName, paperReference } = check;
  return {
    id: check.id,
    accountId: check.accountId,
    accountReplaced: check.accountReplaced,
    bankBin: check.bankBin,
    accountNumberMasked: maskTail(check.accountNumber),
    verdict: check.verdict,
    ourName,
    bankName,
    difference: bankName === null ? null : markDifference(ourName, bankName),
    source: check.source === 'bank' ? `bank:${check.bankCode ?? ''}` : check.source,
    why: check.why,
    paper: paperReference === null ? null : { reference: paperReference, note: check.note },
    by: { kind: check.actorKind, name: check.actorName },
    at: check.at.toISOString(),
  };
}
