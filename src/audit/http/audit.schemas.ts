import { z } from 'zod';
import { pageQuery, say } from '../../platform/http/index.js';
import type { AuditRow } from '../audit-list.read.js';

export const auditQuery = pageQuery({
  actorId: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('id of a user or an API key, or `system`'),
  action: z.string().min(1).max(100).optional().describe('such as `batch.proposed`'),
  subjectType: z.string().min(1).max(100).optional(),
  subjectId: z.string().min(1).max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional().describe('at or after'),
  until: z.iso.datetime({ offset: true }).optional().describe('before'),
});

const seq = z.string().regex(/^\d{1,18}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.object({
      kind: z.enum(['user', 'api-key', 'system']),
      id: z.string(),
      name: z.string(),
    }),
    action: z.string(),
    subject: z.object({ type: z.string(), id: z.string() }),
    detail: z.record(z.string(), z.unknown()),
    seq: seq.describe('place in the chain'),
    hash: hash.describe('SHA-256 that seals this entry and the one before'),
  })
  .meta({ id: 'AuditEntry' });

export const verificationQuery = z
  .strictObject({
    seq: seq.optional().describe('a head noted earlier: its place'),
    hash: hash.optional().describe('a head noted earlier: its hash'),
  })
  .refine((noted) => (noted.seq === undefined) === (noted.hash === undefined), {
    error: say({
      vi: 'seq và hash đi cùng nhau: cả hai lấy từ "head" đã ghi lại trước đó',
      en: 'seq and hash go together: both are of the `head` that was noted earlier',
    }),
  });

export const verificationSchema = z.object({
  ok: z.boolean(),
  checked: z.number().int().describe('links recomputed, up to the first broken one'),
  head: z.object({ seq, hash }).describe('note it outside this system, and give it next time'),
  broken: z
    .object({
      reason: z.enum([
        'entry-changed',
        'entry-missing',
        'link-missing',
        'chain-broken',
        'entry-unsealed',
        'head-missing',
      ]),
      seq: seq.nullable(),
      entryId: z.uuid().nullable(),
    })
    .nullable(),
});

export function auditView(row: AuditRow): z.infer<typeof auditEntrySchema> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    action: row.action,
    subject: { type: row.subjectType, id: row.subjectId },
    detail: row.detail,
    seq: row.seq,
    hash: row.hash,
  };
}
