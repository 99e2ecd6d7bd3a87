import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A mistake that somebody might make, as a change of the compiled program. */
export interface PlantedBug {
  readonly name: string;
  /** The mistake, in a sentence. */
  readonly what: string;
  readonly changes: readonly {
    /** Below the folder of the compiled program. */
    readonly file: string;
    /** Must be there exactly once. */
    readonly find: string;
    readonly replace: string;
  }[];
  /** A seed from which on few seeds catch it. */
  readonly seed: number;
}

/** A change of one place in one file of `src`. */
export const change = (
  file: string,
  find: string,
  replace: string,
): PlantedBug['changes'][number] => ({ file: `src/${file}.js`, find, replace });

/** A piece of code however a compiler sets it: blanks, line ends and last commas do not count. */
export const placesOf = (code: string): RegExp =>
  new RegExp(
    [...code.replace(/\s+/g, '')]
      .map((letter) => (letter === ',' ? ',?' : letter.replace(/[\\^$.*+?()[\]{}|]/, '\\$&')))
      .join('\\s*'),
    'g',
  );

export interface Planted {
  readonly folder: string;
  remove(): Promise<void>;
}

/** Copies the compiled program beside itself and plants the bug in the copy. */
export async function plant(bug: PlantedBug, compiled: string): Promise<Planted> {
  const nursery = join(compiled, '..', '.planted');
  await mkdir(nursery, { recursive: true });
  const folder = await mkdtemp(join(nursery, `${bug.name}-`));
  for (const part of ['src', 'test']) {
    const filter = (path: string): boolean => !path.endsWith('.map') && !path.endsWith('.spec.js');
    await cp(join(compiled, part), join(folder, part), { recursive: true, filter });
  }
  for (const { file, find, replace } of bug.changes) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    const place = placesOf(find);
    const times = text.match(place)?.length ?? 0;
    if (times !== 1) {
      const what = `bug ${bug.name}: its place is found ${times} times in ${file}`;
      throw new Error(`${what}: bring planted-bugs.ts up to date with the code`);
    }
    await writeFile(
      path,
      text.replace(place, () => replace),
    );
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
