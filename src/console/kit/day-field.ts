import { z } from 'zod';
import { say } from '../../platform/http/index.js';
import { optional } from './form-schema.js';

/** Browsers write the dates of `<input type="date">` as their own language says, 12/31/2026 on many office computers. */
const WRITTEN_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const WRITTEN_MONTH = /^(\d{1,2})[/.-](\d{4})$/;

const NO_DAY = say({
  vi: 'Ngày viết như 21/11/2026 (ngày/tháng/năm).',
  en: 'A day is written like 21/11/2026 (day/month/year).',
});

/** A day as officers write it, `21/11/2026`; ISO 8601 as well. Gives ISO 8601. */
export function dayField(error: string = NO_DAY) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? isoOf(value.trim()) : value),
    z.iso.date({ error }),
  );
}

/** A day to filter by; what is none is as if it were not there. */
export const filterDay = optional(dayField()).catch(undefined);

/** A month to filter by, `11/2026`; what is none is as if it were not there. Gives `2026-11`. */
export const filterMonth = optional(
  z.preprocess(
    (value) => (typeof value === 'string' ? isoOf(value.trim()) : value),
    z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  ),
).catch(undefined);

function isoOf(text: string): string {
  const [, day, month, year] = WRITTEN_DAY.exec(text) ?? [];
  if (day && month && year) return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const [, only, of] = WRITTEN_MONTH.exec(text) ?? [];
  return only && of ? `${of}-${only.padStart(2, '0')}` : text;
}

/** A day or a month as it stands in a field: `21/11/2026`, `11/2026`. */
export function asWritten(iso: string): string {
  return /^\d{4}-\d{2}(-\d{2})?$/.test(iso) ? iso.split('-').reverse().join('/') : iso;
}
