import { mkdir, mkdtemp, copyFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { BREACHES, EXISTING, RIGHT, UNJUDGED } from './breaches.js';
import { cruise, type Cruise } from './cruise.js';

const TIMEOUT_MS = 120_000;
/** The tree is larger than this; fewer means that the sources were not read (as happens with TypeScript 7). */
const FEWEST_MODULES = 150;

describe('the source tree', () => {
  it(
    'lets the money walk one way only, and every module in by its door',
    async () => {
      const found = await cruise(resolve('.'), ['src', 'test']);
      expect(found.modules.filter((path) => path.startsWith('src/')).length).toBeGreaterThan(
        FEWEST_MODULES,
      );
      expect(found.violations).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

describe('the import rules', () => {
  let root: string;
  let found: Cruise;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'chitra-rules-'));
    await writeTree(root);
    found = await cruise(root, ['src', 'test']);
  }, TIMEOUT_MS);

  afterAll(() => rm(root, { recursive: true, force: true }));

  it.each(BREACHES)('$rule refuses that $file imports $imports', ({ rule, file }) => {
    expect(found.violations.filter(({ from }) => from === file).map((one) => one.rule)).toContain(
      rule,
    );
  });

  it.each(RIGHT)('nothing refuses that $file imports $imports', ({ file }) => {
    expect(found.violations.filter(({ from }) => from === file)).toEqual([]);
  });

  it('are each seen to fail here', () => {
    const { forbidden } = createRequire(import.meta.url)(resolve('.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    const tried = new Set(BREACHES.map(({ rule }) => rule));
    expect(forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

/** A small project with every breach in it, and the right imports beside them. */
async function writeTree(root: string): Promise<void> {
  await copyFile('package.json', join(root, 'package.json'));
  await copyFile('tsconfig.json', join(root, 'tsconfig.json'));
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  const imports = new Map<string, string[]>(EXISTING.map((file) => [file, []]));
  for (const { file, imports: target } of [...BREACHES, ...RIGHT, ...UNJUDGED]) {
    imports.set(file, [...(imports.get(file) ?? []), target]);
  }
  for (const [file, targets] of imports) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    const lines = targets.map((target, at) => `import * as from${at} from '${target}';`);
    const names = targets.map((_, at) => `from${at}`).join(', ');
    await writeFile(join(root, file), `${lines.join('\n')}\nexport const uses = [${names}];\n`);
  }
}
