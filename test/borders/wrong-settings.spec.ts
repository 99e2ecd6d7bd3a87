import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { SettingsError } from '../../src/platform/config/index.js';
import { configOf, loadYamlFiles, REFERENCE } from './configured.js';

type Node = Record<string, unknown>;
/** Keys down to a place: `['banks', '0', 'code']`. */
type Path = readonly string[];

const folder = mkdtempSync(join(tmpdir(), 'chitra-wrong-'));
cpSync('config', folder, { recursive: true });
const files = ['', 'banks', 'calendars'].flatMap((under) =>
  readdirSync(join(folder, under))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(under, name)),
);
const config = configOf(folder);

/** The refusal of a file with this text; empty when it was taken. @throws what is no SettingsError. */
function refusal(file: string, text: string, load: () => unknown): string {
  const whole = readFileSync(join(folder, file), 'utf8');
  writeFileSync(join(folder, file), text);
  try {
    load();
    return '';
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  } finally {
    writeFileSync(join(folder, file), whole);
  }
}

const yamlRefusal = (file: string, document: unknown) =>
  refusal(file, stringify(document), () => loadYamlFiles(config));

const documentOf = (file: string): unknown => parse(readFileSync(join(folder, file), 'utf8'));

/** Places of a document, one of those that differ by a position only. */
function placesOf(document: unknown): { mappings: Path[]; leaves: Path[] } {
  const seen = new Set<string>();
  const mappings: Path[] = [];
  const leaves: Path[] = [];
  const visit = (node: unknown, path: Path) => {
    const kind = path.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.');
    const isNew = !seen.has(kind);
    seen.add(kind);
    if (node === null || typeof node !== 'object') {
      if (isNew) leaves.push(path);
      return;
    }
    if (isNew && !Array.isArray(node)) mappings.push(path);
    for (const [key, value] of Object.entries(node)) visit(value, [...path, key]);
  };
  visit(document, []);
  return { mappings, leaves };
}

function changed(document: unknown, path: Path, change: (parent: Node, key: string) => void) {
  const copy = structuredClone({ root: document }) as Node;
  const full = ['root', ...path];
  let parent = copy;
  for (const key of full.slice(0, -1)) parent = parent[key] as Node;
  change(parent, full.at(-1) ?? '');
  return copy['root'];
}

describe('a wrong entry of the configuration', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(files)('of %s is named with file and field, wherever it stands', (file) => {
    const document = documentOf(file);
    const { leaves } = placesOf(document);
    expect(leaves.length).toBeGreaterThan(0);
    const unnamed = leaves.flatMap((path) => {
      const told = yamlRefusal(
        file,
        changed(document, path, (parent, key) => (parent[key] = { wrong: [] })),
      );
      const field = [...path].reverse().find((key) => !/^\d+$/.test(key)) ?? '';
      return told.includes(file) && told.includes(field) ? [] : [`${path.join('.')}: ${told}`];
    });
    expect(unnamed).toEqual([]);
  });

  it.each(files)('of %s that is misspelt is not passed over in silence', (file) => {
    const document = documentOf(file);
    const silent = placesOf(document).mappings.flatMap((path) => {
      const told = yamlRefusal(
        file,
        changed(document, path, (parent, key) => {
          parent[key] = { ...(parent[key] as Node), misspelt: 'x' };
        }),
      );
      return told.includes(file) && told.includes('misspelt') ? [] : [`${path.join('.')}: ${told}`];
    });
    expect(silent).toEqual([]);
  });

  it.each(files)('file %s that is away, empty or no mapping is named', (file) => {
    for (const text of ['', '[]', 'x', ': :']) {
      expect(refusal(file, text, () => loadYamlFiles(config))).toContain(file);
    }
  });

  it.each(Object.keys(REFERENCE))('reference file %s that is broken is named', (name) => {
    const file = join('reference', name);
    const load = () => REFERENCE[name]?.(config);
    for (const text of ['', '{', '{}', '[]', 'null', '{"codes": [{}]}']) {
      expect(refusal(file, text, load)).toContain(name);
    }
    expect(load).not.toThrow();
  });

  it('knows every reference file', () => {
    const there = readdirSync(join(folder, 'reference')).filter((name) => name.endsWith('.json'));
    expect(there.sort()).toEqual(Object.keys(REFERENCE).sort());
  });
});
