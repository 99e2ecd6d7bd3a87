import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the files of one spec; `remove()` takes it away with everything in it. */
export async function scratchFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-spec-'));
  let files = 0;
  return {
    path: (name: string): string => join(folder, name),
    /** Lays bytes into a file of its own and gives its path. */
    file: async (content: string | Buffer): Promise<string> => {
      files += 1;
      const path = join(folder, `file-${files}`);
      await writeFile(path, content);
      return path;
    },
    remove: (): Promise<void> => rm(folder, { recursive: true, force: true }),
  };
}
