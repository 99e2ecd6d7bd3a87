import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** JSON with the keys of every object sorted, so that two ways of writing one body are one body. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** An uploaded file as multer leaves it: in memory, or on disk. */
export interface UploadedPart {
  readonly fieldname: string;
  readonly buffer?: Buffer;
  readonly path?: string;
}

/**
 * SHA-256 over method, address, body and files, in hex. Top-level fields named in `secretFields` stay out:
 * a plain hash of a password would be kept for ever and could be guessed at.
 */
export async function requestHash(request: {
  method: string;
  url: string;
  body: unknown;
  files: readonly UploadedPart[];
  secretFields: readonly string[];
}): Promise<string> {
  const files: string[] = [];
  for (const file of request.files) files.push(`${file.fieldname}=${await fileHash(file)}`);
  const text = canonicalJson([
    request.method,
    request.url,
    withoutFields(request.body, request.secretFields),
    files.sort(),
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** Bodies that are raw bytes are hashed as they are. */
function withoutFields(body: unknown, fields: readonly string[]): unknown {
  if (Buffer.isBuffer(body)) return createHash('sha256').update(body).digest('hex');
  if (fields.length === 0 || body === null || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => !fields.includes(key)));
}

async function fileHash(file: UploadedPart): Promise<string> {
  const hash = createHash('sha256');
  if (file.buffer) return hash.update(file.buffer).digest('hex');
  if (file.path !== undefined) await pipeline(createReadStream(file.path), hash);
  return hash.digest('hex');
}
