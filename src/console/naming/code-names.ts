import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../../banks/index.js';
import { Clock, formatPeriod, officeDate, type Bilingual } from '../../kernel/index.js';
import {
  BankDirectory,
  Places,
  Programmes,
  ReasonCodes,
  type Reason,
} from '../../organisation/index.js';
import { Names, type Choice, type NamesOf } from '../kit/index.js';

/** What codes are called by people, our own banks among them, and what may be chosen in filters and forms. */
@Injectable()
export class CodeNames {
  constructor(
    private readonly names: Names,
    private readonly banks: BankRegistry,
    private readonly directory: BankDirectory,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly reasons: ReasonCodes,
    private readonly clock: Clock,
  ) {}

  /** A bank of ours, by its code. */
  bank(code: string): string {
    return this.banks.all().find((bank) => bank.code === code)?.name ?? code;
  }

  /** A payee's bank, by its BIN. */
  payeeBank(bin: string): string {
    return this.now().bank(bin);
  }

  commune(code: string): string {
    return this.now().commune(code);
  }

  programme(code: string): Bilingual {
    return this.now().programme(code);
  }

  period(period: string): string {
    return formatPeriod(period);
  }

  reason(code: string): Reason {
    return this.now().reason(code);
  }

  bankChoices(): Choice[] {
    return this.banks.all().map(({ code, name }) => ({ value: code, text: name }));
  }

  payeeBankChoices(): Choice[] {
    return this.directory
      .all()
      .map(({ bin, shortName, name }) => ({ value: bin, text: `${shortName} – ${name}` }));
  }

  communeChoices(): Choice[] {
    const today = officeDate(this.clock.now());
    return this.places.all(today).map(({ code, name }) => ({ value: code, text: name }));
  }

  programmeChoices(): Choice[] {
    return this.programmes.all().map(({ code, name }) => ({ value: code, text: name }));
  }

  /** Reasons that may be chosen, each by what it means. */
  reasonChoices(isFit: (reason: Reason) => boolean): Choice[] {
    return this.reasons
      .all()
      .filter(isFit)
      .map(({ code, vi, en }) => ({
        value: code,
        text: { vi: `${vi} (${code})`, en: `${en} (${code})` },
      }));
  }

  private now(): NamesOf {
    return this.names.at(this.clock.now());
  }
}
