import { z } from 'zod';
import { foldText } from '../kernel/index.js';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { NameIndex } from './name-index.js';
import { provenance } from './provenance.js';

/** A bank that keeps payees' accounts. The BIN is its identity: a renamed bank keeps it. */
export interface Bank {
  /** Six digits (ISO 7812, as NAPAS assigns them). */
  readonly bin: string;
  readonly code: string;
  readonly shortName: string;
  readonly name: string;
}

const bankFile = z.object({
  ...provenance,
  banks: z
    .array(
      z.object({
        bin: z.string().regex(/^\d{6}$/),
        code: z.string().min(1),
        shortName: z.string().min(1),
        name: z.string().min(1),
        bic: z.string().nullable(),
        sbvCode: z.string().nullable(),
        kind: z.enum(['bank', 'digital-brand', 'ewallet', 'policy-bank']),
        aliases: z.array(z.string()).default([]),
        formerNames: z.array(z.string()).default([]),
        payingOrganisation: z.boolean().default(false),
        note: z.string().optional(),
      }),
    )
    .min(1),
});

export type BankFile = z.infer<typeof bankFile>;
type Entry = BankFile['banks'][number];

export class BankDirectory {
  private readonly banks: readonly Bank[];
  private readonly byBinMap: ReadonlyMap<string, Bank>;
  private readonly index: NameIndex<Bank>;

  static load(source: YamlSource): BankDirectory {
    return new BankDirectory(loadJson(source, 'reference/banks.json', bankFile));
  }

  /** @throws InvalidValueError when one name or BIN stands for two banks. */
  constructor(file: BankFile) {
    const entries = new Map<Bank, Entry>(
      file.banks.map((entry) => {
        const { bin, code, shortName, name } = entry;
        return [{ bin, code, shortName, name }, entry];
      }),
    );
    this.banks = [...entries.keys()].sort((a, b) => (a.bin < b.bin ? -1 : 1));
    this.byBinMap = new Map(this.banks.map((bank) => [bank.bin, bank]));
    this.index = new NameIndex('bank', this.banks, (bank) => namesOf(entries.get(bank)));
  }

  byBin(bin: string): Bank | null {
    return this.byBinMap.get(bin) ?? null;
  }

  /**
   * The bank that a list names by BIN, code, short name, full name or a former name, with or without
   * "Ngân hàng", legal form and branch: `Agribank CN Lạng Sơn`, `LienVietPostBank`, `970449`.
   */
  find(text: string): Bank | null {
    return (
      this.index.find(text) ??
      this.index.find(withoutLegalForm(text)) ??
      this.index.find(withoutLegalForm(withoutBranch(text)))
    );
  }

  /** Every bank, by BIN. */
  all(): readonly Bank[] {
    return this.banks;
  }
}

function namesOf(entry: Entry | undefined): string[] {
  if (!entry) return [];
  const names = [entry.shortName, entry.name, ...entry.aliases, ...entry.formerNames];
  return [entry.bin, entry.code, ...names, ...names.map(withoutLegalForm)];
}

/** "Ngân hàng TMCP Á Châu" → "a chau". What is left of a bare legal form is the text itself. */
function withoutLegalForm(text: string): string {
  const folded = foldText(text);
  const bare = folded
    .replace(/^(ngan hang|nh)\b/, '')
    .replace(/^\s*(thuong mai|tm)?\s*(tmcp|cp|co phan|tnhh mtv|tnhh)\b/, '')
    .trim();
  return bare === '' ? folded : bare;
}

/** "VietinBank - Chi nhánh Lạng Sơn" → "vietinbank": an account is found by its bank, not by its branch. */
function withoutBranch(text: string): string {
  return foldText(text).replace(/[\s\-–,(]+(chi nhanh|cn|phong giao dich|pgd)\b.*$/, '');
}
