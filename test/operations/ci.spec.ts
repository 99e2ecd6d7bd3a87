import { readFileSync, statSync } from 'node:fs';
import { packageJson } from './deployment.js';

const ci = readFileSync('.ci/run', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const { scripts } = packageJson;

const OWN_WORDS = new Set(['ci', 'test', 'start', 'install']);

/** Scripts of package.json that a text calls. */
const called = (text: string): string[] => [
  ...[...text.matchAll(/npm run (?:--silent )?([a-z:-]+)/g)].map(([, name = '']) => name),
  ...[...text.matchAll(/npm (test|start)\b/g)].map(([, name = '']) => name),
];

describe('the continuous integration', () => {
  it('is one program that stops at the first fault and waits for nobody', () => {
    expect(statSync('.ci/run').mode & 0o111).toBe(0o111);
    expect(ci).toMatch(/^#!\/usr\/bin\/env bash\n/);
    expect(ci).toContain('set -euo pipefail');
    expect(ci).toContain('exec </dev/null');
  });

  it('installs what the tests need, and calls the same test command as the README', () => {
    expect(ci).toMatch(/apt-get install -q -y --no-install-recommends "\$\{missing\[@\]\}"/);
    for (const debianPackage of ['redis-server', 'openssh-server', 'chromium', 'prometheus'])
      expect(ci).toContain(`missing+=(${debianPackage})`);
    expect(ci).toMatch(/npm ci /);
    expect(ci).toMatch(/^npm test\b/m);
    expect(readme).toContain('npm ci && npm test');
  });

  it('calls only scripts that exist, and so do the README and the scripts themselves', () => {
    const everywhere = [ci, readme, ...Object.values(scripts)].flatMap(called);
    expect(everywhere.length).toBeGreaterThan(6);
    expect(everywhere.filter((name) => !scripts[name] && !OWN_WORDS.has(name))).toEqual([]);
  });

  it('does what a developer does with `npm run ci`', () => {
    expect(called(scripts['ci'] ?? '')).toEqual(['check', 'test']);
    expect(called(scripts['check'] ?? '')).toEqual(['typecheck', 'lint', 'format', 'build']);
  });
});
