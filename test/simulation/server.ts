import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedPostgres } from '../../src/platform/database/index.js';

export interface Server {
  readonly adminUrl: string;
  /** Ours alone, so that it may be made fast and careless. */
  readonly own: boolean;
  stop(): Promise<void>;
}

/** A PostgreSQL of our own under a temporary folder, or the one that TEST_DATABASE_URL names. */
export async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, own: false, stop: () => Promise.resolve() };
  const dataDir = await mkdtemp(join(tmpdir(), 'chitra-simulate-'));
  // As root, PostgreSQL runs under another account, which must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await embeddedPostgres({ dataDir });
  const adminUrl = await server.url('postgres');
  return {
    adminUrl,
    own: true,
    stop: async () => {
      await server.stop();
      const elsewhere = await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => '');
      if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
