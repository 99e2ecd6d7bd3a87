import { Injectable } from '@nestjs/common';
import { officeDate, type Bilingual } from '../../kernel/index.js';
import {
  BankDirectory,
  Funds,
  Places,
  Programmes,
  ReasonCodes,
  type Reason,
} from '../../organisation/index.js';

/** What the codes of reference data are called. A code that nobody knows is shown as it is. */
export interface NamesOf {
  programme(code: string): Bilingual;
  fund(code: string): Bilingual;
  /** Of a bank that keeps accounts, by its BIN. */
  bank(bin: string): string;
  /** On a date (ISO 8601), today without one: codes of communes were used again for other places. */
  commune(code: string, onDate?: string): string;
  reason(code: string): Reason;
}

@Injectable()
export class Names {
  constructor(
    private readonly programmes: Programmes,
    private readonly funds: Funds,
    private readonly banks: BankDirectory,
    private readonly places: Places,
    private readonly reasons: ReasonCodes,
  ) {}

  at(now: Date): NamesOf {
    const today = officeDate(now);
    return {
      programme: (code) => this.programmes.find(code)?.name ?? { vi: code, en: code },
      fund: (code) => this.funds.find(code)?.name ?? { vi: code, en: code },
      bank: (bin) => this.banks.byBin(bin)?.shortName ?? bin,
      commune: (code, onDate) => this.places.commune(code, onDate ?? today)?.name ?? code,
      reason: (code) => this.reasons.of(code),
    };
  }
}
