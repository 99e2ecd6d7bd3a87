import { z } from 'zod';
import { readRedisAddress } from './redis-address.js';

/** An empty variable is an unset one: compose files and shells write `NAME=` for "nothing". */
const optionalText = z.string().trim().min(1).optional();
const webAddress = z.url({ protocol: /^https?$/, error: 'is an http:// or https:// address' });
const positive = (fallback: number) => z.coerce.number().int().positive().default(fallback);

/**
 * Every setting that the environment may give. The README's table and the compose file are checked
 * against this schema, so a setting that is not here does not exist.
 */
export const settingsSchema = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'])
    .default('development')
    .describe('`production` insists on SESSION_SECRET and secure cookies'),
  ROLE: z
    .enum(['web', 'worker', 'all'])
    .default('all')
    .describe('what this process does: serve HTTP, work the queues, or both'),
  HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(3000)
    .describe('port to listen on (a worker serves only health and metrics there)'),
  PUBLIC_URL: webAddress
    .optional()
    .describe('address people and banks reach the service at, for links and for the origin check'),
  TRUST_PROXY: z
    .enum(['true', 'false'])
    .default('false')
    .describe('whether X-Forwarded-* of the first proxy is believed'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is a postgres:// address')
    .optional()
    .describe('PostgreSQL; unset, an embedded PostgreSQL is started under DATA_DIR'),
  DATABASE_POOL_MAX: z.coerce
    .number()
    .int()
    .min(2) // a migration holds its lock on one connection and works on another
    .default(12)
    .describe('connections of this process to PostgreSQL'),
  REDIS_URL: z
    .string()
    .superRefine((text, context) => {
      const found = readRedisAddress(text);
      if (typeof found === 'string') context.addIssue(found);
    })
    .optional()
    .describe(
      'Redis for the queues (`redis://`, `redis+cluster://`, `redis+sentinel://`; with `rediss` over TLS); unset, the queues live in PostgreSQL',
    ),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, 'is a-z, 0-9 and _, and begins with a letter')
    .default('chitra')
    .describe('prefix of the queue keys in Redis; schema of the queue tables in PostgreSQL'),
  DATA_DIR: z.string().default('./.data').describe('where the embedded database keeps its files'),
  CONFIG_DIR: z.string().default('./config').describe('folder of the YAML and reference files'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('lowest level written'),
  SESSION_SECRET: z
    .string()
    .min(32, 'has at least 32 characters')
    .optional()
    .describe(
      'signs session cookies; unset outside production, a random one is made at each start',
    ),
  SESSION_IDLE_MINUTES: positive(30).describe('a session ends after so long without a request'),
  METRICS_TOKEN: optionalText.describe(
    'bearer token that /metrics asks for; unset, it asks for none',
  ),
  UPLOAD_MAX_BYTES: positive(50 * 1024 * 1024).describe('largest list that is accepted'),
  REQUEST_MAX_BYTES: positive(1024 * 1024).describe('largest JSON body that is accepted'),
  SHUTDOWN_TIMEOUT_MS: positive(30_000).describe('how long work under way may take to end'),
  SWEEP_INTERVAL_MS: positive(1000).describe('how often waiting work is looked for and rung again'),
  ALERT_WEBHOOK_URL: webAddress
    .optional()
    .describe('where alerts are sent, signed; unset, only logged'),
  ALERT_WEBHOOK_SECRET: optionalText.describe(
    'Standard Webhooks secret (whsec_…) that signs alerts; needed with ALERT_WEBHOOK_URL',
  ),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'is an smtp:// or smtps:// address')
    .optional()
    .describe('mail server that takes alerts and digests; unset, no receiver may have e-mails'),
  SMTP_FROM: z
    .email('is one e-mail address')
    .optional()
    .describe('address that e-mails come from; needed with SMTP_URL'),
  ALERTMANAGER_TOKEN: z
    .string()
    .min(16, 'has at least 16 characters')
    .optional()
    .describe('bearer token of POST /api/v1/alertmanager; unset, nothing is taken in there'),
  RUN_DEADLINE_HOURS: positive(24).describe(
    'a run that is not finished so long after its scheduled time alarms',
  ),
  UNKNOWN_ALERT_AFTER_MS: positive(15 * 60_000).describe(
    'age at which an unknown payment alarms as a warning',
  ),
  UNKNOWN_CRITICAL_AFTER_MS: positive(4 * 3_600_000).describe(
    'age at which an unknown payment alarms as critical; not before it alarms at all',
  ),
  PAID_MISSING_AFTER_DAYS: positive(3).describe(
    'working days after which a settled payment that no statement proves is told as missing',
  ),
  EXCEPTIONS_OLD_AFTER_DAYS: positive(5).describe(
    'days after which an exception of a reconciliation that nobody ended alarms',
  ),
  BANK_SILENT_ALERT_AFTER_MS: positive(60_000).describe(
    'how long a bank may fail every call before it counts as unreachable',
  ),
});

export type Settings = z.infer<typeof settingsSchema>;

/** A setting that is missing or wrong. Names the variable and the rule, never the value. */
export class SettingsError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`the settings are not right:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

/** Reads the environment. @throws SettingsError with every problem at once. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const parsed = settingsSchema.safeParse(given);
  const problems = parsed.success
    ? combinations(parsed.data)
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  if (!parsed.success || problems.length > 0) throw new SettingsError(problems);
  return parsed.data;
}

/** Rules over more than one setting. */
function combinations(settings: Settings): string[] {
  const problems: string[] = [];
  if (settings.UNKNOWN_CRITICAL_AFTER_MS < settings.UNKNOWN_ALERT_AFTER_MS) {
    problems.push('UNKNOWN_CRITICAL_AFTER_MS: is not shorter than UNKNOWN_ALERT_AFTER_MS');
  }
  if (
    settings.NODE_ENV === 'production' &&
    settings.ROLE !== 'worker' &&
    !settings.SESSION_SECRET
  ) {
    problems.push('SESSION_SECRET: is needed in production');
  }
  if (settings.NODE_ENV === 'production' && !settings.DATABASE_URL) {
    problems.push('DATABASE_URL: is needed in production; the embedded database is for trying out');
  }
  if (settings.ALERT_WEBHOOK_URL && !settings.ALERT_WEBHOOK_SECRET) {
    problems.push('ALERT_WEBHOOK_SECRET: is needed with ALERT_WEBHOOK_URL');
  }
  if (settings.SMTP_URL && !settings.SMTP_FROM) {
    problems.push('SMTP_FROM: is needed with SMTP_URL');
  }
  return problems;
}
