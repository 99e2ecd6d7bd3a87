import { z } from 'zod';

const instant = z.iso.datetime({ offset: true });

export const uploadBody = z.strictObject({
  uploadedAt: instant.describe('when it was uploaded at the portal'),
  note: z.string().trim().min(1).max(1000).optional().describe('the portal’s number, for example'),
});

export const listSchema = z.object({
  id: z.uuid(),
  bank: z.string(),
  state: z.string().describe('`uploaded`'),
  fileName: z.string(),
  uploadedAt: z.iso.datetime().nullable(),
  history: z.array(
    z.object({
      at: z.iso.datetime(),
      to: z.string(),
      actorName: z.string(),
      note: z.string().nullable(),
    }),
  ),
});
