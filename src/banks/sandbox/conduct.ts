import { z } from 'zod';

const LONGEST_MS = 30 * 24 * 3600 * 1000;
const waitMs = z.number().int().min(0).max(LONGEST_MS);

/** How the whole bank behaves, beside the moods of single accounts. */
export const conductSchema = z.strictObject({
  settleAfterMs: waitMs,
  laterMs: waitMs,
  returnAfterMs: waitMs,
  noticeDelayMs: waitMs,
  slowMs: waitMs,
  hangMs: waitMs,
  noticeGroup: z.number().int().min(1).max(2000),
  /** `off`: notices wait in the outbox; `doubled`: each is sent twice; `reversed`: the newest goes first. */
  notices: z.enum(['normal', 'off', 'doubled', 'reversed']),
  /**
   * `refuse`: 503 with the promise of nothing-accepted; `error`: 500; `hang`: no answer; `reset`: the connection
   * breaks; `closed`: nobody listens, for `closedMs`. All before anything is booked, and for enquiries too.
   */
  outage: z.enum(['none', 'refuse', 'error', 'hang', 'reset', 'closed']),
  closedMs: waitMs,
  /** The answer of every n-th message that books something is lost; 0 is never. */
  loseEveryNth: z.number().int().min(0),
});

export type Conduct = z.infer<typeof conductSchema>;

/** Any part of it may be changed alone. */
export const conductChangeSchema = conductSchema.partial();
