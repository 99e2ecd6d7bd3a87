import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

/** Payments failed, came back or were contradicted: somebody must be told. Ids of batches, never of persons. */
export const paymentsFailed = defineEvent(
  'payments.failed',
  z.object({ batchIds: z.array(z.uuid()).min(1) }),
);
