import { z } from 'zod';
import { DEFAULT_RAIL, railProblems, railSchema } from './rail.settings.js';

/** Longest wait that a bank file may name; a slip of a few zeros must not park payments for years. */
const LONGEST_MS = 7 * 24 * 3600 * 1000;

const durationMs = z.number().int().min(0).max(LONGEST_MS);
const positiveMs = z.number().int().min(1).max(LONGEST_MS);
const bin = z.string().regex(/^\d{6}$/, 'a BIN is six digits in quotes');

/**
 * What a file config/banks/<bank>.yaml holds. `options` belongs to the adapter and is checked by the
 * adapter's own schema, so that a new bank brings its own options without touching this file.
 */
const bankFile = z.strictObject({
  /** Stable name of the bank: in addresses, queue names and rows. Never renamed once payments carry it. */
  code: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'a-z, 0-9 and -, at most 31 characters'),
  name: z.string().min(1).max(120),
  adapter: z.string().min(1),
  /** Payee banks this bank pays to: a list of BINs, or '*' for all that no other bank names. */
  receives: z.union([z.literal('*'), z.array(bin).min(1)]),
  /** `single`: one payment a message; `bulk`: many. */
  mode: z.enum(['single', 'bulk']),
  maxPerSubmission: z.number().int().min(1).max(100_000),
  /**
   * Ways on which the bank carries payments, the preferred one first: the first that carries an amount takes it. Without
   * any, the bank has one that is always open and knows no bounds.
   */
  rails: z
    .array(railSchema)
    .min(1)
    .max(20)
    .default([{ code: DEFAULT_RAIL, open: 'always', limits: { perMessage: {}, perDay: {} } }]),
  /** Calls to this bank at the same time. */
  concurrency: z.number().int().min(1).max(200),
  rateLimit: z.strictObject({ max: z.number().int().min(1), perMs: positiveMs }),
  timeoutMs: z.number().int().min(100).max(300_000),
  /** Waiting before a payment that was surely not sent is tried again. `jitter` 0…1 of the wait is random. */
  retry: z.strictObject({
    baseMs: positiveMs,
    capMs: positiveMs,
    jitter: z.number().min(0).max(1),
  }),
  enquiry: z.strictObject({
    /** Waits before each enquiry after the doubt began, never shorter than the one before; the last one repeats. */
    intervalsMs: z.array(positiveMs).min(1).max(20),
    /** An accepted payment without news for so long is enquired too. */
    acceptedAfterMs: durationMs,
    maxPerEnquiry: z.number().int().min(1).max(10_000),
    /** "Not found" proves "never happened" only when so long has passed since the last sending. */
    notFoundWindowMs: durationMs,
    /**
     * How long the bank's answer to a message may take, where it comes later by itself (a report, a result list):
     * a doubt younger than that worries nobody.
     */
    answerDueMs: durationMs.default(0),
  }),
  /** When a bank that does not answer is left alone, and how it is tried again. */
  breaker: z
    .strictObject({
      /** So many calls in a row without an answer open it. */
      failures: z.number().int().min(1).max(100).default(5),
      /** A failure so long after the one before begins the count anew. */
      forgetAfterMs: positiveMs.default(600_000),
      /** The wait before the first probe; it doubles with each that is not answered, up to `maxOpenMs`. */
      openMs: positiveMs.default(30_000),
      maxOpenMs: positiveMs.default(600_000),
    })
    .prefault({}),
  /** Of a bank whose lists people carry to its portal. */
  handOver: z
    .strictObject({
      /** A list that waits for a person so long alarms. */
      alertAfterMs: positiveMs.default(24 * 3600 * 1000),
    })
    .prefault({}),
  /** The bank promises: our reference sent again never books twice. */
  idempotentByReference: z.boolean(),
  options: z.record(z.string(), z.unknown()).default({}),
});

/**
 * The file and what its values must be to each other. A window that ends before a call may take is no window: the
 * bank would be believed that it has nothing while it is still being sent to. And whoever is asked ever faster, the
 * longer they cannot tell, is being attacked, not asked.
 */
export const bankFileSchema = bankFile.superRefine((bank, context) => {
  const { timeoutMs, enquiry, breaker, rails } = bank;
  if (breaker.maxOpenMs < breaker.openMs) {
    context.addIssue({
      code: 'custom',
      path: ['breaker', 'maxOpenMs'],
      message: 'is not shorter than openMs: waits between probes grow',
    });
  }
  if (breaker.forgetAfterMs <= timeoutMs) {
    context.addIssue({
      code: 'custom',
      path: ['breaker', 'forgetAfterMs'],
      message: 'is longer than timeoutMs: calls that time out one after the other must count',
    });
  }
  if (enquiry.notFoundWindowMs < timeoutMs) {
    context.addIssue({
      code: 'custom',
      path: ['enquiry', 'notFoundWindowMs'],
      message: 'is not shorter than timeoutMs: a call may last that long',
    });
  }
  const shrinking = enquiry.intervalsMs.findIndex((ms, at, all) => ms < (all[at - 1] ?? 0));
  if (shrinking >= 0) {
    context.addIssue({
      code: 'custom',
      path: ['enquiry', 'intervalsMs', shrinking],
      message: 'is not shorter than the wait before it: enquiries grow rarer, never denser',
    });
  }
  for (const { path, message } of railProblems(rails)) {
    context.addIssue({ code: 'custom', path: ['rails', ...path], message });
  }
});

export type BankFile = z.infer<typeof bankFileSchema>;

/** How a bank is to be treated, as its file says; what the adapter alone needs is left out. */
export type BankSettings = Pick<
  BankFile,
  | 'mode'
  | 'maxPerSubmission'
  | 'rails'
  | 'concurrency'
  | 'rateLimit'
  | 'timeoutMs'
  | 'retry'
  | 'enquiry'
  | 'breaker'
  | 'handOver'
  | 'idempotentByReference'
>;
