import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Folders of src that are not modules: programs of ours, and the schema's timeline. */
const NOT_MODULES = new Set(['cli', 'migrations', 'platform', 'kernel']);
const MOST_LINES = 40;

const folders = readdirSync('src', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const modules = folders.filter((name) => !NOT_MODULES.has(name));

describe('a module', () => {
  it('is one of many', () => {
    expect(modules.length).toBeGreaterThan(8);
  });

  it.each([...modules, 'kernel'])('%s has a door, index.ts', (name) => {
    expect(existsSync(`src/${name}/index.ts`)).toBe(true);
  });

  it.each(modules)('%s has a README of at most 40 lines', (name) => {
    const path = `src/${name}/README.md`;
    expect(existsSync(path) ? path : `${path} is missing`).toBe(path);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(MOST_LINES);
  });
});
