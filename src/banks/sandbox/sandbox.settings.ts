import { z } from 'zod';
import { SettingsError } from '../../platform/config/index.js';
import type { Conduct } from './conduct.js';
import { BREAKAGES } from './files/breakages.js';

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

/** Every setting of the sandbox bank that the environment may give. It is a program of its own. */
export const sandboxSettingsSchema = z.object({
  SANDBOX_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  SANDBOX_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(4010)
    .describe('port to listen on'),
  SANDBOX_BANKS: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, 'bank codes with commas between')
    .default('sandbox,sandbox-instant')
    .describe('codes of the banks it plays; each has its own books and its own path /{bank}'),
  SANDBOX_FILES_DIR: z
    .string()
    .optional()
    .describe('folder with one folder {bank}/{orders,reports,archive} for each file bank'),
  SANDBOX_FILE_BANKS: z
    .string()
    .regex(/^([a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*)?$/, 'bank codes with commas between')
    .default('')
    .describe('codes of the banks that take files and lists, not requests'),
  SANDBOX_FILE_ACCOUNTS: z
    .string()
    .regex(/^[0-9A-Za-z]{6,19}(,[0-9A-Za-z]{6,19})*$/, 'account numbers with commas between')
    .default('1000000001')
    .describe('accounts that pay at each of these, each with its own books'),
  SANDBOX_KEY_ID: z.string().min(1).describe('name of the key that signs requests to it'),
  SANDBOX_SECRET: z.string().min(1).describe('secret (whsec_…) that signs requests to it'),
  SANDBOX_NOTICE_URL: z
    .url()
    .optional()
    .describe('address of ChiTra, for notices; unset, notices wait and only enquiries tell'),
  SANDBOX_NOTICE_SECRET: z.string().min(1).describe('secret (whsec_…) that signs its notices'),
  SANDBOX_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is a postgres:// address')
    .optional()
    .describe('its own PostgreSQL database; unset, one on the embedded server under DATA_DIR'),
  DATA_DIR: z.string().default('./.data').describe('where the embedded database keeps its files'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('lowest level written'),
  SANDBOX_OPENING_BALANCE: z
    .string()
    .regex(/^\d{1,18}$/, 'whole đồng')
    .default('1000000000000')
    .describe('đồng on the account that pays, when its books are first opened'),
  SANDBOX_SETTLE_AFTER_MS: count(500).describe(
    'how long a payment of a bulk message takes to be credited',
  ),
  SANDBOX_LATER_MS: count(2000).describe('how long the moods "later" take'),
  SANDBOX_RETURN_AFTER_MS: count(3000).describe('how long after its credit a payment is returned'),
  SANDBOX_NOTICE_DELAY_MS: count(5000).describe('how late a delayed notice is'),
  SANDBOX_SLOW_MS: count(1500).describe('how long a slow answer takes'),
  SANDBOX_HANG_MS: count(20_000).describe('how long an answer that never comes is held'),
  SANDBOX_NOTICE_GROUP: z.coerce
    .number()
    .int()
    .min(1)
    .max(2000)
    .default(500)
    .describe('payments in one notice at most'),
});

export type SandboxSettings = z.infer<typeof sandboxSettingsSchema>;

/** @throws SettingsError naming every variable that is missing or wrong, never a value. */
export function readSandboxSettings(
  environment: Readonly<Record<string, string | undefined>>,
): SandboxSettings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = sandboxSettingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
  );
}

/** How the bank behaves at first; PUT /sandbox/mood changes it while it runs. */
export function conductOf(settings: SandboxSettings): Conduct {
  return {
    settleAfterMs: settings.SANDBOX_SETTLE_AFTER_MS,
    laterMs: settings.SANDBOX_LATER_MS,
    returnAfterMs: settings.SANDBOX_RETURN_AFTER_MS,
    noticeDelayMs: settings.SANDBOX_NOTICE_DELAY_MS,
    slowMs: settings.SANDBOX_SLOW_MS,
    hangMs: settings.SANDBOX_HANG_MS,
    noticeGroup: settings.SANDBOX_NOTICE_GROUP,
    notices: 'normal',
    outage: 'none',
    closedMs: 5000,
    loseEveryNth: 0,
    reports: 'whole',
    breakages: [...BREAKAGES],
    refuseFiles: '',
    duplicateFile: 'DU01',
    notify: 'returns',
    statementEveryMs: 0,
    statementFormat: 'camt053',
  };
}
