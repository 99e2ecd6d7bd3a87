import { z } from 'zod';
import type { Bilingual } from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';
import { NameIndex } from './name-index.js';
import { bilingual } from './provenance.js';

/** Where the money comes from (nguồn kinh phí). */
export interface Fund {
  readonly code: string;
  readonly name: Bilingual;
}

const fundFile = z.strictObject({
  funds: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[A-Z][A-Z0-9_]{1,29}$/),
        name: bilingual,
        aliases: z.array(z.string()).default([]),
      }),
    )
    .min(1),
});

export type FundFile = z.infer<typeof fundFile>;

const FILE = 'funds.yaml';

export class Funds {
  private readonly funds: readonly FundFile['funds'][number][];
  private readonly index: NameIndex<Fund>;

  static load(source: YamlSource): Funds {
    const file = loadYaml(source, FILE, fundFile);
    return madeOf(FILE, () => new Funds(file));
  }

  constructor(file: FundFile) {
    this.funds = file.funds;
    this.index = new NameIndex<Fund & { aliases: string[] }>('fund', file.funds, (fund) => [
      fund.code,
      fund.name.vi,
      fund.name.en,
      ...fund.aliases,
    ]);
  }

  /** By code, name or alias, folded. */
  find(text: string): Fund | null {
    return this.index.find(text);
  }

  all(): readonly Fund[] {
    return this.funds;
  }
}
