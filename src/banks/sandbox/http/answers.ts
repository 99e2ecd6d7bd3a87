import type { Response } from 'express';

/** RFC 9457 with the stable code of the wire paper. */
export function problem(
  response: Response,
  given: { status: number; code: string; title: string; retryAfterS?: number; reference?: string },
): void {
  const { retryAfterS, ...body } = given;
  if (retryAfterS !== undefined) response.setHeader('Retry-After', String(retryAfterS));
  response
    .status(given.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', ...body }));
}

export function nothingAccepted(response: Response, status: number, title: string): void {
  const retryAfterS = status === 503 || status === 429 ? 1 : undefined;
  problem(response, { status, code: 'nothing-accepted', title, retryAfterS });
}

/** Breaks the connection without an answer. */
export function breakConnection(response: Response): void {
  response.socket?.resetAndDestroy();
}

/** Holds the answer that never comes; the connection breaks at last, so that nothing is held for ever. */
export function neverAnswer(response: Response, holdMs: number): void {
  const end = setTimeout(() => breakConnection(response), holdMs);
  response.on('close', () => clearTimeout(end));
}
