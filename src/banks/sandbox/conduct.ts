import { z } from 'zod';
import { BREAKAGES } from './files/breakages.js';

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
   * `gone`: the folders are not touched for `closedMs`.
   */
  outage: z.enum(['none', 'refuse', 'error', 'hang', 'reset', 'closed', 'gone']),
  closedMs: waitMs,
  /** The answer of every n-th message that books something is lost; 0 is never. */
  loseEveryNth: z.number().int().min(0),
  /**
   * How status reports are laid out: `whole`; `partial`: three files, some time apart; `doubled`: again under
   * another name, and again under another id; `reordered`: what came first is told last; `late`; `broken`: broken
   * ones first, then the right one; `group-only`: no word about single payments; `none`.
   */
  reports: z.enum([
    'whole',
    'partial',
    'doubled',
    'reordered',
    'late',
    'broken',
    'group-only',
    'none',
  ]),
  breakages: z.array(z.enum(BREAKAGES)).min(1),
  /** Every file is refused with this reason; '' takes them. */
  refuseFiles: z.string().regex(/^([A-Z0-9]{4})?$/),
  /** The reason under which a message that came before is refused. */
  duplicateFile: z.enum(['DU01', 'DU03', 'AM05']),
  /** Which bookings are told by camt.054 at once. */
  notify: z.enum(['returns', 'all']),
  /** A statement of the day so often; 0 is never. */
  statementEveryMs: waitMs,
  statementFormat: z.enum(['camt053', 'mt940']),
});

export type Conduct = z.infer<typeof conductSchema>;

/** Any part of it may be changed alone. */
export const conductChangeSchema = conductSchema.partial();
