import { readFileSync } from 'node:fs';
import { InvariantError } from '../kernel/index.js';
import { ALERT_RULES, type AlertRule } from './alert.rules.js';

/** What is written about one rule: for officers in Vietnamese, for engineers in English. */
export interface Runbook {
  readonly means: string;
  readonly look: string;
  readonly act: string;
  readonly escalate: string;
  readonly engineers: string;
}

const LABELS: Readonly<Record<keyof Runbook, string>> = {
  means: 'Nghĩa là',
  look: 'Xem',
  act: 'Làm',
  escalate: 'Báo lên',
  engineers: 'For engineers',
};

/** Where the console shows what to do about alerts of a rule. */
export const runbookOf = (rule: AlertRule): string => `/guide/alerts#${rule}`;

/** `runbooks.md`, which lies beside this file. @throws InvariantError when a rule lacks a section or a line of it. */
export function runbooks(): Readonly<Record<AlertRule, Runbook>> {
  const text = readFileSync(new URL('./runbooks.md', import.meta.url), 'utf8');
  return parseRunbooks(text);
}

export function parseRunbooks(text: string): Readonly<Record<AlertRule, Runbook>> {
  const sections = new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')).trim(), section]),
  );
  const strange = [...sections.keys()].filter((rule) => !ALERT_RULES.some((one) => one === rule));
  if (strange.length > 0) throw new InvariantError('a runbook of no rule', { rules: strange });
  const told = ALERT_RULES.map(
    (rule) => [rule, runbookIn(rule, sections.get(rule) ?? '')] as const,
  );
  return Object.fromEntries(told) as Record<AlertRule, Runbook>;
}

function runbookIn(rule: AlertRule, section: string): Runbook {
  const lines = section.split('\n');
  const line = (part: keyof Runbook): string => {
    const start = `- ${LABELS[part]}: `;
    const found = lines
      .find((one) => one.startsWith(start))
      ?.slice(start.length)
      .trim();
    if (!found) throw new InvariantError('a rule without its runbook', { rule, part });
    return found;
  };
  return {
    means: line('means'),
    look: line('look'),
    act: line('act'),
    escalate: line('escalate'),
    engineers: line('engineers'),
  };
}
