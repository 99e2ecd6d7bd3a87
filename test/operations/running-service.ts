import request from 'supertest';
import { boot, type Booted } from '../../src/boot.js';
import { readSettings } from '../../src/platform/config/index.js';
import { bankVariables } from './deployment.js';

export interface RunningService {
  readonly booted: Booted;
  get(path: string, headers?: Record<string, string>): request.Test;
  stop(): Promise<void>;
}

/** The whole program as `main` puts it together, listening on a free port; banks are named and not there. */
export async function runningService(given: Record<string, string>): Promise<RunningService> {
  const environment = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PORT: '0',
    ...Object.fromEntries([...bankVariables].map((name) => [name, standIn(name)])),
    ...given,
  };
  const booted = await boot({ settings: readSettings(environment), environment });
  await booted.app.listen(0, '127.0.0.1');
  const server = booted.app.getHttpServer();
  return {
    booted,
    get: (path, headers = {}) => request(server).get(path).set(headers),
    stop: () => booted.stop(),
  };
}

function standIn(name: string): string {
  if (name.endsWith('_URL')) return 'http://127.0.0.1:9';
  return name.endsWith('SECRET') ? `whsec_${Buffer.alloc(24).toString('base64')}` : 'name';
}
