import ts from 'typescript';
import { literalText, nodes, placeOf, type SourceFile } from './source-files.js';

/** A rule of the house that a machine can see. */
export interface TidyRule {
  readonly name: string;
  /** Which files it speaks about. */
  readonly covers: (path: string) => boolean;
  /** Where it is broken: `path:line`, with a word when the line does not show it. */
  readonly breaches: (file: SourceFile) => string[];
}

const MOST_LINES = 300;

const isSpec = (path: string) => path.endsWith('.spec.ts');
const inSource = (path: string) => path.startsWith('src/');
const ofProduct = (path: string) => inSource(path) && !isSpec(path);
const ofBusiness = (path: string) =>
  ofProduct(path) && !/^src\/(platform|kernel|migrations|cli|banks\/sandbox)\//.test(path);

/** A rule that looks at every node. */
function seen(
  name: string,
  covers: (path: string) => boolean,
  isBreach: (node: ts.Node) => boolean,
): TidyRule {
  return {
    name,
    covers,
    breaches: (file) => [...nodes(file.tree)].filter(isBreach).map((node) => placeOf(file, node)),
  };
}

/** A rule that looks at the lines as they are written, comments included. */
function written(name: string, covers: (path: string) => boolean, pattern: RegExp): TidyRule {
  return {
    name,
    covers,
    breaches: (file) =>
      file.text
        .split('\n')
        .flatMap((line, at) => (pattern.test(line) ? [`${file.path}:${at + 1}`] : [])),
  };
}

const isMember = (node: ts.Node, object: string, member: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === member &&
  node.expression.getText() === object;

const calls = (node: ts.Node, name: RegExp): node is ts.CallExpression =>
  ts.isCallExpression(node) && name.test(node.expression.getText());

/** `process.env`, `process['env']`, `const { env } = process`, `import { env } from 'node:process'`. */
function readsEnvironment(node: ts.Node): boolean {
  if (isMember(node, 'process', 'env')) return true;
  if (ts.isElementAccessExpression(node)) return node.expression.getText() === 'process';
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    return node.initializer?.getText() === 'process' && /\benv\b/.test(node.name.getText());
  }
  return (
    ts.isImportDeclaration(node) &&
    /^['"](node:)?process['"]$/.test(node.moduleSpecifier.getText()) &&
    /\benv\b/.test(node.importClause?.getText() ?? '')
  );
}

function isFloatOfMoney(node: ts.Node): boolean {
  if (calls(node, /(^|\.)parseFloat$/) || calls(node, /\.toNumber$/)) return true;
  const isConversion =
    calls(node, /^(Number|parseInt|Number\.parseInt)$/) ||
    (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.PlusToken);
  return isConversion && /amount|money|balance|total/i.test(node.getText());
}

const asksTheSystemClock = (node: ts.Node): boolean =>
  isMember(node, 'Date', 'now') ||
  (ts.isNewExpression(node) &&
    node.expression.getText() === 'Date' &&
    (node.arguments?.length ?? 0) === 0);

const beginsTransaction = (node: ts.Node): node is ts.CallExpression =>
  calls(node, /\.transaction$/);

const saysBusinessTimeInSql = (node: ts.Node): boolean =>
  /\b(now\(\)|clock_timestamp\(\)|current_(timestamp|date|time))/i.test(literalText(node) ?? '');

const isSkippedTest = (node: ts.Node): boolean =>
  calls(node, /^(x(it|describe|test)|f(it|describe))$/) ||
  calls(node, /^(it|test|describe)(\.\w+)*\.(skip|only|todo|failing)(\.\w+)*$/);

const SQL_RUNNERS = new Set(['rows', 'one', 'execute']);

/** Imports the functions that run SQL. */
const runsSql = (node: ts.Node): boolean =>
  ts.isImportSpecifier(node) &&
  SQL_RUNNERS.has((node.propertyName ?? node.name).text) &&
  /platform\/database\//.test(node.parent.parent.parent.moduleSpecifier.getText());

export const TIDY_RULES: readonly TidyRule[] = [
  seen(
    'process.env is read in platform/config only',
    (path) => ofProduct(path) && !path.startsWith('src/platform/config/'),
    readsEnvironment,
  ),
  seen(
    'there is no forwardRef',
    inSource,
    (node) => ts.isIdentifier(node) && node.text === 'forwardRef',
  ),
  seen(
    'there is no any',
    () => true,
    (node) => node.kind === ts.SyntaxKind.AnyKeyword,
  ),
  written(
    'no check is switched off',
    () => true,
    /(\/\/|\/\*|^\s*\*).*(@ts-(ignore|nocheck|expect-error)|eslint-disable|prettier-ignore|istanbul ignore|v8 ignore)/,
  ),
  written('nothing is left to do', () => true, /(\/\/|\/\*|^\s*\*).*\b(TODO|FIXME|XXX|HACK)\b/),
  // A spreadsheet's own number cells are floats; the sample list has to write such, too.
  seen(
    'money is never a float',
    (path) => ofProduct(path) && !path.startsWith('src/cli/sample-'),
    isFloatOfMoney,
  ),
  seen(
    'time comes from the clock',
    (path) => ofBusiness(path) || path.startsWith('src/banks/'),
    asksTheSystemClock,
  ),
  seen('business time in SQL is a parameter', ofBusiness, saysBusinessTimeInSql),
  seen(
    'SQL stands in stores and read models',
    (path) => ofBusiness(path) && !/\.(store|read)\.ts$/.test(path),
    runsSql,
  ),
  seen(
    'a transaction begins in a use case',
    (path) =>
      ofBusiness(path) && /(\.(store|read|rules|lifecycle|module)\.ts$|\/http\/)/.test(path),
    beginsTransaction,
  ),
  seen(
    'nothing runs side by side in a transaction',
    inSource,
    (node) =>
      beginsTransaction(node) &&
      node.arguments.some((argument) =>
        [...nodes(argument)].some((inner) => calls(inner, /^Promise\.(all|allSettled|race|any)$/)),
      ),
  ),
  seen('no test is switched off', isSpec, isSkippedTest),
  {
    name: `no file has more than ${MOST_LINES} lines`,
    covers: (path) => inSource(path) && !path.startsWith('src/migrations/'),
    breaches: ({ path, text }) => {
      const lines = text.trimEnd().split('\n').length;
      return lines > MOST_LINES ? [`${path} (${lines} lines)`] : [];
    },
  },
  {
    name: 'a file is named for what it is or does',
    covers: inSource,
    breaches: ({ path }) =>
      /(manager|helper|utils?|common|data|info|misc)s?(\.[a-z-]+)*\.ts$/.test(
        path
          .split('/')
          .at(-1)
          ?.replace(/data-source/, '') ?? '',
      )
        ? [path]
        : [],
  },
];
