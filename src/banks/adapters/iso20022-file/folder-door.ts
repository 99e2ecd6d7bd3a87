import { constants } from 'node:fs';
import { link, lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import {
  codeOf,
  SideFault,
  within,
  type BankDoor,
  type BankSide,
  type FoundFile,
} from './bank-side.js';

/** A folder of this machine: shared with the bank's own client, or mounted from it. */
export class FolderDoor implements BankDoor {
  open(signal: AbortSignal): Promise<BankSide> {
    signal.throwIfAborted();
    return Promise.resolve(new FolderSide(signal));
  }
}

class FolderSide implements BankSide {
  constructor(private readonly signal: AbortSignal) {}

  async look(path: string): Promise<FoundFile | null> {
    this.signal.throwIfAborted();
    const found = await lstat(path).catch(nullWhenAbsent);
    if (!found) return null;
    if (!found.isFile()) throw new SideFault('what lies there is no regular file');
    const name = path.slice(path.lastIndexOf('/') + 1);
    return { name, byteSize: found.size, modifiedAt: found.mtime };
  }

  async list(folder: string): Promise<FoundFile[]> {
    this.signal.throwIfAborted();
    const found: FoundFile[] = [];
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      // It may be gone, or something else, by now.
      const file = await this.look(within(folder, entry.name)).catch(() => null);
      if (file) found.push(file);
    }
    return found;
  }

  async *read(path: string): AsyncGenerator<Uint8Array, void, undefined> {
    // A link that was put in the place of the file is not followed.
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const content: AsyncIterable<Buffer> = file.createReadStream({
        autoClose: false,
        signal: this.signal,
      });
      yield* content;
    } finally {
      await file.close();
    }
  }

  async lay(localPath: string, path: string): Promise<void> {
    const source = await open(localPath, 'r');
    try {
      const target = await open(path, 'wx', 0o640);
      try {
        const content = source.createReadStream({ autoClose: false });
        await target.writeFile(content, { signal: this.signal });
        await target.sync();
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  }

  async rename(from: string, to: string): Promise<void> {
    try {
      await link(from, to);
    } catch (error) {
      if (!LINKLESS.has(String(codeOf(error)))) throw error;
      await this.renameWhereNothingLies(from, to);
      return;
    }
    // It lies there now, and no error may say otherwise; the second name is taken away with other leftovers.
    await unlink(from).catch(() => undefined);
  }

  async remove(path: string): Promise<boolean> {
    const absent = await unlink(path).catch(nullWhenAbsent);
    return absent !== null;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Some shared folders know no links, so nothing better is to be had there. */
  private async renameWhereNothingLies(from: string, to: string): Promise<void> {
    if (await lstat(to).catch(nullWhenAbsent)) throw new SideFault('EEXIST');
    await rename(from, to);
  }
}

const LINKLESS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

function nullWhenAbsent(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}
