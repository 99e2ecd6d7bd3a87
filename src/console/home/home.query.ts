import { z } from 'zod';
import { say } from '../../platform/http/index.js';

/** A budget month in an address: `2026-11`. */
export const periodSchema = z
  .string()
  .regex(
    /^\d{4}-(0[1-9]|1[0-2])$/,
    say({ vi: 'phải là tháng, dạng 2026-11', en: 'must be a month such as 2026-11' }),
  );
