import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

/** A bank's notice lies durably in the database and waits to be applied. */
export const noticeReceived = defineEvent(
  'notice.received',
  z.object({ bank: z.string(), bankNoticeId: z.uuid() }),
);
