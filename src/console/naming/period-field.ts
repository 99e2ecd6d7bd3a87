import { z } from 'zod';
import { parsePeriod } from '../../kernel/index.js';
import { optional } from '../kit/index.js';

/** A period as people write it (`11/2026`, `2026`), which may stay empty. What is none is not asked for. */
export const periodField = optional(
  z
    .string()
    .trim()
    .max(20)
    .transform((text) => {
      try {
        return parsePeriod(text);
      } catch {
        return undefined;
      }
    }),
);
