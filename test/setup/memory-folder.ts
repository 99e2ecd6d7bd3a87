import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Linux keeps these files in memory; a container may have given it next to nothing. */
const IN_MEMORY = '/dev/shm';
const ROOM_BYTES = 4 * 1024 ** 3;

/**
 * A new folder for the PostgreSQL of a test, in memory where there is room: making a database creates hundreds of
 * files, which takes 15 ms there and up to 700 ms on an ext4 that has just deleted as many.
 */
export async function memoryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join((await hasRoom(IN_MEMORY)) ? IN_MEMORY : tmpdir(), prefix));
  // As root, PostgreSQL runs under another account, which must be able to enter.
  await chmod(folder, 0o755);
  return folder;
}

async function hasRoom(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}
