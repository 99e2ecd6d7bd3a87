import { changedMeanwhile, versionMissing } from './http.errors.js';

/** Strong ETag of a row by its version number. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

/**
 * The version a caller has read, from `If-Match`. `*` is refused like a missing one: it would let a caller
 * overwrite what they have not read.
 * @throws DomainError `request.if-match-missing`, or `request.changed-meanwhile` for a tag that is none of ours
 */
export function versionOf(ifMatch: string | undefined): number {
  const tag = ifMatch?.trim() ?? '';
  if (tag === '' || tag === '*') throw versionMissing();
  const version = /^"v(\d{1,9})"$/.exec(tag)?.[1];
  if (version === undefined) throw changedMeanwhile();
  return Number(version);
}

/** @throws DomainError `request.changed-meanwhile` when the row has moved on since it was read. */
export function assertVersion(current: number, read: number): void {
  if (current !== read) throw changedMeanwhile(current);
}
