import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { SettingsError } from '../../src/platform/config/index.js';
import { configOf, loadYamlFiles } from './configured.js';
import { FUZZ_SEED, lasting, tried } from './fuzz.js';

const SECRET = 'whsec_bm9uZW5vbmVub25lbm9uZW5vbmVub25l';

describe(`an officer's hand in the configuration (FUZZ_SEED=${FUZZ_SEED})`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'chitra-config-'));
  cpSync('config', folder, { recursive: true });
  const files = ['', 'banks', 'calendars'].flatMap((under) =>
    readdirSync(join(folder, under))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(under, name)),
  );
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const config = configOf(folder);

  /** What is wrong with the way in which a file was refused, or null. */
  function complaint(file: string, text: string): string | null {
    const whole = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text);
    try {
      loadYamlFiles(config);
      return null;
    } catch (error) {
      if (!(error instanceof SettingsError)) return `no SettingsError but ${String(error)}`;
      if (error.message.includes(SECRET)) return 'a secret is told';
      // The file that a name is missing in, or the one that names it; of two banks at odds, their folder.
      const named = ['config/banks.yaml', ...files].some((one) =>
        error.message.includes(`${one.replace(/\.yaml$/, '')}`),
      );
      const unset = /\w+: is unset/.test(error.message);
      return named || unset ? null : `the file is not named: ${error.message.slice(0, 200)}`;
    } finally {
      writeFileSync(join(folder, file), whole);
    }
  }

  it('is read as it stands', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(() => loadYamlFiles(config)).not.toThrow();
  });

  const VALUES: readonly unknown[] = [
    ...[null, '', 0, -1, 1.5, 1e400, true, [], {}, [null], 'x', '${NONE}', '${', '9999-99-99'],
    ...['9'.repeat(400), 'ệ'.repeat(5000), { __proto__: null, a: 1 }, ['a', 'a'], '[', '1e9', -0],
  ];

  it(
    'with any value in any place is taken, or refused with the name of the file',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...files),
          fc.nat(),
          fc.constantFrom('replace', 'replace', 'remove', 'add', 'double'),
          fc.oneof(fc.constantFrom(...VALUES), fc.jsonValue({ maxDepth: 2 })),
          (file, at, how, value) => {
            const document: unknown = parse(readFileSync(join(folder, file), 'utf8'));
            const changed = stringify(altered(document, { at, how, value }));
            const found = complaint(file, changed);
            if (found) throw new Error(`${file}: ${found}\n${how} ${JSON.stringify(value)}`);
          },
        ),
        tried(150),
      );
    },
    lasting(60_000),
  );

  it(
    'with any characters in any place is taken, or refused with the name of the file',
    () => {
      const odd = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 10 }),
        fc.constantFrom(
          '\t',
          '\n',
          ': ',
          '- ',
          '&a ',
          '*a',
          '!!js/function x',
          '<<: *a',
          '---\n',
          '{',
          '"',
          '%',
        ),
      );
      fc.assert(
        fc.property(
          fc.constantFrom(...files),
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.nat(20),
          odd,
          (file, at, cut, piece) => {
            const text = readFileSync(join(folder, file), 'utf8');
            const place = Math.floor(at * text.length);
            const found = complaint(file, text.slice(0, place) + piece + text.slice(place + cut));
            if (found) throw new Error(`${file} at ${place}: ${found}`);
          },
        ),
        tried(150),
      );
    },
    lasting(60_000),
  );

  it.each([
    ['aliases that multiply', `a: &a [x,x,x,x,x,x,x,x,x]\n${aliases(12)}`],
    ['lists in lists', '['.repeat(2_000)],
    ['nothing', ''],
    ['bytes', '\u0000\u0001\ufffd'],
  ])('of %s is refused with the name of the file', (_, text) => {
    for (const file of files) expect(complaint(file, text)).toBeNull();
  });
});

function aliases(levels: number): string {
  return Array.from({ length: levels }, (_, at) => {
    const before = at === 0 ? 'a' : `l${at - 1}`;
    return `l${at}: &l${at} [${Array(9).fill(`*${before}`).join(',')}]`;
  }).join('\n');
}

interface Change {
  readonly at: number;
  readonly how: string;
  readonly value: unknown;
}

/** A copy of a document with one place of it altered. */
function altered(document: unknown, { at, how, value }: Change): unknown {
  const places: { in: Record<string, unknown>; key: string }[] = [];
  const copy = structuredClone(document);
  const visit = (part: unknown) => {
    if (part === null || typeof part !== 'object') return;
    for (const key of Object.keys(part)) {
      places.push({ in: part as Record<string, unknown>, key });
      visit((part as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return value;
  const { in: parent, key } = place;
  if (how === 'remove') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  } else if (how === 'add' && !Array.isArray(parent)) parent['unknown'] = value;
  else if (how === 'double' && Array.isArray(parent))
    parent.push(structuredClone(parent[Number(key)]));
  else parent[key] = value;
  return copy;
}
