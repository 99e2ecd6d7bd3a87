import { z } from 'zod';
import { BANK_FILE_STATES } from '../../banks/index.js';
import { pageQuery, pageSchema } from '../../platform/http/index.js';

const bank = z.string().min(1).max(31).describe('code of a bank of config/banks');
const reference = z.string().trim().min(1).max(35);
const state = z.enum(BANK_FILE_STATES);

export const filesQuery = pageQuery({
  bank: bank.optional(),
  direction: z.enum(['out', 'in']).optional().describe('`out`: to the bank; `in`: from it'),
  state: state.optional(),
});

/** What stands beside the file in the form. */
export const fileForm = z.strictObject({
  bank,
  answers: reference
    .optional()
    .describe(
      'reference of our message (MsgId, list) that it answers, where the file does not say so',
    ),
});

export const fileUploadForm = {
  type: 'object' as const,
  required: ['bank', 'file'],
  properties: {
    bank: { type: 'string' as const, description: 'code of a bank of config/banks' },
    answers: {
      type: 'string' as const,
      description: 'message that it answers, where it does not say so',
    },
    file: {
      type: 'string' as const,
      format: 'binary',
      description: 'a report, a result list or a statement, as the bank gave it',
    },
  },
};

export const receivedFileSchema = z.object({
  id: z.uuid(),
  repeated: z.boolean().describe('the very same content was there before, and nothing has changed'),
});

export const rereadBody = z.strictObject({ reason: z.string().trim().min(3).max(1000) });

const file = {
  id: z.uuid(),
  bank,
  direction: z.enum(['out', 'in']),
  state,
  fileName: z.string(),
  byteSize: z.number().int(),
  sha256: z.string().describe('of its content, hex'),
  messageReference: z.string().nullable().describe('out: the message it carries'),
  paymentCount: z.number().int().nullable(),
  total: z.string().nullable().describe('đồng, plain digits'),
  remoteName: z.string().nullable().describe('its name at the bank'),
  deliveredAt: z.date().nullable(),
  uploadedAt: z
    .date()
    .nullable()
    .describe('a list that people carry: when it was uploaded, as the person says'),
  kind: z
    .enum(['report', 'statements', 'nothing'])
    .nullable()
    .describe('in: what it turned out to be'),
  answers: z.string().nullable(),
  itemCount: z.number().int().nullable(),
  timesSeen: z.number().int().describe('how often the same content came'),
  lastSeenAt: z.date(),
  why: z
    .object({ vi: z.string(), en: z.string(), place: z.string().nullable() })
    .nullable()
    .describe('why it was set aside, or holds nothing to apply'),
  createdAt: z.date(),
};

export const filesSchema = pageSchema(z.object(file));

export const fileSchema = z.object({
  ...file,
  history: z.array(
    z.object({
      at: z.date(),
      from: state.nullable(),
      to: state,
      actorKind: z.string(),
      actorName: z.string(),
      note: z.string().nullable(),
    }),
  ),
  did: z.object({
    payments: z
      .array(
        z.object({
          result: z.string().nullable().describe('null while it waits to be applied'),
          fact: z.string().nullable(),
          items: z.number().int(),
        }),
      )
      .describe('what its items did, by result'),
    unread: z
      .array(
        z.object({
          reference: z.string().nullable(),
          why: z.string().nullable(),
          result: z.string().nullable(),
        }),
      )
      .describe('the first 200 that moved no payment and should be looked at'),
    statements: z.array(
      z.object({
        part: z.number().int(),
        statementId: z.uuid().nullable().describe('the statement that says it'),
        reconciliationId: z.uuid().nullable(),
        failure: z.string().nullable(),
        newEntries: z.number().int(),
        repeated: z.boolean(),
      }),
    ),
  }),
});
