import { officeDate, officeTime, startOfOfficeDay } from '../kernel/index.js';
import type { QuietHours, Receiver, Route } from './alert-file.schema.js';
import type { AlertRule, Severity } from './alert.rules.js';

export const CHANNELS = ['email', 'webhook', 'alertmanager'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a route asks of an alert. */
export interface Routable {
  readonly rule: AlertRule;
  readonly severity: Severity;
  readonly bank: string | null;
}

/** A route without rules, severities or banks fits all of them; one that names banks fits only alerts about these. */
export function fits(route: Route, { rule, severity, bank }: Routable): boolean {
  return (
    (route.rules?.includes(rule) ?? true) &&
    (route.severities?.includes(severity) ?? true) &&
    (route.banks === undefined || (bank !== null && route.banks.includes(bank)))
  );
}

export function channelsOf(receiver: Receiver): Channel[] {
  return CHANNELS.filter((channel) =>
    channel === 'email' ? receiver.emails !== undefined : receiver[channel] !== undefined,
  );
}

const DAY_MS = 24 * 3_600_000;

/** Until when the office wants to be left alone with it; null when it may be told now. Critical is never held. */
export function heldUntil(quiet: QuietHours | null, severity: Severity, at: Date): Date | null {
  if (!quiet || severity === 'critical' || !quiet.severities.includes(severity)) return null;
  const now = minutesOf(officeTime(at));
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const isOverNight = from > to;
  const isQuiet = isOverNight ? now >= from || now < to : now >= from && now < to;
  if (!isQuiet) return null;
  const endsTomorrow = isOverNight && now >= from;
  const midnight = startOfOfficeDay(officeDate(at)).getTime() + (endsTomorrow ? DAY_MS : 0);
  return new Date(midnight + to * 60_000);
}

function minutesOf(clockTime: string): number {
  const [hours, minutes] = clockTime.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** An alert that nobody has taken on. */
export interface Unclaimed extends Routable {
  readonly id: string;
  /** Since when it is as bad as it is. */
  readonly since: Date;
  readonly escalatedAt: Date | null;
  readonly repeatedAt: Date | null;
}

/** Whom it is to be told as well, because nobody has taken it on for so long: by each route once, and once more when it worsens. */
export function escalatesTo(alert: Unclaimed, routes: readonly Route[], at: Date): string[] {
  return routes.flatMap((route) => {
    if (!route.escalation || !fits(route, alert)) return [];
    const due = alert.since.getTime() + route.escalation.afterMinutes * 60_000;
    const isDone = alert.escalatedAt !== null && alert.escalatedAt.getTime() >= due;
    return due <= at.getTime() && !isDone ? route.escalation.to : [];
  });
}

/** Who is told again. Each route counts its own times from the opening. */
export function repeatsTo(alert: Unclaimed, routes: readonly Route[], at: Date): string[] {
  const told = Math.max(alert.since.getTime(), alert.repeatedAt?.getTime() ?? 0);
  return routes.flatMap((route) => {
    if (!route.repeatAfterMinutes || !fits(route, alert)) return [];
    const everyMs = route.repeatAfterMinutes * 60_000;
    const timesAt = (moment: number): number =>
      Math.floor((moment - alert.since.getTime()) / everyMs);
    return timesAt(at.getTime()) > timesAt(told) ? route.receivers : [];
  });
}
