import { z } from 'zod';
import type { Bilingual } from '../kernel/index.js';
import { loadJson, type YamlSource } from '../platform/config/index.js';
import { bilingual, provenance } from './provenance.js';

const family = z.enum([
  'account',
  'amount',
  'authority',
  'beneficiary',
  'cancel',
  'compliance',
  'date',
  'duplicate',
  'funding',
  'message',
  'name',
  'own-setup',
  'routing',
  'technical',
  'unspecified',
]);
export type ReasonFamily = z.infer<typeof family>;

const retry = z.enum(['auto', 'later', 'after-fix', 'human', 'never', 'info', 'unknown-outcome']);
/** What may follow: `unknown-outcome` is enquired about and never sent again. */
export type RetryKind = z.infer<typeof retry>;

/** Why a bank refused or returned a payment (ISO 20022 ExternalStatusReason1Code), for people. */
export interface Reason {
  readonly code: string;
  readonly name: string;
  readonly vi: string;
  readonly en: string;
  readonly family: ReasonFamily;
  readonly retry: RetryKind;
  /** What the officer does next. */
  readonly nextStep: Bilingual;
}

const reasonFile = z.object({
  ...provenance,
  codes: z
    .array(
      z.object({
        code: z.string().regex(/^[A-Z0-9]{4}$/),
        name: z.string().min(1),
        vi: z.string().min(1),
        en: z.string().min(1),
        family,
        retry,
        nextStep: bilingual,
      }),
    )
    .min(1),
});

export type ReasonFile = z.infer<typeof reasonFile>;

export class ReasonCodes {
  private readonly byCode: ReadonlyMap<string, Reason>;

  static load(source: YamlSource): ReasonCodes {
    return new ReasonCodes(loadJson(source, 'reference/reason-codes.json', reasonFile));
  }

  constructor(file: ReasonFile) {
    this.byCode = new Map(file.codes.map((reason) => [reason.code, reason]));
  }

  /** Never fails: a code that is not listed is told as such, and a person asks the bank. */
  of(code: string): Reason {
    return this.byCode.get(code.trim().toUpperCase()) ?? unlisted(code);
  }

  all(): Reason[] {
    return [...this.byCode.values()];
  }
}

function unlisted(code: string): Reason {
  return {
    code,
    name: 'Unlisted',
    vi: 'Ngân hàng trả lý do chưa có trong danh mục',
    en: 'The bank gave a reason that is not in the list',
    family: 'unspecified',
    retry: 'human',
    nextStep: {
      vi: 'Hỏi ngân hàng ý nghĩa của mã này trước khi chi lại.',
      en: 'Ask the bank what the code means before paying again.',
    },
  };
}
