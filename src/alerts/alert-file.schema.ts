import { z } from 'zod';
import { ALERT_RULES, MANY_FAILURES, SEVERITIES, type AlertRule } from './alert.rules.js';

const whole = z.number().int().positive();
const severity = z.enum(SEVERITIES);
const webAddress = z.url({ protocol: /^https?$/, error: 'is an http:// or https:// address' });
const address = z.email('is one e-mail address').max(254);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is a time such as '21:00'");
/** Receivers of one file, routes, addresses of one receiver: an office, not a mailing list. */
const MOST = 50;
/** Communes and wards of two provinces and more. */
const MOST_COMMUNES = 1000;
export const RECEIVER_NAME = /^[a-z][a-z0-9-]{0,30}$/;

const name = z.string().regex(RECEIVER_NAME, 'is a-z, 0-9 and -, and begins with a letter');
const receiver = z.strictObject({
  name,
  language: z.enum(['vi', 'en']).default('vi'),
  emails: z.array(address).min(1).max(MOST).optional(),
  webhook: z
    .strictObject({
      url: webAddress,
      secret: z.string().regex(/^whsec_[A-Za-z0-9+/=]{16,}$/, 'is a secret of Standard Webhooks'),
    })
    .optional(),
  alertmanager: z.strictObject({ url: webAddress, token: z.string().min(1).optional() }).optional(),
});

const route = z.strictObject({
  receivers: z.array(name).min(1).max(MOST),
  rules: z
    .array(z.enum([...ALERT_RULES]))
    .min(1)
    .optional(),
  severities: z.array(severity).min(1).optional(),
  banks: z.array(z.string().min(1).max(31)).min(1).optional(),
  repeatAfterMinutes: whole.min(5).optional(),
  escalation: z
    .strictObject({ afterMinutes: whole, to: z.array(name).min(1).max(MOST) })
    .optional(),
});

const digest = z.strictObject({
  weekday: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  at: clockTime,
  language: z.enum(['vi', 'en']).default('vi'),
  communes: z
    .array(
      z.strictObject({
        commune: z.string().regex(/^\d{5}$/, 'is the code of a commune, five digits in quotes'),
        emails: z.array(address).min(1).max(MOST),
      }),
    )
    .min(1)
    .max(MOST_COMMUNES),
});

/** Rules whose severity tells something of its own: it is set by their thresholds. */
const WEIGHED = [
  'payments-failed',
  'payments-returned',
  'payments-withheld',
  'payments-unknown',
  'bank-unreachable',
  'bank-off',
  'worker-silent',
  'external',
] as const satisfies readonly AlertRule[];
type PlainRule = Exclude<AlertRule, (typeof WEIGHED)[number]>;
/** A rule of which the file may only say how severe it is, and perhaps from when it alarms. */
export const isPlain = (rule: AlertRule): rule is PlainRule => !WEIGHED.some((one) => one === rule);

const plain = z.strictObject({ severity: severity.optional() });
const rules = z
  .strictObject({
    ...(Object.fromEntries(
      ALERT_RULES.filter(isPlain).map((rule) => [rule, plain.optional()]),
    ) as Record<PlainRule, z.ZodOptional<typeof plain>>),
    'payments-failed': z.strictObject({ criticalFrom: whole }).default({
      criticalFrom: MANY_FAILURES,
    }),
    'payments-unknown': z
      .strictObject({
        warningAfterMinutes: whole.optional(),
        criticalAfterMinutes: whole.optional(),
      })
      .default({}),
    'exceptions-old': plain.extend({ afterDays: whole.optional() }).default({}),
    'bank-unreachable': z.strictObject({ afterSeconds: whole.optional() }).default({}),
    'failure-rate': plain
      .extend({
        percent: whole.max(100).default(20),
        windowMinutes: whole.max(24 * 60).default(60),
        atLeast: whole.default(20),
      })
      .prefault({}),
    'settlement-late': plain.extend({ afterHours: whole.default(48) }).prefault({}),
    'notices-refused': plain
      .extend({ atLeast: whole.default(5), withinHours: whole.max(168).default(1) })
      .prefault({}),
    'worker-silent': z.strictObject({ afterSeconds: whole.min(15).default(60) }).prefault({}),
    'list-refused': plain.extend({ withinDays: whole.max(90).default(7) }).prefault({}),
  })
  .prefault({});

export const alertFileSchema = z.strictObject({
  receivers: z.array(receiver).max(MOST).default([]),
  routes: z.array(route).max(MOST).default([]),
  quietHours: z
    .strictObject({
      from: clockTime,
      to: clockTime,
      severities: z
        .array(z.enum(['info', 'warning'], { error: 'is info or warning: critical is never held' }))
        .min(1)
        .default(['info']),
    })
    .optional(),
  digest: digest.optional(),
  rules,
});

export type AlertFile = z.infer<typeof alertFileSchema>;
export type Receiver = z.infer<typeof receiver>;
export type Route = z.infer<typeof route>;
export type QuietHours = NonNullable<AlertFile['quietHours']>;
export type DigestPlan = z.infer<typeof digest>;
export type Language = Receiver['language'];
