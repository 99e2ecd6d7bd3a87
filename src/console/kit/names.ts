import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../../banks/index.js';
import { officeDate, type Bilingual } from '../../kernel/index.js';
import {
  BankDirectory,
  Funds,
  Places,
  Programmes,
  ReasonCodes,
  type Commune,
  type Reason,
} from '../../organisation/index.js';
import type { Choice } from './choice.js';

/** What is chosen by its name. */
export type Named = 'programme' | 'fund' | 'bank' | 'ourBank' | 'commune';

/** What the codes of reference data are called. A code that nobody knows is shown as it is. */
export interface NamesOf {
  programme(code: string): Bilingual;
  fund(code: string): Bilingual;
  /** Of a bank that keeps accounts, by its BIN. */
  bank(bin: string): string;
  /** On a date (ISO 8601), today without one: codes of communes were used again for other places. */
  commune(code: string, onDate?: string): string;
  reason(code: string): Reason;
  /** Of a bank of ours that pays, by its code. */
  ourBank(code: string): string;
  /** All there are, to choose from. */
  choices(of: Named): Choice[];
}

@Injectable()
export class Names {
  constructor(
    private readonly programmes: Programmes,
    private readonly funds: Funds,
    private readonly banks: BankDirectory,
    private readonly places: Places,
    private readonly reasons: ReasonCodes,
    private readonly ourBanks: BankRegistry,
  ) {}

  at(now: Date): NamesOf {
    const today = officeDate(now);
    return {
      programme: (code) => this.programmes.find(code)?.name ?? { vi: code, en: code },
      fund: (code) => this.funds.find(code)?.name ?? { vi: code, en: code },
      bank: (bin) => this.banks.byBin(bin)?.shortName ?? bin,
      commune: (code, onDate) => this.places.commune(code, onDate ?? today)?.name ?? code,
      reason: (code) => this.reasons.of(code),
      ourBank: (code) => this.ourBanks.all().find((bank) => bank.code === code)?.name ?? code,
      choices: (of) => this.choices(of, today),
    };
  }

  private choices(of: Named, today: string): Choice[] {
    switch (of) {
      case 'programme':
        return this.programmes.all().map(choiceOf);
      case 'fund':
        return this.funds.all().map(choiceOf);
      case 'ourBank':
        return this.ourBanks.all().map(choiceOf);
      case 'commune':
        return communeChoices(this.places.all(today));
      case 'bank':
        return this.banks
          .all()
          .map(({ bin, shortName, name }) => ({ value: bin, text: `${shortName} – ${name}` }));
    }
  }
}

/** With the province where there is more than one: communes of one name there are many. */
function communeChoices(communes: readonly Commune[]): Choice[] {
  const isOneProvince = new Set(communes.map(({ provinceName }) => provinceName)).size <= 1;
  return communes.map(({ code, name, provinceName }) => ({
    value: code,
    text: isOneProvince ? name : `${name}, ${provinceName}`,
  }));
}

const choiceOf = ({ code, name }: { code: string; name: Bilingual | string }): Choice => ({
  value: code,
  text: name,
});
