import type { Bilingual } from '../../kernel/index.js';

const RAILS: Readonly<Record<string, Bilingual>> = {
  default: { vi: 'Kênh thường', en: 'Usual rail' },
  instant: { vi: 'Kênh chuyển nhanh', en: 'Instant rail' },
  'high-value': { vi: 'Kênh giá trị cao', en: 'High-value rail' },
};

/** What a rail of a bank's file is called; one that the office named itself is shown as it named it. */
export function railName(code: string): Bilingual {
  return RAILS[code] ?? { vi: `Kênh ${code}`, en: `Rail ${code}` };
}
