import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

/** Every signature that a batch needs has been given: it may be paid. */
export const batchApproved = defineEvent(
  'batch.approved',
  z.object({ batchId: z.uuid(), approvalId: z.uuid() }),
);
