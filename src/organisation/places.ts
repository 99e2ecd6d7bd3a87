import { z } from 'zod';
import { InvalidValueError } from '../kernel/index.js';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { isoDate, provenance } from './provenance.js';

/**
 * Communes and wards (xã, phường). Since 1 July 2025 there are two tiers, and a new commune reuses the code of
 * one of its old ones, often for another place: a code means something only together with a date.
 */
export interface Commune {
  /** Five digits, leading zeros kept. */
  readonly code: string;
  readonly name: string;
  readonly provinceCode: string;
  readonly provinceName: string;
}

const communeFile = z.object({
  ...provenance,
  communes: z
    .array(
      z.object({
        code: z.string().regex(/^\d{5}$/),
        name: z.string().min(1),
        district: z.string().optional(),
        provinceCode: z.string().regex(/^\d{2}$/),
        provinceName: z.string().min(1),
        from: isoDate.nullable(),
        until: isoDate.nullable(),
      }),
    )
    .min(1),
});

export type CommuneFile = z.infer<typeof communeFile>;
type Entry = CommuneFile['communes'][number];

export class Places {
  private readonly byCode = new Map<string, { commune: Commune; from: string; until: string }[]>();

  static load(source: YamlSource): Places {
    return new Places(loadJson(source, 'reference/communes.json', communeFile));
  }

  /** @throws InvalidValueError when a code names two places on one day. */
  constructor(file: CommuneFile) {
    for (const entry of file.communes) this.add(entry);
  }

  /** The commune that the code named on that ISO 8601 date, or null when it named none. */
  commune(code: string, onDate: string): Commune | null {
    const entries = this.byCode.get(code) ?? [];
    return entries.find((e) => e.from <= onDate && onDate <= e.until)?.commune ?? null;
  }

  /** Every commune of that date, by code. */
  all(onDate: string): Commune[] {
    return [...this.byCode.keys()]
      .sort()
      .map((code) => this.commune(code, onDate))
      .filter((commune) => commune !== null);
  }

  /** Whether the code named a place on some other day: an old list, or a list of the wrong period. */
  wasEver(code: string): boolean {
    return this.byCode.has(code);
  }

  private add(entry: Entry): void {
    const { code, name, provinceCode, provinceName } = entry;
    const from = entry.from ?? '0000-01-01';
    const until = entry.until ?? '9999-12-31';
    const known = this.byCode.get(code) ?? [];
    if (known.some((k) => k.from <= until && from <= k.until)) {
      throw new InvalidValueError('commune', `code ${code} names two places on one day`);
    }
    known.push({ commune: { code, name, provinceCode, provinceName }, from, until });
    this.byCode.set(code, known);
  }
}
