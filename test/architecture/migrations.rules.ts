import type { QueryRunner } from 'typeorm';
import { migrations } from '../../src/migrations/index.js';

/** What a migration's `up` runs, in its order. */
export interface RecordedMigration {
  /** `0073`, of `Name1764000000073`. */
  readonly number: string;
  readonly sql: readonly string[];
}

/** Runs `up` of every migration against nothing. */
export async function recorded(): Promise<RecordedMigration[]> {
  const told: RecordedMigration[] = [];
  for (const Migration of migrations) {
    const sql: string[] = [];
    const runner = {
      query: (text: string) => {
        sql.push(text);
        return Promise.resolve([]);
      },
    };
    const migration = new Migration();
    await migration.up(runner as unknown as QueryRunner);
    told.push({ number: (migration.name ?? '').slice(-4), sql });
  }
  return told;
}

/** What of the schema is there, by the migrations that were looked at. */
export class KnownSchema {
  readonly things = new Set<string>();
  /** Only those that are unique. */
  readonly uniqueIndexes = new Set<string>();

  learn(statement: string): void {
    const made =
      /^create (?:or replace )?(?:table|(?:materialized )?view|function|type|sequence)(?: if not exists)? ([\w."]+)/;
    const thing = made.exec(statement)?.[1];
    if (thing !== undefined) this.things.add(thing);
    const index = /^create unique index (?:concurrently )?(?:if not exists )?([\w."]+) on/.exec(
      statement,
    )?.[1];
    if (index !== undefined) this.uniqueIndexes.add(index);
  }
}

/** One statement after the other, lower case, without comments; texts and bodies of functions are left out. */
export function statementsOf(sql: readonly string[]): string[] {
  return sql
    .join(';\n')
    .replaceAll(/--[^\n]*/g, ' ')
    .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
    .replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .split(';')
    .map((statement) => statement.replaceAll(/\s+/g, ' ').trim().toLowerCase())
    .filter((statement) => statement !== '');
}

const HARMLESS = [
  /^create (?:table|type|sequence|schema|extension|view|materialized view)\b/,
  /^create (?:or replace )?view\b/,
  /^create index\b/,
  /^create function\b/,
  /^(?:comment on|grant|analyze|set local|select|insert into|update|with|lock table)\b/,
];

/**
 * What in a migration the code before it may trip over: everything that is not known to be harmless. `before` is the
 * schema that that code knows; what the migration itself made, it may do with as it likes.
 */
export function breaches(statements: readonly string[], before: KnownSchema): string[] {
  const own = new KnownSchema();
  return statements.flatMap((statement) => {
    const found = breachesOf(statement, before, own);
    own.learn(statement);
    return found;
  });
}

function breachesOf(statement: string, before: KnownSchema, own: KnownSchema): string[] {
  const isOld = (thing: string | undefined) => !own.things.has(thing ?? '');
  const table = /^alter table (?:if exists )?(?:only )?([\w."]+) (.*)$/.exec(statement);
  if (table) {
    if (!isOld(table[1])) return [];
    const actions = splitActions(table[2] ?? '');
    const wrong = actions.filter((action) => !isHarmlessAction(action));
    return wrong.map((action) => `alter table ${table[1]} ${action}`);
  }
  const unique = /^create unique index .*? on (?:only )?([\w."]+)/.exec(statement);
  const trigger = /^create (?:or replace )?(?:constraint )?trigger .*? on ([\w."]+)/.exec(
    statement,
  );
  const watched = unique?.[1] ?? trigger?.[1];
  if (watched !== undefined) return isOld(watched) ? [short(statement)] : [];
  const replaced = /^create or replace function ([\w."]+)/.exec(statement)?.[1];
  if (replaced !== undefined) return before.things.has(replaced) ? [short(statement)] : [];
  const index = /^drop index (?:if exists )?([\w."]+)/.exec(statement)?.[1];
  if (index !== undefined) return before.uniqueIndexes.has(index) ? [statement] : [];
  const dropped = /^drop (?:table|view|function|type|sequence) (?:if exists )?([\w."]+)/.exec(
    statement,
  )?.[1];
  if (dropped !== undefined) return isOld(dropped) ? [short(statement)] : [];
  const takesAway = /\b(?:delete from|truncate)\b/.test(statement);
  return !takesAway && HARMLESS.some((known) => known.test(statement)) ? [] : [short(statement)];
}

const short = (statement: string): string => statement.slice(0, 100);

/** Of `add column a …, add column b …`, but not at the commas of `numeric(20, 0)`. */
function splitActions(text: string): string[] {
  const actions: string[] = [];
  let depth = 0;
  let action = '';
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === ',' && depth === 0) {
      actions.push(action.trim());
      action = '';
    } else action += letter;
  }
  return [...actions, action.trim()];
}

function isHarmlessAction(action: string): boolean {
  if (/^add (?:column )?(?!constraint|primary|unique|check|foreign|exclude)/.test(action)) {
    return !/\bnot null\b/.test(action) || /\b(?:default|generated always as)\b/.test(action);
  }
  if (/^drop constraint\b/.test(action)) return !/_(?:key|pkey|excl)$/.test(action);
  return (
    /^alter (?:column )?[\w"]+ set (?:default|statistics|storage)\b/.test(action) ||
    /^(?:validate constraint\b|set \()/.test(action)
  );
}
