import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';

const reason = z
  .string()
  .trim()
  .min(3)
  .max(500)
  .describe('why, in the officer’s words; kept in the history');
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const isoDate = z.iso.date();
const time = z.iso.datetime();

export const beneficiariesQuery = pageQuery({
  search: z
    .string()
    .trim()
    .min(2)
    .max(140)
    .optional()
    .describe(
      'words of a name with or without diacritics, a whole personal number or account number',
    ),
  commune: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  held: flag.optional().describe('only those on hold (`true`) or not (`false`)'),
  deceased: flag.optional(),
  hasAccount: flag.optional(),
});

const hold = z.object({
  reason: z.string().describe('ISO 20022 reason code, or another code'),
  meaning: z.object({ vi: z.string(), en: z.string() }),
  nextStep: z.object({ vi: z.string(), en: z.string() }),
  since: time,
});

const beneficiary = z.object({
  id: z.uuid(),
  personalNumber: z.string(),
  fullName: z.string(),
  dateOfBirth: z.string().nullable().describe('yyyy-mm-dd, or a year'),
  communeCode: z.string(),
  communeName: z.string().nullable(),
  deceasedOn: isoDate.nullable(),
  hold: hold.nullable(),
  version: z.int(),
});

export const beneficiaryPage = pageSchema(
  beneficiary.extend({
    account: z
      .object({
        id: z.uuid(),
        bankBin: z.string(),
        bankName: z.string(),
        accountNumberMasked: z.string(),
        verified: z.boolean(),
      })
      .nullable(),
  }),
);

const nameMatch = z
  .enum(['exact', 'close', 'different'])
  .describe('the account’s name beside the payee’s; a person decides about `close`');

export const beneficiaryFile = beneficiary.extend({
  accounts: z
    .array(
      z.object({
        id: z.uuid(),
        bankBin: z.string(),
        bankName: z.string(),
        accountNumber: z.string(),
        accountName: z.string(),
        nameMatch,
        source: z.enum(['import', 'officer', 'api']),
        validFrom: time,
        replacedAt: time.nullable().describe('null: the current account'),
        verifiedAt: time.nullable(),
        verifiedHow: z.enum(['bank', 'officer']).nullable(),
      }),
    )
    .describe('the current one first'),
  recipients: z.array(
    z.object({
      id: z.uuid(),
      fullName: z.string(),
      personalNumber: z.string(),
      authorisedUntil: isoDate,
      isCurrent: z.boolean(),
    }),
  ),
  history: z
    .array(
      z.object({
        id: z.uuid(),
        at: time,
        happened: z.string(),
        by: z.object({ kind: z.string(), name: z.string() }),
        cause: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    )
    .describe('newest first, at most 200'),
});

export const accountBody = z.strictObject({
  bank: z.string().trim().min(2).max(140).describe('BIN, short name or full name'),
  accountNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z]{6,19}$/),
  accountName: z.string().trim().min(2).max(140),
  reason,
  otherNameConfirmed: z
    .boolean()
    .default(false)
    .describe('the account is in another name than the payee’s, seen and wanted so'),
  verified: z.boolean().default(false).describe('checked by paper or telephone'),
});

export const nameBody = z.strictObject({
  fullName: z.string().trim().min(2).max(140).describe('as on the papers'),
  reason,
});

export const holdReleaseBody = z.strictObject({ reason });

export const deathBody = z.strictObject({
  diedOn: isoDate.nullable().describe('null takes a mistaken record back'),
  reason,
});

/** Small on purpose: stored answers of idempotent requests hold no personal data. */
export const changedBeneficiary = z.object({ beneficiaryId: z.uuid(), version: z.int() });

export type BeneficiaryPage = z.infer<typeof beneficiaryPage>;
export type BeneficiaryFileBody = z.infer<typeof beneficiaryFile>;
