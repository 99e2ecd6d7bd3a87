import { z } from 'zod';
import { parsePeriod } from '../../kernel/index.js';
import { pageQuery, pageSchema, say } from '../../platform/http/index.js';
import { EXCLUSION_REASONS } from '../batches.errors.js';
import { CHANGES } from '../changes.read.js';
import { accountsNow, proposedAccounts } from './account.schemas.js';

const time = z.iso.datetime();
const kind = z.enum(['regular', 'arrears', 'one_off']);
const state = z.enum(['draft', 'proposed', 'approved', 'cancelled']);
const reason = z.enum(Object.keys(EXCLUSION_REASONS) as [string, ...string[]]);
const amount = z
  .string()
  .regex(/^-?\d+$/)
  .describe('whole đồng, decimal digits');
const bilingual = z.object({ vi: z.string(), en: z.string() });
const communeCode = z.string().regex(/^\d{5}$/);
const bankBin = z.string().regex(/^\d{6}$/);
const text = z.string().nullable();
const because = z.string().trim().min(3).max(1000);

const period = z
  .string()
  .trim()
  .max(10)
  .transform((written, context) => {
    try {
      return parsePeriod(written);
    } catch {
      context.addIssue({
        code: 'custom',
        message: say({
          vi: 'kỳ viết là mm/yyyy, yyyy hoặc yyyy-Dn',
          en: 'a period is mm/yyyy, yyyy or yyyy-Dn',
        }),
      });
      return z.NEVER;
    }
  })
  .describe('`mm/yyyy`, `yyyy-mm`, `yyyy`, or `yyyy-Dn` for a round');

export const assembleBody = z.strictObject({
  programme: z.string().min(1).max(140).describe('code or name of a configured programme'),
  period,
  fund: z.string().min(1).max(140).optional().describe('code or name of a configured fund'),
  communeCodes: z.array(communeCode).min(1).max(500).optional(),
  bankBins: z.array(bankBin).min(1).max(100).optional(),
  kind: kind.optional(),
  payOn: z.iso.date().optional().describe('not past; absent means as soon as it is signed'),
  note: z.string().trim().min(1).max(500).optional(),
});

export const removalBody = z.strictObject({
  entitlementIds: z.array(z.uuid()).min(1).max(1000),
  reason: because,
});

export const reasonBody = z.strictObject({ reason: because });

export const batchesQuery = pageQuery({
  programme: z.string().max(40).optional().describe('code'),
  period: period.optional(),
  state: state.optional(),
  followUpOf: z.uuid().optional(),
});

export const linesQuery = pageQuery({
  bankBin: bankBin.optional(),
  communeCode: communeCode.optional(),
  fund: z.string().max(40).optional(),
  kind: kind.optional(),
  personalNumber: z.string().max(12).optional(),
});

export const exclusionsQuery = pageQuery({ reason: reason.optional() });
export const changesQuery = pageQuery({ change: z.enum(CHANGES).optional() });

const summaryFields = {
  id: z.uuid(),
  number: z.string().describe('`NCC_MONTHLY-2026-11-01`'),
  programme: z.string(),
  period: z.string(),
  filter: z.object({
    fund: z.string().optional(),
    communeCodes: z.array(z.string()).optional(),
    bankBins: z.array(z.string()).optional(),
    kind: kind.optional(),
  }),
  payOn: z.iso.date().nullable(),
  note: text,
  state,
  round: z.number().int().describe('grows with every return to draft'),
  lineCount: z.number().int(),
  total: amount,
  currency: z.literal('VND'),
  digest: text.describe('SHA-256 of the canonical form, once proposed; what signers sign'),
  preparedBy: z.uuid(),
  proposedBy: z.uuid().nullable(),
  proposedAt: time.nullable(),
  approvalId: z.uuid().nullable(),
  followUpOf: z.uuid().nullable().describe('the batch whose failed payments this one pays again'),
  returnReason: text,
  cancelReason: text,
  createdAt: time,
  version: z.number().int(),
  accountChecks: proposedAccounts.nullable(),
};

export const batchPage = pageSchema(z.object(summaryFields));

export const batchSchema = z.object({
  ...summaryFields,
  leftOut: z.array(z.object({ reason, explanation: bilingual, count: z.number().int(), amount })),
  history: z.array(
    z.object({
      at: time,
      happened: z.string(),
      from: text,
      to: z.string(),
      round: z.number().int(),
      actorKind: z.string(),
      actorName: z.string(),
      reason: text,
    }),
  ),
});

export const linePage = pageSchema(
  z.object({
    lineNo: z.number().int(),
    entitlementId: z.uuid(),
    beneficiaryId: z.uuid(),
    personalNumber: z.string(),
    payeeName: z.string(),
    bankBin: z.string(),
    accountNumber: z.string(),
    accountName: z.string(),
    amount,
    currency: z.literal('VND'),
    fund: z.string(),
    communeCode: z.string(),
    programme: z.string(),
    period: z.string(),
    kind,
    decisionNumber: z.string(),
    recipientName: text,
    recipientPersonalNumber: text,
    authorisedUntil: z.iso.date().nullable(),
    reissueOf: z.uuid().nullable().describe('the failed payment that this line pays again'),
    digest: text.describe('SHA-256 of the line’s canonical form, once proposed'),
  }),
);

export const exclusionPage = pageSchema(
  z.object({
    entitlementId: z.uuid(),
    beneficiaryId: z.uuid(),
    personalNumber: z.string(),
    payeeName: z.string(),
    communeCode: z.string(),
    fund: z.string(),
    kind,
    amount,
    currency: z.literal('VND'),
    reason,
    explanation: bilingual,
    detail: z.record(z.string(), z.unknown()),
  }),
);

const part = z.object({
  code: z.string(),
  name: bilingual.nullable(),
  lines: z.number().int(),
  amount,
});

export const totalsSchema = z.object({
  lineCount: z.number().int(),
  total: amount,
  currency: z.literal('VND'),
  banks: z.array(part),
  communes: z.array(part),
  programmes: z.array(part),
  funds: z.array(part),
});

export const changesPage = pageSchema(
  z.object({
    personalNumber: z.string(),
    beneficiaryId: z.uuid(),
    payeeName: z.string(),
    changes: z.array(z.enum(CHANGES)),
    amountBefore: amount.nullable(),
    amountNow: amount.nullable(),
    bankBinBefore: text,
    accountBefore: text,
    bankBinNow: text,
    accountNow: text,
    leftOutBecause: text,
  }),
).extend({
  comparedWith: z.union([z.object({ period: z.string() }), z.object({ batchId: z.uuid() })]),
  counts: z.object({
    peopleBefore: z.number().int(),
    amountBefore: amount,
    peopleNow: z.number().int(),
    amountNow: amount,
    newPeople: z.number().int(),
    newAmount: amount,
    gonePeople: z.number().int(),
    goneAmount: amount,
    otherAmountPeople: z.number().int(),
    otherAmountDifference: amount.describe('now less before; may be negative'),
    otherAccountPeople: z.number().int(),
  }),
});

export const warningsSchema = z.object({
  sharedAccounts: z
    .array(
      z.object({
        bankBin: z.string(),
        accountNumber: z.string(),
        people: z.number().int(),
        amount,
        lineNos: z.array(z.number().int()).describe('the first fifty'),
      }),
    )
    .describe('accounts that several people are paid into; the first hundred'),
  outdated: z
    .object({
      count: z.number().int(),
      lines: z.array(
        z.object({
          lineNo: z.number().int(),
          entitlementId: z.uuid(),
          beneficiaryId: z.uuid(),
          change: z.string(),
        }),
      ),
    })
    .describe(
      'lines of a draft or proposed batch whose payee is held, has died, or has another account or name by now; ' +
        'the first hundred',
    ),
  accounts: accountsNow.nullable(),
});
