import { z } from 'zod';
import { defineEvent } from '../platform/outbox/index.js';

const ofImport = z.object({ importId: z.uuid() });

/** A list is stored and waits for its check. */
export const importReceived = defineEvent('import.received', ofImport);

/** Every row of a list has been judged. */
export const importChecked = defineEvent('import.checked', ofImport);

/** Good rows of a list have become what is owed. */
export const importApplied = defineEvent('import.applied', ofImport);
