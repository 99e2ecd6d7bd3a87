import { z } from 'zod';

/*
 * What the demo reads of the API's answers: a client's view, so only the fields it uses.
 */

export const importAnswer = z.object({
  id: z.uuid(),
  state: z.enum(['received', 'checked', 'applied', 'refused']),
  readRows: z.number(),
  goodRows: z.number(),
  badRows: z.number(),
  appliedRows: z.number(),
  goodAmount: z.string(),
  problemsByRule: z
    .array(z.object({ rule: z.string(), severity: z.string(), count: z.number() }))
    .optional(),
  refusal: z.object({ en: z.string() }).nullish(),
});

export const batchAnswer = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.string(),
  lineCount: z.number(),
  total: z.string(),
  digest: z.string().nullable(),
  version: z.number(),
  followUpOf: z.uuid().nullable(),
});

export const pageOfBatches = z.object({ items: z.array(batchAnswer) });

export const runAnswer = z.object({
  id: z.uuid(),
  state: z.string(),
  payments: z.number(),
  total: z.string(),
  createdAt: z.string(),
});

export const runDetailAnswer = runAnswer.extend({
  figures: z.array(
    z.object({ bankCode: z.string(), state: z.string(), count: z.number(), total: z.string() }),
  ),
});

export const pageOfRuns = z.object({ items: z.array(runAnswer) });

export const pageOfPayments = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      runId: z.uuid(),
      entitlementId: z.uuid(),
      reference: z.string(),
      bankCode: z.string(),
      state: z.string(),
      amount: z.string(),
      reason: z
        .object({ code: z.string(), text: z.object({ vi: z.string(), en: z.string() }) })
        .nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const reconciliationAnswer = z.object({
  id: z.uuid(),
  state: z.string(),
  failure: z.string().nullish(),
  buckets: z.array(z.object({ bucket: z.string().nullable(), entries: z.number() })).optional(),
});

export const pageOfNotices = z.object({ items: z.array(z.object({ id: z.uuid() })) });

export const pageOfAlerts = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      rule: z.string(),
      severity: z.string(),
      state: z.string(),
      count: z.number(),
      title: z.object({ vi: z.string(), en: z.string() }),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export type RunFigures = z.infer<typeof runDetailAnswer>;
export type DemoPayment = z.infer<typeof pageOfPayments>['items'][number];
export type DemoAlert = z.infer<typeof pageOfAlerts>['items'][number];
