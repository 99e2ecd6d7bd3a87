import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LOCK_PATIENCE_MS = 120_000;

// A folder is the lock, as making one is atomic; in it stands who holds it. Who died with it does not hold it.
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  while (!(await taken(path))) {
    if (await isStale(path)) await rm(path, { recursive: true, force: true });
    if (Date.now() > deadline) throw new Error(`the lock ${path} is held by somebody else`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function taken(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch {
    return false;
  }
  await writeFile(join(path, 'pid'), String(process.pid));
  return true;
}

/** How old the lock of one who has not written a name yet, or who seems to live, may grow. */
const OLDEST_LOCK_MS = { nameless: 5_000, named: 90_000 };

async function isStale(path: string): Promise<boolean> {
  const pid = await readFile(join(path, 'pid'), 'utf8').catch(() => '');
  if (pid !== '' && !isAlive(Number(pid))) return true;
  const held = await stat(path).catch(() => null);
  return !!held && Date.now() - held.mtimeMs > OLDEST_LOCK_MS[pid === '' ? 'nameless' : 'named'];
}

/** Whether a process of this machine lives, also when it is another user's. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
