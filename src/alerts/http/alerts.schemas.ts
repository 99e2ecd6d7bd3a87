import { z } from 'zod';
import { pageQuery, pageSchema } from '../../platform/http/index.js';
import { CHANNELS } from '../alert.routes.js';
import { DELIVERED_EVENTS } from '../delivery.store.js';
import { ALERT_STATES } from '../alert.lifecycle.js';
import { ALERT_RULES, SEVERITIES } from '../alert.rules.js';

export const idSchema = z.uuid();

const note = z.string().trim().min(3).max(1000);

export const acknowledgeBody = z
  .strictObject({
    note: note.optional().describe('what you are going to do about it'),
  })
  .prefault({});

export const giveBody = z.strictObject({
  userId: z.uuid().describe('somebody who may handle alerts'),
  note: note.optional().describe('what they should know'),
});

export const resolveBody = z.strictObject({ note: note.describe('how it was dealt with') });

export const alertsQuery = pageQuery({
  state: z.enum(ALERT_STATES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  rule: z.enum(ALERT_RULES).optional(),
  bank: z.string().min(1).max(31).optional(),
  batchId: z.uuid().optional(),
});

const bilingual = z.object({ vi: z.string(), en: z.string() });

export const alertSchema = z.object({
  id: z.uuid(),
  rule: z.enum(ALERT_RULES),
  severity: z.enum(SEVERITIES),
  state: z.enum(ALERT_STATES),
  title: bilingual,
  nextStep: bilingual.describe('what to do'),
  bank: z.string().nullable(),
  batchId: z.uuid().nullable(),
  runId: z.uuid().nullable(),
  reasonCode: z.string().nullable(),
  count: z.number().int().describe('how many payments, notices or entries it is about now'),
  amount: z.string().nullable(),
  currency: z.string().nullable(),
  link: z.string().describe('address of the rows it is about'),
  runbook: z.string().describe('address of the page that says what to do about its rule'),
  firstAt: z.date().describe('when the oldest thing it is about happened'),
  lastAt: z.date().describe('when the newest did'),
  openedAt: z.date(),
  acknowledgedAt: z.date().nullable(),
  owner: z.string().nullable().describe('login of who took it on'),
  resolvedAt: z.date().nullable(),
  resolvedBy: z.string().nullable().describe('login, or `system` when its cause was gone'),
});

export const alertsSchema = pageSchema(alertSchema);

export const alertDetailSchema = alertSchema.extend({
  history: z.array(
    z.object({
      at: z.date(),
      happened: z.enum([
        'opened',
        'worsened',
        'eased',
        'acknowledged',
        'given',
        'resolved',
        'escalated',
      ]),
      severity: z.enum(SEVERITIES),
      count: z.number().int(),
      by: z.string(),
      owner: z.string().nullable().describe('login of whom it was given to'),
      note: z.string().nullable(),
    }),
  ),
  deliveries: z.array(
    z.object({
      id: z.uuid(),
      happened: z.enum(DELIVERED_EVENTS),
      receiver: z.string().describe('its name in alerts.yaml'),
      channel: z.enum(CHANNELS),
      state: z.enum(['waiting', 'delivered', 'given_up']),
      tries: z.number().int(),
      createdAt: z.date(),
      endedAt: z.date().nullable(),
      attempts: z.array(
        z.object({
          try: z.number().int(),
          at: z.string(),
          status: z.number().int().nullable(),
          failure: z.string().nullable(),
        }),
      ),
    }),
  ),
});
