import { readFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Entry>;
};
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Entry & {
  devDependencies: Record<string, string>;
};

/** The nearest `node_modules/<name>` from a place in the tree, as Node looks for it. */
function isLocked(from: string, name: string): boolean {
  for (
    let place = from;
    ;
    place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))
  ) {
    if (`${place}${place && '/'}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}

describe('the lock file', () => {
  it('knows every package that another one names, also those for other machines', () => {
    // `npm ci` refuses to install anything when one is missing, even one that it would not install here; a
    // registry that lacks the parts for other machines makes `npm install` write such a file.
    const missing = Object.entries(packages).flatMap(([from, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isLocked(from, name))
        .map((name) => `${name} (of ${from})`),
    );
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(missing).toEqual([]);
  });

  it('was written for this package.json', () => {
    const locked = packages[''] as typeof manifest | undefined;
    expect(locked?.dependencies).toEqual(manifest.dependencies);
    expect(locked?.devDependencies).toEqual(manifest.devDependencies);
  });
});
