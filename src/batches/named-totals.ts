import { Injectable } from '@nestjs/common';
import { lastDayOf, type Bilingual } from '../kernel/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../organisation/index.js';
import type { Tx } from '../platform/database/index.js';
import { totalsOf, type PartTotal, type TotalBy } from './totals.read.js';

export interface NamedPart {
  readonly code: string;
  /** Null when the code is no longer configured. */
  readonly name: Bilingual | null;
  readonly lines: number;
  readonly amount: string;
}

export interface NamedParts {
  readonly banks: NamedPart[];
  readonly communes: NamedPart[];
  readonly programmes: NamedPart[];
  readonly funds: NamedPart[];
}

/** Totals of a batch with the names that people know banks, communes, programmes and funds by. */
@Injectable()
export class NamedTotals {
  constructor(
    private readonly bankDirectory: BankDirectory,
    private readonly places: Places,
    private readonly allProgrammes: Programmes,
    private readonly allFunds: Funds,
  ) {}

  async of(tx: Tx, batch: { id: string; period: string }): Promise<NamedParts> {
    const parts = await totalsOf(tx, batch.id);
    const day = lastDayOf(batch.period);
    const named = (by: TotalBy, nameOf: (code: string) => Bilingual | null): NamedPart[] =>
      parts
        .filter((part) => part.by === by)
        .map((part) => ({ ...bare(part), name: nameOf(part.code) }));
    const alike = (name: string | undefined): Bilingual | null =>
      name === undefined ? null : { vi: name, en: name };
    return {
      banks: named('bank', (bin) => alike(this.bankDirectory.byBin(bin)?.shortName)),
      communes: named('commune', (code) => alike(this.places.commune(code, day)?.name)),
      programmes: named('programme', (code) => this.allProgrammes.find(code)?.name ?? null),
      funds: named('fund', (code) => this.allFunds.find(code)?.name ?? null),
    };
  }
}

function bare({ code, lines, amount }: PartTotal): Omit<NamedPart, 'name'> {
  return { code, lines, amount };
}
