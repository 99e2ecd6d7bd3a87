import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { breakerLifecycle } from '../breaker.lifecycle.js';

const instant = z.iso.datetime();
const breakerState = z.enum(breakerLifecycle.states as ['closed', 'open', 'probing']);

export const switchBody = z.strictObject({
  to: z
    .enum(['off', 'on'])
    .describe('`off`: nothing more is sent to it, what it has is asked after'),
  reason: z.string().trim().min(3).max(1000),
});

export const bankSchema = z.object({
  code: z.string(),
  name: z.string(),
  mode: z.enum(['single', 'bulk']),
  rails: z.array(
    z.object({
      code: z.string(),
      minAmount: z.string().nullable().describe('whole đồng'),
      maxAmount: z.string().nullable().describe('whole đồng'),
      hours: z
        .object({
          days: z.enum(['working', 'daily']),
          from: z.string(),
          to: z.string(),
          cutOff: z.string().nullable(),
        })
        .nullable()
        .describe('at the office; null: always'),
    }),
  ),
  standing: z
    .enum(['sending', 'paused', 'unreachable', 'off'])
    .describe('`off` goes before `unreachable`, that before `paused` (by the bank’s Retry-After)'),
  breaker: z.object({
    state: breakerState,
    failures: z.int().describe('calls in a row that were not answered'),
    failingSince: instant.nullable(),
    lastFailedAt: instant.nullable(),
    lastWhy: z.string().nullable(),
    openedAt: instant.nullable(),
    probes: z.int().describe('tries of this outage that were not answered'),
    nextProbeAt: instant.nullable(),
  }),
  pausedUntil: instant.nullable(),
  switchedOff: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  changedAt: instant.nullable(),
});
export const banksSchema = z.object({ items: z.array(bankSchema) });

export const historyQuery = pageQuery({});
export const historyPage = pageSchema(
  z.object({
    id: z.string(),
    at: instant,
    happened: z.string(),
    from: breakerState,
    to: breakerState,
    actorKind: z.string(),
    actorName: z.string(),
    callId: z.uuid().nullable().describe('the attempt that it was learned from'),
    until: instant.nullable(),
    reason: z.string().nullable(),
  }),
);
