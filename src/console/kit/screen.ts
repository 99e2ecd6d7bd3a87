import type { VNode } from 'preact';
import type { Bilingual } from '../../kernel/index.js';

/** A place above this one: `Home / Batches / …`. */
export interface Crumb {
  readonly href: string;
  readonly text: Bilingual;
}

/** A page: what a GET of the console answers. The kit puts the frame around it. */
export interface Screen {
  readonly kind: 'screen';
  readonly title: Bilingual;
  readonly body: VNode;
  readonly crumbs?: readonly Crumb[];
  /** Beside the title: links and buttons that act on the whole page. */
  readonly actions?: VNode;
  /** 200 unless said otherwise. */
  readonly status?: number;
  /** Without navigation: sign-in, and what is handed out on paper. */
  readonly bare?: boolean;
}

/** A part of a page, for what is live. */
export interface Fragment {
  readonly kind: 'fragment';
  readonly body: VNode;
  /** Name of the server-sent event; `message` unless said otherwise. */
  readonly event?: string;
}

/** The answer to a POST that did its work: look there now (303), where this is told once. */
export interface SeeOther {
  readonly kind: 'see-other';
  readonly path: string;
  readonly done?: Bilingual;
  /** The way back, or on: a link behind the text. */
  readonly link?: Crumb;
}

export const screen = (parts: Omit<Screen, 'kind'>): Screen => ({ kind: 'screen', ...parts });

export const fragment = (body: VNode, event?: string): Fragment => ({
  kind: 'fragment',
  body,
  event,
});

/** @param path an address of the console, query included. */
export const seeOther = (path: string, done?: Bilingual, link?: Crumb): SeeOther => ({
  kind: 'see-other',
  path,
  done,
  link,
});

/** What a console handler may answer; anything else (a file, a stream) goes out as it is. */
export type ConsoleAnswer = Screen | Fragment | SeeOther;

export function isConsoleAnswer(value: unknown): value is ConsoleAnswer {
  if (value === null || typeof value !== 'object') return false;
  const { kind } = value as { kind?: unknown };
  return kind === 'screen' || kind === 'fragment' || kind === 'see-other';
}
