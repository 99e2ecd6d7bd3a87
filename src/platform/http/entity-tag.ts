import { changedMeanwhile, versionMissing } from './http.errors.js';

/** Strong ETag of a row by its version number. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

/** The version a caller has read, from `If-Match`. @throws DomainError `request.if-match-missing` */
export function versionOf(ifMatch: string | undefined): number {
  const version = /^"v(\d{1,9})"$/.exec(ifMatch?.trim() ?? '')?.[1];
  if (version === undefined) throw versionMissing();
  return Number(version);
}

/** @throws DomainError `request.changed-meanwhile` when the row has moved on since it was read. */
export function assertVersion(current: number, read: number): void {
  if (current !== read) throw changedMeanwhile(current);
}
