import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

const require = createRequire(import.meta.url);
const OWN = join(import.meta.dirname, '..', 'assets');

/** The console's files for the browser: our own few, and libraries as they come. No building but copying. */
const FILES = {
  'tabler.css': { path: require.resolve('@tabler/core/dist/css/tabler.min.css'), type: 'text/css' },
  'htmx.js': { path: require.resolve('htmx.org/dist/htmx.min.js'), type: 'text/javascript' },
  'sse.js': { path: require.resolve('htmx-ext-sse/dist/sse.min.js'), type: 'text/javascript' },
  'console.css': { path: join(OWN, 'console.css'), type: 'text/css' },
  'console.js': { path: join(OWN, 'console.js'), type: 'text/javascript' },
  'icon.svg': { path: join(OWN, 'icon.svg'), type: 'image/svg+xml' },
} as const;

export type AssetName = keyof typeof FILES;

interface Asset {
  readonly url: string;
  readonly type: string;
  readonly body: Buffer;
  readonly packed: Buffer;
}

let loaded: ReadonlyMap<string, Asset> | null = null;

/** Read once, at the first page; a file that changed has another address, so browsers may keep each for ever. */
function assets(): ReadonlyMap<string, Asset> {
  loaded ??= new Map(
    Object.entries(FILES).map(([name, { path, type }]) => {
      const body = readFileSync(path);
      const version = createHash('sha256').update(body).digest('hex').slice(0, 12);
      const url = `/assets/${version}/${name}`;
      return [name, { url, type, body, packed: gzipSync(body) }];
    }),
  );
  return loaded;
}

export function assetUrl(name: AssetName): string {
  return assets().get(name)?.url ?? '/';
}

/** Serves them, before sessions are looked up. */
export const serveAssets: RequestHandler = (request, response, next) => {
  if (request.method !== 'GET' || !request.path.startsWith('/assets/')) {
    next();
    return;
  }
  const asset = [...assets().values()].find(({ url }) => url === request.path);
  if (!asset) {
    next();
    return;
  }
  const isPacked = request.acceptsEncodings('gzip') === 'gzip';
  response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  response.setHeader('Vary', 'Accept-Encoding');
  if (isPacked) response.setHeader('Content-Encoding', 'gzip');
  response.setHeader('Content-Type', `${asset.type}; charset=utf-8`);
  response.end(isPacked ? asset.packed : asset.body);
};
