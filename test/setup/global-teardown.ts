import { rm } from 'node:fs/promises';
import type { SetupState } from './global-setup.js';

export default async function globalTeardown(): Promise<void> {
  const started = (globalThis as SetupState).chitraTest;
  if (!started) return;
  await started.server.stop();
  await rm(started.dataDir, { recursive: true, force: true });
}
