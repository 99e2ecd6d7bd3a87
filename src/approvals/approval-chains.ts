import { z } from 'zod';
import { InvalidValueError, Money } from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';
import type { Programmes } from '../organisation/index.js';
import { ROLES, type Role, type SignatureKind } from '../identity/index.js';

/** One signature that a batch needs, and who may give it. */
export interface ChainStep {
  /** From 1, in the order of signing. */
  readonly step: number;
  readonly signature: SignatureKind;
  readonly role: Role;
}

const signer = z.strictObject({
  signature: z.enum(['second', 'first']),
  role: z.enum(ROLES),
});
const chain = z
  .array(signer)
  .min(2)
  .refine((steps) => ['second', 'first'].every((kind) => steps.some((s) => s.signature === kind)), {
    error: 'a chain needs a second and a first signature',
  });
const level = z.strictObject({
  amount: z.string().regex(/^[1-9]\d{0,19}$/, 'is whole đồng, in quotes'),
  add: z.array(signer).min(1),
});
const chainFile = z.strictObject({
  chain,
  above: z.array(level).default([]),
  programmes: z
    .record(z.string(), z.strictObject({ chain, above: z.array(level).default([]) }))
    .default({}),
});

export type ChainFile = z.infer<typeof chainFile>;

const FILE = 'approval.yaml';

/** config/approval.yaml, read once at boot: which signatures a batch needs. */
export class ApprovalChains {
  static load(source: YamlSource, programmes: Programmes): ApprovalChains {
    const file = loadYaml(source, FILE, chainFile);
    return madeOf(FILE, () => new ApprovalChains(file, programmes));
  }

  /** @throws InvalidValueError when a chain is given for a programme that is not configured. */
  constructor(
    private readonly file: ChainFile,
    programmes: Pick<Programmes, 'all'>,
  ) {
    const known = new Set(programmes.all().map((programme) => programme.code));
    for (const code of Object.keys(file.programmes)) {
      if (!known.has(code)) throw new InvalidValueError(`chain of ${code}`, 'no such programme');
    }
  }

  /** The steps for a batch of that programme and total, in the order of signing. */
  stepsFor(batch: { programme: string; total: Money }): ChainStep[] {
    const { chain: steps, above } = this.file.programmes[batch.programme] ?? this.file;
    const added = above
      .map(({ amount, add }) => ({ amount: Money.of(amount), add }))
      .filter(({ amount }) => batch.total.compare(amount) > 0)
      .sort((a, b) => a.amount.compare(b.amount))
      .flatMap(({ add }) => add);
    return [...steps, ...added].map((step, index) => ({ ...step, step: index + 1 }));
  }
}

/** Reads a chain as the file does, for tests and tools. @throws ZodError */
export function parseChainFile(document: unknown): ChainFile {
  return chainFile.parse(document);
}
