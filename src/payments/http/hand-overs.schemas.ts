import { z } from 'zod';
import { pageQuery } from '../../platform/http/index.js';
import { HAND_OVER_STATES } from '../hand-over.read.js';

const amount = z.string().regex(/^\d+$/).describe('whole đồng, as decimal digits');

export const handOversQuery = pageQuery({
  bank: z.string().max(31).optional().describe('its code'),
  state: z.enum(HAND_OVER_STATES).optional(),
});

/** Where a page of lists begins. */
export const handOverKey = z.strictObject({ since: z.iso.datetime(), id: z.uuid() });

export const handOverBody = z.strictObject({
  submissionId: z.uuid().describe('of the list that waits to be made'),
});

export const handOverSchema = z.object({
  submissionId: z.uuid(),
  messageReference: z.string().describe('names the list for its result (`answers`)'),
  bank: z.string(),
  runId: z.uuid(),
  batchId: z.uuid(),
  batchNumber: z.string(),
  state: z.enum([...HAND_OVER_STATES, 'done']).describe('what it waits for'),
  since: z.iso.datetime().describe('since when it waits for that'),
  open: z.int().describe('payments without an outcome'),
  openTotal: amount,
  file: z
    .object({
      id: z.uuid().describe('of `/api/v1/bank-files`'),
      name: z.string(),
      sha256: z.string(),
      byteSize: z.int(),
      payments: z.int(),
      total: amount,
    })
    .nullable(),
});
