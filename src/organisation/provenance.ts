import { z } from 'zod';

/** An ISO 8601 calendar date, `2026-11-21`. */
export const isoDate = z.iso.date();

/** What every reference file says of itself, so that a reader knows how far to trust it. */
export const provenance = {
  source: z.string().min(1),
  certainty: z.string().min(1),
  asOf: isoDate,
  note: z.string().optional(),
};

/** Whole đồng as text, as reference files and YAML write amounts. */
export const wholeAmount = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'whole đồng, digits only, in quotes');

export const bilingual = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
