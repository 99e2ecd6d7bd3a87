import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

const ofAFile = z.object({ bank: z.string(), fileId: z.uuid() });

/** A file of a bank lies durably in the database and waits to be read. */
export const bankFileReceived = defineEvent('bank-file.received', ofAFile);

/** A file turned out to say what became of payments. */
export const bankReportRead = defineEvent('bank-file.report-read', ofAFile);

/** A file turned out to hold statements. */
export const bankStatementsRead = defineEvent('bank-file.statements-read', ofAFile);
