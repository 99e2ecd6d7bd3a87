import type { Bilingual } from '../kernel/index.js';
import { MONEY_RULES } from './list.money-rules.js';
import { PERSON_RULES } from './list.person-rules.js';
import type { Severity } from './list.rule-text.js';

/**
 * Every way a row can be refused (error) or worth a second look (warning), in the officer's words.
 * Codes are stable. `{value}` and other names in braces are filled in.
 */
export const RULES = { ...PERSON_RULES, ...MONEY_RULES };

export type Rule = keyof typeof RULES;

/** One thing found in one cell (or, without a field, in the whole row). */
export interface Problem {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Null for the whole row, or when the list has no such column. */
  readonly column: number | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly message: Bilingual;
  readonly remedy: Bilingual;
}

const VALUE_SHOWN_MAX = 120;

export function problem(
  ruleCode: Rule,
  at: { column?: number | null; field?: string | null; value?: string | null },
  names: Readonly<Record<string, string>> = {},
): Problem {
  const { severity, message, remedy } = RULES[ruleCode];
  const value = at.value?.slice(0, VALUE_SHOWN_MAX) ?? null;
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'value' ? (value ?? '') : (names[name] ?? ''),
    );
  return {
    rule: ruleCode,
    severity,
    column: at.column ?? null,
    field: at.field ?? null,
    value,
    message: { vi: fill(message.vi), en: fill(message.en) },
    remedy,
  };
}
