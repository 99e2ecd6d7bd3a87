import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

/** Somebody asked to compare our books with a bank's statement. */
export const reconciliationRequested = defineEvent(
  'reconciliation.requested',
  z.object({ reconciliationId: z.uuid() }),
);

/** The entries of a statement have their buckets. */
export const reconciliationEnded = defineEvent(
  'reconciliation.ended',
  z.object({ reconciliationId: z.uuid() }),
);
