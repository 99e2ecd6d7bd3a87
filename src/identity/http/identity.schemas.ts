import { z } from 'zod';
import { pageQuery, say } from '../../platform/http/index.js';
import { PERMISSIONS } from '../actor.js';
import { KEY_PERMISSIONS } from '../api-key.rules.js';
import type { ApiKeyRow } from '../api-key.read.js';
import { loginSchema } from '../login.js';
import { PASSWORD_MAX_LENGTH } from '../password.rules.js';
import { ROLES } from '../roles.js';
import type { UserRow } from '../user.read.js';

const password = z.string().min(1).max(PASSWORD_MAX_LENGTH);
const signature = z.enum(['first', 'second']);

export const signInBody = z.strictObject({ login: z.string().min(1).max(200), password });

export const createUserBody = z.strictObject({
  login: loginSchema,
  displayName: z.string().trim().min(1).max(140),
  password: password.describe('at least 12 characters; refused when it holds the login'),
  roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
  signature: signature.optional().describe('registers the user as a signatory, for ever'),
});

export const passwordBody = z.strictObject({
  password,
  currentPassword: password.optional().describe('needed when changing one’s own'),
});

export const signatureBody = z.strictObject({ signature });

export const createApiKeyBody = z.strictObject({
  name: loginSchema,
  permissions: z
    .array(z.enum(KEY_PERMISSIONS))
    .min(1, say({ vi: 'cần ít nhất một quyền', en: 'at least one permission is needed' }))
    .max(PERMISSIONS.length),
  expiresAt: z.iso.datetime({ offset: true }).describe('within two years'),
});

export const listQuery = pageQuery({});

export const userSchema = z
  .object({
    id: z.uuid(),
    login: z.string(),
    displayName: z.string(),
    roles: z.array(z.enum(ROLES)),
    signature: signature.nullable().describe('which signature the user is registered for'),
    createdAt: z.iso.datetime(),
    disabledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'User' });

export const meSchema = z
  .object({
    kind: z.enum(['user', 'api-key']),
    id: z.uuid(),
    name: z.string().describe('login, or name of the key'),
    permissions: z.array(z.enum(PERMISSIONS)),
    displayName: z.string().nullable(),
    roles: z.array(z.enum(ROLES)),
    signature: signature.nullable(),
  })
  .meta({ id: 'Me' });

export const apiKeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    permissions: z.array(z.enum(PERMISSIONS)),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe('to the minute'),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });

export const createdApiKeySchema = apiKeySchema.extend({
  token: z
    .string()
    .nullable()
    .describe('`Authorization: Bearer <token>`; shown this once, null when the answer is replayed'),
});

export function userView(row: UserRow): z.infer<typeof userSchema> {
  const { id, login, displayName, roles, signature } = row;
  return {
    ...{ id, login, displayName, roles, signature },
    createdAt: row.createdAt.toISOString(),
    disabledAt: row.disabledAt?.toISOString() ?? null,
  };
}

export function apiKeyView(row: ApiKeyRow): z.infer<typeof apiKeySchema> {
  return {
    id: row.id,
    name: row.name,
    permissions: row.permissions,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}
