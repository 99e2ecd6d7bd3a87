import { z } from 'zod';
import { ABOUT_NOTHING, type Cause, type Severity } from './alert.rules.js';
import { OWN_LABEL } from './channels/prometheus.js';

/** Alerts of one message; Alertmanager says itself how many it left out. */
const ALERTS_MOST = 500;
const LABELS_MOST = 64;
/** Texts of others are cut to so many characters. */
const TEXT_MOST = 500;
/** When Alertmanager knows no end, it writes the year 0001. */
const NO_END_BEFORE = new Date('1970-01-01T00:00:00Z');

const texts = z
  .record(z.string().max(200), z.string().max(10_000))
  .refine((given) => Object.keys(given).length <= LABELS_MOST, 'has at most 64 names')
  .default({});

/** What Alertmanager posts to a webhook, version 4. What we do not use may be there. */
export const alertmanagerBody = z.looseObject({
  version: z.literal('4'),
  alerts: z
    .array(
      z.looseObject({
        status: z.enum(['firing', 'resolved']),
        labels: texts,
        annotations: texts,
        startsAt: z.iso.datetime({ offset: true }),
        endsAt: z.iso.datetime({ offset: true }).optional(),
        generatorURL: z.string().max(2_000).optional(),
        fingerprint: z.string().regex(/^[0-9a-zA-Z]{1,64}$/),
      }),
    )
    .max(ALERTS_MOST),
});

export type AlertmanagerMessage = z.infer<typeof alertmanagerBody>;
type ExternalAlert = AlertmanagerMessage['alerts'][number];

const SEVERITY_WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  page: 'critical',
  error: 'critical',
  info: 'info',
  none: 'info',
};

/** Our own alerts that come back are no news. */
export function isOurs({ labels }: ExternalAlert): boolean {
  return labels[OWN_LABEL] !== undefined;
}

export function isOver({ status, endsAt }: ExternalAlert, now: Date): boolean {
  if (status === 'resolved') return true;
  const end = endsAt === undefined ? null : new Date(endsAt);
  return end !== null && end > NO_END_BEFORE && end <= now;
}

export const externalFingerprint = ({ fingerprint }: ExternalAlert): string =>
  `external ${fingerprint}`;

/** What another system watches, as a cause of ours; its texts are cut, and escaped where they are shown. */
export function externalCause(alert: ExternalAlert): Cause {
  const { labels, annotations } = alert;
  const name = cut(labels['alertname'] ?? '–');
  const startsAt = new Date(alert.startsAt);
  const description = cut(annotations['description'] ?? annotations['message'] ?? '');
  return {
    ...ABOUT_NOTHING,
    rule: 'external',
    fingerprint: externalFingerprint(alert),
    severity: SEVERITY_WORDS[labels['severity']?.toLowerCase() ?? ''] ?? 'warning',
    particulars: {
      name,
      summary: cut(annotations['summary'] ?? name),
      ...(description !== '' && { description }),
    },
    count: 1,
    link: '/api/v1/alerts?rule=external',
    firstAt: startsAt,
    lastAt: startsAt,
  };
}

function cut(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, TEXT_MOST);
}
