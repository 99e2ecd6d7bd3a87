import { rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { SetupState } from './global-setup.js';

export default async function globalTeardown(): Promise<void> {
  const started = (globalThis as SetupState).chitraTest;
  if (!started) return;
  await started.server.stop();
  await rm(started.dataDir, { recursive: true, force: true });
  // What spec files that need real processes have compiled.
  await rm(resolve('dist', '.e2e', basename(started.dataDir)), { recursive: true, force: true });
}
