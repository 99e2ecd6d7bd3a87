import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { InvalidValueError } from '../../kernel/index.js';
import { SettingsError } from './settings.js';

/** What a YAML file needs of the process: where it is, and what `${NAME}` stands for. */
export interface YamlSource {
  readonly configDir: string;
  variable(name: string): string | undefined;
}

/**
 * Reads a YAML file under CONFIG_DIR, puts environment variables in place of `${NAME}` (and of
 * `${NAME:-default}`), and checks the result.
 * @throws SettingsError naming the file, the field and the rule, or the variable that is unset; never a value.
 */
export function loadYaml<T>(source: YamlSource, relativePath: string, schema: z.ZodType<T>): T {
  const text = read(source, relativePath);
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new SettingsError([`${relativePath}: is not YAML${placeOf(error)}`]);
  }
  const unset = new Set<string>();
  const filled = fill(document, (name, fallback) => {
    const value = source.variable(name) ?? fallback;
    if (value === undefined) unset.add(name);
    return value ?? '';
  });
  if (unset.size > 0) {
    throw new SettingsError(
      [...unset].map((name) => `${name}: is unset; ${relativePath} needs it`),
    );
  }
  return check(relativePath, filled, schema);
}

/** Reads and checks a JSON file under CONFIG_DIR (reference data). */
export function loadJson<T>(source: YamlSource, relativePath: string, schema: z.ZodType<T>): T {
  const text = read(source, relativePath);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new SettingsError([`${relativePath}: is not JSON`]);
  }
  return check(relativePath, document, schema);
}

/**
 * What is made of a file that has its form and may still contradict itself (a name twice, a fund that is not there).
 * @throws SettingsError naming the file, for an InvalidValueError of `make`.
 */
export function madeOf<T>(relativePath: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new SettingsError([`${relativePath}: ${error.message}`]);
  }
}

/** The YAML files of a folder under CONFIG_DIR, sorted by name: `['banks/sandbox.yaml', …]`. */
export function listYaml(source: YamlSource, folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(source.configDir, folder));
  } catch {
    throw new SettingsError([`CONFIG_DIR: ${folder}/ cannot be read there`]);
  }
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => `${folder}/${basename(name)}`);
}

// The place, not the parser's words: they quote the text, and a secret may stand there.
function placeOf(error: unknown): string {
  const place = error instanceof YAMLParseError ? error.linePos?.[0] : undefined;
  return place ? ` (line ${place.line}, column ${place.col})` : '';
}

function read(source: YamlSource, relativePath: string): string {
  try {
    return readFileSync(join(source.configDir, relativePath), 'utf8');
  } catch {
    throw new SettingsError([`CONFIG_DIR: ${relativePath} cannot be read there`]);
  }
}

function check<T>(relativePath: string, document: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new SettingsError(
    parsed.error.issues.map(
      (issue) => `${relativePath}: ${issue.path.join('.')}: ${issue.message}`,
    ),
  );
}

function fill(
  node: unknown,
  variable: (name: string, fallback: string | undefined) => string,
): unknown {
  if (typeof node === 'string') {
    return node.replace(/\$\{([A-Z][A-Z0-9_]*)(?::-([^}]*))?\}/g, (_, name: string, fallback) =>
      variable(name, typeof fallback === 'string' ? fallback : undefined),
    );
  }
  if (Array.isArray(node)) return node.map((item) => fill(item, variable));
  if (node !== null && typeof node === 'object') {
    return Object.fromEntries(Object.entries(node).map(([k, v]) => [k, fill(v, variable)]));
  }
  return node;
}
