/**
 * Compiles src/ and test/ into dist/tests with swc, as tsc would without checking types, so that tests run as plain
 * Node programs: Jest's own sandbox loads every module anew for each of two hundred spec files, which took half of a
 * run. Only what has changed since is compiled again.
 */
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';

const OUT = join('dist', 'tests');
const SOURCE = /(?<!\.d)\.tsx?$/;
/** Another compiler, or other options: everything is compiled again. */
const STAMP = join(OUT, 'compiled-with');

const optionsFor = (path) => ({
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, tsx: path.endsWith('.tsx') },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
});

const outOf = (path) => join(OUT, path.replace(SOURCE, '.js'));
const changedAt = (path) =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

async function compile(path) {
  const out = outOf(path);
  if ((await changedAt(out)) > (await changedAt(path))) return false;
  await mkdir(dirname(out), { recursive: true });
  if (SOURCE.test(path)) {
    const { code } = await transformFile(path, optionsFor(path));
    await writeFile(out, code);
  } else await cp(path, out);
  return true;
}

async function forget(kept) {
  const made = await filesUnder(OUT);
  const gone = made.filter((path) => path !== STAMP && !kept.has(path));
  for (const path of gone) await rm(path);
}

const stamp = `${JSON.stringify(optionsFor('x.tsx'))} ${await readFile('node_modules/@swc/core/package.json', 'utf8')}`;
if ((await readFile(STAMP, 'utf8').catch(() => '')) !== stamp)
  await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
const sources = [...(await filesUnder('src')), ...(await filesUnder('test'))].filter(
  // Runbooks are read by the program; other texts are not.
  (path) => !/\.d\.ts$/.test(path) && (!path.endsWith('.md') || path.endsWith('/runbooks.md')),
);
const done = await Promise.all(sources.map(compile));
await forget(new Set(sources.map(outOf)));
await writeFile(STAMP, stamp);
process.stdout.write(`tests: ${done.filter(Boolean).length} of ${sources.length} files compiled\n`);
