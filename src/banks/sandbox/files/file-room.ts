import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

export interface ArrivedFile {
  readonly name: string;
  readonly path: string;
}

/** What is still being written, by whatever program: not yet there. */
const UNFINISHED = /^\.|\.(part|tmp|temp|filepart|partial)$/i;

/** The folders of one bank: what an SFTP server shows of it. */
export class FileRoom {
  constructor(private readonly folder: string) {}

  static async open(dir: string, bank: string): Promise<FileRoom> {
    const room = new FileRoom(join(dir, bank));
    for (const part of ['orders', 'reports', 'archive']) {
      await mkdir(join(room.folder, part), { recursive: true });
    }
    return room;
  }

  /** By their names; what somebody else takes away meanwhile is not there. */
  async arrived(): Promise<ArrivedFile[]> {
    const folder = join(this.folder, 'orders');
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !UNFINISHED.test(entry.name))
      .map(({ name }) => ({ name, path: join(folder, name) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A file of the same name that came earlier stays beside it. */
  async archive(file: ArrivedFile): Promise<void> {
    for (let copy = 1; ; copy += 1) {
      const name = copy === 1 ? file.name : `${file.name}.${copy}`;
      const place = join(this.folder, 'archive', name);
      if (await exists(place)) continue;
      return rename(file.path, place);
    }
  }

  /** Under a temporary name first, so that nobody takes half of it. */
  async layOut(name: string, content: Uint8Array): Promise<void> {
    const reports = join(this.folder, 'reports');
    await writeFile(join(reports, `.${name}.part`), content);
    await rename(join(reports, `.${name}.part`), join(reports, name));
  }
}

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
