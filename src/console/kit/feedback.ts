import type { Request } from 'express';
import type { Bilingual } from '../../kernel/index.js';
import type { Crumb } from './screen.js';

/** What is told once, on the page after a form was sent. */
export interface Feedback {
  readonly tone: 'done' | 'refused';
  readonly text: Bilingual;
  readonly link?: Crumb;
  /** Stable code of the refusal. */
  readonly code?: string;
  /** The address the refused form was sent to: only that form shows the errors and what was typed. */
  readonly form?: string;
  readonly fields?: readonly { readonly name: string; readonly text: Bilingual }[];
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
}

declare module 'express-session' {
  interface SessionData {
    feedback: Feedback;
  }
}

/** Sessions are rows: what was typed is kept only as far as an officer would mind losing it. */
const VALUES_MAX_CHARACTERS = 8_000;
const NEVER_KEPT = /password|secret|token|^_/i;

/** What was typed into a form, without secrets, to be shown again. */
export function typedValues(body: unknown): Record<string, string | string[]> {
  if (body === null || typeof body !== 'object') return {};
  const kept = Object.entries(body).filter(
    (entry): entry is [string, string | string[]] =>
      !NEVER_KEPT.test(entry[0]) &&
      (typeof entry[1] === 'string' ||
        (Array.isArray(entry[1]) && entry[1].every((value) => typeof value === 'string'))),
  );
  const values = Object.fromEntries(kept);
  return JSON.stringify(values).length > VALUES_MAX_CHARACTERS ? {} : values;
}

type Session = Request['session'] | undefined;

/** Kept before the answer leaves: a browser follows a redirect faster than a session is stored. */
export async function keepFeedback(request: Request, feedback: Feedback): Promise<void> {
  const session = request.session as Session;
  if (!session?.signedIn) return;
  session.feedback = feedback;
  await new Promise<void>((done, fail) => {
    session.save((error?: unknown) =>
      error
        ? fail(error instanceof Error ? error : new Error('the session store refused'))
        : done(),
    );
  });
}

/** What is to be told on this page; it is told once. */
export function takeFeedback(request: Request): Feedback | null {
  const session = request.session as Session;
  const feedback = session?.feedback ?? null;
  if (session && feedback) delete session.feedback;
  return feedback;
}
