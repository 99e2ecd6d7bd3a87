import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedPostgres } from '../../src/platform/database/index.js';
import { memoryFolder } from '../setup/memory-folder.js';

export interface Server {
  readonly adminUrl: string;
  /** Ours alone, so that it may be made fast and careless. */
  readonly own: boolean;
  stop(): Promise<void>;
}

/** A PostgreSQL of our own in a temporary folder, or the one that TEST_DATABASE_URL names. */
export async function startServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { adminUrl: given, own: false, stop: () => Promise.resolve() };
  const dataDir = await memoryFolder('chitra-simulate-');
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
