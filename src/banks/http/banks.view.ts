import type { z } from 'zod';
import type { Bank } from '../bank.registry.js';
import type { HealthEntry, HealthRow } from '../health.read.js';
import type { Rail } from '../rail.settings.js';
import { soundHealth, standingOf } from '../standing.read.js';
import type { bankSchema, historyPage } from './banks.schemas.js';

type BankBody = z.infer<typeof bankSchema>;
type EntryBody = z.infer<typeof historyPage>['items'][number];

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function bankView(bank: Bank, row: HealthRow | undefined, now: Date): BankBody {
  const health = row ?? soundHealth(bank.code);
  const { switchedOffAt, switchedOffBy, switchedOffReason, pausedUntil } = health;
  const paused = pausedUntil !== null && pausedUntil > now;
  return {
    code: bank.code,
    name: bank.name,
    mode: bank.settings.mode,
    rails: bank.settings.rails.map(railView),
    standing: standingOf(health, now),
    breaker: {
      state: health.state,
      failures: health.failures,
      failingSince: iso(health.failingSince),
      lastFailedAt: iso(health.lastFailedAt),
      lastWhy: health.lastWhy,
      openedAt: iso(health.openedAt),
      probes: health.probes,
      nextProbeAt: iso(health.nextProbeAt),
    },
    pausedUntil: paused ? iso(pausedUntil) : null,
    switchedOff:
      switchedOffAt === null
        ? null
        : {
            at: switchedOffAt.toISOString(),
            by: switchedOffBy ?? '',
            reason: switchedOffReason ?? '',
          },
    changedAt: iso(health.changedAt),
  };
}

function railView({ code, minAmount, maxAmount, open }: Rail): BankBody['rails'][number] {
  return {
    code,
    minAmount: minAmount ?? null,
    maxAmount: maxAmount ?? null,
    hours: open === 'always' ? null : { ...open, cutOff: open.cutOff ?? null },
  };
}

export const entryView = (entry: HealthEntry): EntryBody => ({
  ...entry,
  at: entry.at.toISOString(),
  until: iso(entry.until),
});
