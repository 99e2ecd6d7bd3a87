import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** One source file, parsed without types: what a rule that reads the text looks at. */
export interface SourceFile {
  /** From the project's root, with forward slashes: `src/kernel/money.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Every TypeScript file under the folders, parsed. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts') || path.endsWith('.tsx'))
    .sort()
    .map((path) => sourceFile(path, readFileSync(path, 'utf8')));
}

/** Every node of the tree, parents first. */
export function* nodes(root: ts.Node): Generator<ts.Node> {
  yield root;
  const children: ts.Node[] = [];
  ts.forEachChild(root, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodes(child);
}

/** `src/a/b.ts:12`, for a person to go to. */
export function placeOf(file: SourceFile, node: ts.Node): string {
  const start = node.getStart(file.tree);
  return `${file.path}:${file.tree.getLineAndCharacterOfPosition(start).line + 1}`;
}

/** The text of a literal as a program sees it; `?` where a template puts something in. */
export function literalText(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map((span) => ` ? ${span.literal.text}`).join('');
}
