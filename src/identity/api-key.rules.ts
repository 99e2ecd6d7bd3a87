import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { PERMISSIONS, VOUCHED_BY_PEOPLE, type Permission } from './actor.js';

/** What a key may carry. Signing, ruling on doubts and the management of people belong to people. */
export const KEY_PERMISSIONS = PERMISSIONS.filter(
  (permission) => !VOUCHED_BY_PEOPLE.includes(permission) && permission !== 'user.manage',
) as [Permission, ...Permission[]];

export const KEY_LIFE_MAX_MS = 2 * 366 * 24 * 3_600_000;

const NAME_LONGEST = 64;

/** `chitra_<16 hex: which key>_<43 base64url: 256 random bits>`. */
const TOKEN = /^chitra_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;

export interface ApiToken {
  readonly keyId: string;
  readonly secret: string;
}

export function newToken(): ApiToken {
  return { keyId: randomBytes(8).toString('hex'), secret: randomBytes(32).toString('base64url') };
}

export function formatToken(token: ApiToken): string {
  return `chitra_${token.keyId}_${token.secret}`;
}

export function parseToken(text: string): ApiToken | null {
  const [, keyId, secret] = TOKEN.exec(text) ?? [];
  return keyId && secret ? { keyId, secret } : null;
}

/** A plain hash is enough here: 256 random bits are not guessed, unlike a password. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** In constant time, also against no key at all. */
export function secretMatches(secret: string, storedHash: string | null): boolean {
  const given = Buffer.from(secretHash(secret), 'hex');
  const stored = Buffer.from(storedHash ?? '0'.repeat(64), 'hex');
  return timingSafeEqual(given, stored) && storedHash !== null;
}

/** `statistics` is followed by `statistics-2`, that by `statistics-3`: the first name that no key has or had. */
export function successorName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, number = '1'] = /^(.*?)(?:-(\d{1,3}))?$/.exec(name) ?? [];
  for (let next = Number(number) + 1; ; next += 1) {
    const ending = `-${next}`;
    const candidate = `${stem.slice(0, NAME_LONGEST - ending.length)}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}
