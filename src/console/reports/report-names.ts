import { Injectable } from '@nestjs/common';
import { Clock, formatPeriod, lastDayOf, officeDate } from '../../kernel/index.js';
import { Offices, type Office } from '../../organisation/index.js';
import type { Language } from '../../platform/http/index.js';
import type { ExportFact } from '../../platform/spreadsheet/index.js';
import type { Dimension } from '../../reports/index.js';
import { Names } from '../kit/index.js';
import { CodeNames } from '../naming/code-names.js';
import { DIMENSION_TEXTS } from './report.words.js';

/** What the marks of a report are called, on pages and in files. */
@Injectable()
export class ReportNames {
  constructor(
    readonly codes: CodeNames,
    private readonly names: Names,
    private readonly offices: Offices,
    private readonly clock: Clock,
  ) {}

  get today(): string {
    return officeDate(this.clock.now());
  }

  get thisMonth(): string {
    return this.today.slice(0, 7);
  }

  office(): Office {
    return this.offices.on(this.today);
  }

  /** @param period when the codes were in use: communes' codes were used again for other places. */
  of(dimension: Dimension, key: string, at: { language: Language; period: string }): string {
    const names = this.names.at(this.clock.now());
    switch (dimension) {
      case 'programme':
        return names.programme(key)[at.language];
      case 'commune':
        return names.commune(key, lastDayOf(at.period));
      case 'bank':
        return this.codes.bank(key);
      case 'payeeBank':
        return names.bank(key);
      case 'fund':
        return names.fund(key)[at.language];
      default:
        return formatPeriod(key);
    }
  }

  reason(code: string, language: Language): string {
    return this.names.at(this.clock.now()).reason(code)[language];
  }

  /** The filters that are set, in words. */
  facts(
    filter: Readonly<Partial<Record<Dimension, string>>>,
    at: { language: Language; period: string },
  ): ExportFact[] {
    return (Object.keys(DIMENSION_TEXTS) as Dimension[]).flatMap((dimension) => {
      const key = filter[dimension];
      if (key === undefined) return [];
      return [
        { label: DIMENSION_TEXTS[dimension][at.language], value: this.of(dimension, key, at) },
      ];
    });
  }
}
