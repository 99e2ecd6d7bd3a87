import { Injectable } from '@nestjs/common';
import { Clock, formatPeriod, type Bilingual } from '../../kernel/index.js';
import { ReasonCodes, type Reason } from '../../organisation/index.js';
import { Names, type Choice, type NamesOf } from '../kit/index.js';

/** The kit's names of now, for controllers and pages that are handed them, with what reasons may be chosen. */
@Injectable()
export class CodeNames {
  constructor(
    private readonly names: Names,
    private readonly reasons: ReasonCodes,
    private readonly clock: Clock,
  ) {}

  /** A bank of ours, by its code. */
  bank(code: string): string {
    return this.now().ourBank(code);
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
    return this.now().choices('ourBank');
  }

  payeeBankChoices(): Choice[] {
    return this.now().choices('bank');
  }

  communeChoices(): Choice[] {
    return this.now().choices('commune');
  }

  programmeChoices(): Choice[] {
    return this.now().choices('programme');
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
