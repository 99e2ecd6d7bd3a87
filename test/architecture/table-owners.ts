import ts from 'typescript';
import { literalText, nodes, placeOf, type SourceFile } from './source-files.js';

/** Whom a module stands on, in the order the money walks; views of these may be read. */
const PIPELINE = [
  'beneficiaries',
  'entitlements',
  'batches',
  'approvals',
  'payments',
  'settlements',
  'reconciliation',
  'alerts',
  'reports',
];

/** `table or view → its module`, taken from the migrations. */
export interface Schema {
  readonly tables: ReadonlyMap<string, string>;
  readonly views: ReadonlyMap<string, string>;
}

const MADE =
  /\bcreate\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(?:materialized\s+)?(table|view)\s+(?:if\s+not\s+exists\s+)?([a-z_]+)/gi;
const IS_SQL =
  /\b(select|with|insert\s+into|update\s+[a-z_]+\s+([a-z_]+\s+)?set|delete\s+from|create|references)\b/i;
const TOUCHED =
  /\b(from|join|into|update|truncate(?:\s+table)?|references|on\s+table)\s+(?:only\s+)?([a-z_]+)/gi;

/** `src/migrations/0007-batches.ts`, and later `0013-batches-notes.ts`, belong to `batches`. */
function ownerOf(path: string, modules: readonly string[]): string {
  const name = /\d{4}-([a-z-]+)\.ts$/.exec(path)?.[1] ?? '';
  return modules.find((module) => name === module || name.startsWith(`${module}-`)) ?? name;
}

export function schemaOf(migrations: readonly SourceFile[], modules: readonly string[]): Schema {
  const tables = new Map<string, string>();
  const views = new Map<string, string>();
  for (const { path, text } of migrations) {
    for (const [, kind, name] of text.matchAll(MADE)) {
      (kind?.toLowerCase() === 'view' ? views : tables).set(name ?? '', ownerOf(path, modules));
    }
  }
  return { tables, views };
}

/** The module that a file speaks for: its folder, or for a migration its owner. */
export function speaker(path: string, modules: readonly string[]): string {
  if (path.startsWith('src/migrations/')) return ownerOf(path, modules);
  return path.split('/')[1] ?? '';
}

function mayRead(reader: string, owner: string): boolean {
  if (reader === owner) return true;
  // Modules below the pipeline stand before its first step; they themselves read nobody's rows.
  const at = PIPELINE.indexOf(reader);
  return at >= 0 && PIPELINE.indexOf(owner) < at;
}

/** Where the SQL of a file touches what is not its module's to touch: `path:line table (owner)`. */
export function foreignTables(
  file: SourceFile,
  schema: Schema,
  modules: readonly string[],
): string[] {
  const self = speaker(file.path, modules);
  const inMigration = file.path.startsWith('src/migrations/');
  return [...nodes(file.tree)].flatMap((node) => {
    const sql = isPartOfTemplate(node) ? null : literalText(node);
    if (sql === null || !IS_SQL.test(sql)) return [];
    return [...sql.matchAll(TOUCHED)].flatMap(([, verb, name = '']) => {
      const tableOwner = schema.tables.get(name);
      const owner = tableOwner ?? schema.views.get(name);
      if (owner === undefined || owner === self) return [];
      const isView = tableOwner === undefined;
      const isReference = inMigration && verb?.toLowerCase() === 'references';
      if ((isView || isReference) && mayRead(self, owner)) return [];
      return [`${placeOf(file, node)} ${verb} ${name} (of ${owner})`];
    });
  });
}

const isPartOfTemplate = (node: ts.Node): boolean =>
  ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
