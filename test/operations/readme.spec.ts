import { existsSync, readFileSync } from 'node:fs';
import { settingsTable } from '../../src/cli/settings-table.js';

const readme = readFileSync('README.md', 'utf8');

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
function section(name: string): string {
  const found = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme)?.[1];
  if (found === undefined) throw new Error(`README.md has no section ${name}`);
  return found.trim();
}

describe('the README', () => {
  it('lists the settings as the schema has them (`npm run docs` writes the table)', () => {
    expect(section('settings')).toBe(settingsTable().trim());
  });

  it('names tests that exist for what it promises', () => {
    const specs = [...section('promises').matchAll(/`([^`]+\.spec\.ts)`/g)].map(([, path]) => path);
    expect(specs.length).toBeGreaterThan(20);
    expect(specs.filter((path) => !existsSync(path ?? ''))).toEqual([]);
  });

  it('names only files and folders that exist', () => {
    const named = [...readme.matchAll(/`((?:src|test|config|\.ci|\.github)\/[^`<…]*)`/g)];
    const linked = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
    const paths = [...named, ...linked].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('shows the two commands first, and the licence last', () => {
    const order = ['npm ci && npm run demo', 'npm ci && npm test', '## Licence'];
    const places = order.map((text) => readme.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('names no machine', () => {
    expect(readme).not.toMatch(/(^|[\s`(])\/(home|root|work|tmp|Users)\//);
  });
});
