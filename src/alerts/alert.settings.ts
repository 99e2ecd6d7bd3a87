import { InvalidValueError } from '../kernel/index.js';
import { loadYaml, madeOf, type AppConfig, type Settings } from '../platform/config/index.js';
import {
  alertFileSchema,
  isPlain,
  type AlertFile,
  type DigestPlan,
  type QuietHours,
  type Receiver,
  type Route,
} from './alert-file.schema.js';
import type { AlertRule, Severity } from './alert.rules.js';

const FILE = 'alerts.yaml';
/** ALERT_WEBHOOK_URL as a receiver; no receiver of the file may have its name. */
export const OUTSIDE = 'outside';
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** From when things alarm, in what the queries and rules take. */
export interface Thresholds {
  readonly criticalFailures: number;
  readonly unknownAfterMs: number;
  readonly unknownCriticalAfterMs: number;
  readonly silentAfterMs: number;
  readonly exceptionsOldAfterDays: number;
  readonly failureRate: { percent: number; windowMs: number; atLeast: number };
  readonly settlementLateMs: number;
  readonly refusedNotices: { atLeast: number; withinMs: number };
  readonly workerSilentMs: number;
  readonly listRefusedWithinMs: number;
}

/** config/alerts.yaml with the environment's defaults, read once at boot: who is told of what, and from when. */
export class AlertSettings {
  readonly thresholds: Thresholds;
  readonly routes: readonly Route[];
  private readonly receivers: ReadonlyMap<string, Receiver>;

  /** @throws SettingsError naming the file and the field that is wrong. */
  static load(config: AppConfig): AlertSettings {
    const file = loadYaml(config, FILE, alertFileSchema);
    return madeOf(FILE, () => new AlertSettings(file, config.settings));
  }

  /** @throws InvalidValueError when the file contradicts itself or the environment. */
  constructor(
    private readonly file: AlertFile,
    settings: Settings,
  ) {
    check(file, settings);
    const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = settings;
    const outside: Receiver[] =
      url && secret ? [{ name: OUTSIDE, language: 'vi', webhook: { url, secret } }] : [];
    this.receivers = new Map([...file.receivers, ...outside].map((one) => [one.name, one]));
    this.routes = [...file.routes, ...outside.map(({ name }) => ({ receivers: [name] }))];
    this.thresholds = thresholdsOf(file, settings);
  }

  /** Null when the file knows it no more. */
  receiver(name: string): Receiver | null {
    return this.receivers.get(name) ?? null;
  }

  /** Receivers that are told again and again of what lives. */
  alertmanagers(): { name: string; alertmanager: NonNullable<Receiver['alertmanager']> }[] {
    return [...this.receivers.values()].flatMap(({ name, alertmanager }) =>
      alertmanager ? [{ name, alertmanager }] : [],
    );
  }

  get quietHours(): QuietHours | null {
    return this.file.quietHours ?? null;
  }

  get digest(): DigestPlan | null {
    return this.file.digest ?? null;
  }

  /** The severity that the office gives the rule, where it gives one. */
  severityOf(rule: AlertRule): Severity | null {
    return isPlain(rule) ? (this.file.rules[rule]?.severity ?? null) : null;
  }
}

function check({ receivers, routes, quietHours, digest }: AlertFile, settings: Settings): void {
  const names = new Set<string>();
  receivers.forEach((receiver, at) => {
    const field = `receivers.${at}`;
    const { name, emails, webhook, alertmanager } = receiver;
    if (name === OUTSIDE) throw wrong(`${field}.name`, 'is what ALERT_WEBHOOK_URL is named');
    if (names.has(name)) throw wrong(`${field}.name`, 'stands there twice');
    names.add(name);
    if (!emails && !webhook && !alertmanager) {
      throw wrong(field, 'has no channel: emails, webhook or alertmanager');
    }
    if (emails && !settings.SMTP_URL) throw wrong(`${field}.emails`, 'needs SMTP_URL');
  });
  routes.forEach((route, at) => {
    const known = (field: string, wanted: readonly string[]): void => {
      const unknown = wanted.findIndex((name) => !names.has(name));
      if (unknown >= 0) throw wrong(`routes.${at}.${field}.${unknown}`, 'is no receiver');
    };
    known('receivers', route.receivers);
    known('escalation.to', route.escalation?.to ?? []);
  });
  if (quietHours?.from === quietHours?.to && quietHours) {
    throw wrong('quietHours.to', 'is not the time they begin');
  }
  if (digest && !settings.SMTP_URL) throw wrong('digest', 'needs SMTP_URL');
  const communes = digest?.communes.map(({ commune }) => commune) ?? [];
  const twice = communes.findIndex((commune, at) => communes.indexOf(commune) !== at);
  if (twice >= 0) throw wrong(`digest.communes.${twice}.commune`, 'stands there twice');
}

function wrong(field: string, rule: string): InvalidValueError {
  return new InvalidValueError(field, rule);
}

function thresholdsOf({ rules }: AlertFile, settings: Settings): Thresholds {
  const { warningAfterMinutes: warning, criticalAfterMinutes: critical } =
    rules['payments-unknown'];
  const unknownAfterMs = warning ? warning * MINUTE_MS : settings.UNKNOWN_ALERT_AFTER_MS;
  const unknownCriticalAfterMs = critical
    ? critical * MINUTE_MS
    : settings.UNKNOWN_CRITICAL_AFTER_MS;
  if (unknownCriticalAfterMs < unknownAfterMs) {
    throw wrong('rules.payments-unknown.criticalAfterMinutes', 'is not shorter than the warning');
  }
  const silentAfter = rules['bank-unreachable'].afterSeconds;
  const rate = rules['failure-rate'];
  const refused = rules['notices-refused'];
  return {
    criticalFailures: rules['payments-failed'].criticalFrom,
    unknownAfterMs,
    unknownCriticalAfterMs,
    silentAfterMs: silentAfter ? silentAfter * 1000 : settings.BANK_SILENT_ALERT_AFTER_MS,
    exceptionsOldAfterDays: rules['exceptions-old'].afterDays ?? settings.EXCEPTIONS_OLD_AFTER_DAYS,
    failureRate: {
      percent: rate.percent,
      windowMs: rate.windowMinutes * MINUTE_MS,
      atLeast: rate.atLeast,
    },
    settlementLateMs: rules['settlement-late'].afterHours * HOUR_MS,
    refusedNotices: { atLeast: refused.atLeast, withinMs: refused.withinHours * HOUR_MS },
    workerSilentMs: rules['worker-silent'].afterSeconds * 1000,
    listRefusedWithinMs: rules['list-refused'].withinDays * 24 * HOUR_MS,
  };
}
