import type { ComponentChildren } from 'preact';
import { useConsole, useText, useWords, type Text } from './context.js';
import { GuideLinks, type GuideTopic } from './guide-link.js';
import { changed } from './href.js';
import { Moment } from './values.js';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

/** A part of a page with a heading. */
export function Card(props: {
  readonly title?: Text;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly id?: string;
  /** A table reaches from edge to edge. */
  readonly isFlush?: boolean;
  readonly class?: string;
}) {
  const words = useWords();
  return (
    <section class={`card mb-3 ${props.class ?? ''}`} id={props.id}>
      {(props.title !== undefined || props.actions) && (
        <div class="card-header">
          {props.title !== undefined && <h2 class="card-title">{words(props.title)}</h2>}
          {props.actions && <div class="card-actions">{props.actions}</div>}
        </div>
      )}
      {props.isFlush ? props.children : <div class="card-body">{props.children}</div>}
    </section>
  );
}

export interface Fact {
  readonly name: Text;
  readonly value: ComponentChildren;
}

/** Names and what they are, one under the other. */
export function Facts({ of }: { of: readonly (Fact | null | false)[] }) {
  const words = useWords();
  return (
    <dl class="facts">
      {of.map(
        (fact) =>
          fact && (
            <div>
              <dt>{words(fact.name)}</dt>
              <dd>{fact.value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Nothing here yet: why, and what to do. */
export function Empty(props: {
  readonly title: Text;
  readonly children?: ComponentChildren;
  readonly action?: ComponentChildren;
  /** The task that fills this place, in the guide. */
  readonly guide?: GuideTopic;
}) {
  const words = useWords();
  return (
    <div class="empty">
      <p class="empty-title">{words(props.title)}</p>
      {props.children && <div class="empty-subtitle">{props.children}</div>}
      {props.action && <div class="empty-action">{props.action}</div>}
      {props.guide && <GuideLinks to={props.guide} />}
    </div>
  );
}

const ROLES: Readonly<Record<Tone, 'note' | 'alert'>> = {
  info: 'note',
  success: 'note',
  warning: 'note',
  danger: 'note',
};

/** A sentence that must not be overlooked. Says its weight in words as well as in colour. */
export function Callout(props: {
  readonly tone: Tone;
  readonly title?: Text;
  readonly children: ComponentChildren;
}) {
  const words = useWords();
  return (
    <div class={`alert alert-${props.tone}`} role={ROLES[props.tone]}>
      <div>
        {props.title !== undefined && <p class="alert-heading">{words(props.title)}</p>}
        {props.children}
      </div>
    </div>
  );
}

/** Something kept shut until it is asked for: raw messages, and forms that cannot be undone. */
export function Disclosure(props: {
  readonly summary: Text;
  readonly children: ComponentChildren;
  /** Looks like a button of this weight. */
  readonly tone?: 'danger' | 'primary' | 'plain';
  readonly isOpen?: boolean;
}) {
  const words = useWords();
  const look = { danger: 'btn btn-outline-danger', primary: 'btn btn-primary', plain: '' };
  return (
    <details class="disclosure" open={props.isOpen}>
      <summary class={look[props.tone ?? 'plain']}>{words(props.summary)}</summary>
      <div class="disclosure-body">{props.children}</div>
    </details>
  );
}

export interface TimelineEntry {
  readonly at: Date | string;
  readonly title: ComponentChildren;
  /** Who: a person, the system, a bank. */
  readonly by?: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly tone?: Tone;
}

/** What happened, oldest first unless the caller turned it round. */
export function Timeline({ of }: { of: readonly TimelineEntry[] }) {
  return (
    <ol class="timeline-list">
      {of.map((entry) => (
        <li class={entry.tone ? `is-${entry.tone}` : undefined}>
          <p class="timeline-head">
            <Moment at={entry.at} />
            {entry.by && <span class="timeline-by">{entry.by}</span>}
          </p>
          <p class="timeline-title">{entry.title}</p>
          {entry.children}
        </li>
      ))}
    </ol>
  );
}

/** One term of an equation of figures; each leads to its rows. */
export interface Term {
  readonly label: Text;
  readonly figure: ComponentChildren;
  readonly href?: string;
}

/** `whole = part + part + …`, red and said so when it does not hold. */
export function Equation(props: {
  readonly whole: Term;
  readonly parts: readonly Term[];
  readonly holds: boolean;
  /** What to do when it does not hold; the administrator is told unless it is somebody else's matter. */
  readonly fault?: Text;
}) {
  const words = useWords();
  return (
    <div class={`equation${props.holds ? '' : ' is-broken'}`}>
      <TermBox {...props.whole} />
      {props.parts.map((term, at) => (
        <>
          <span class="equation-sign">{at === 0 ? '=' : '+'}</span>
          <TermBox {...term} />
        </>
      ))}
      {!props.holds && <p class="equation-fault">{words(props.fault ?? TELL_ADMINISTRATOR)}</p>}
    </div>
  );
}

const TELL_ADMINISTRATOR = {
  vi: 'Hai vế không bằng nhau: xin báo quản trị ngay.',
  en: 'The two sides differ: tell the administrator at once.',
};

function TermBox({ label, figure, href }: Term) {
  const words = useWords();
  return (
    <div class="equation-term">
      <span class="equation-label">{words(label)}</span>
      {href ? <a href={href}>{figure}</a> : figure}
    </div>
  );
}

/** The whole filter as a file. `path` is the list's own address; the route answers `<path>.xlsx` and `<path>.csv`. */
export function ExportLinks({ path }: { path: string }) {
  const { url } = useConsole();
  const t = useText();
  const query = changed(url, { cursor: null }).split('?')[1];
  const tail = query ? `?${query}` : '';
  return (
    <span class="export-links">
      <a class="btn btn-sm" href={`${path}.xlsx${tail}`} download>
        {t('Tải Excel', 'Excel')}
      </a>
      <a class="btn btn-sm" href={`${path}.csv${tail}`} download>
        {t('Tải CSV', 'CSV')}
      </a>
    </span>
  );
}

/** The same at the foot of a list; a list without rows has no file. */
export function ExportFoot({ path, isEmpty }: { path: string; isEmpty: boolean }) {
  if (isEmpty) return null;
  return (
    <p class="card-foot-link">
      <ExportLinks path={path} />
    </p>
  );
}

/** Prints the page; shown with script only, since the browser's own menu does the same. */
export function PrintButton() {
  const t = useText();
  return (
    <button type="button" class="btn needs-script" data-print="">
      {t('In trang này', 'Print')}
    </button>
  );
}

/** Links between the sides of one thing; the present one is marked. */
export function Tabs({ of }: { of: readonly { href: string; text: Text; count?: string }[] }) {
  const { url } = useConsole();
  const words = useWords();
  const t = useText();
  const path = url.split('?')[0];
  return (
    <nav class="tabs" aria-label={t('Các phần', 'Parts')}>
      <ul>
        {of.map((tab) => (
          <li>
            <a href={tab.href} aria-current={tab.href.split('?')[0] === path ? 'page' : undefined}>
              {words(tab.text)}
              {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How much of a whole is done, as a bar with its words. */
export function ProgressBar(props: {
  readonly done: number;
  readonly of: number;
  readonly label: Text;
}) {
  const words = useWords();
  return (
    <div class="progress-line">
      <progress max={Math.max(props.of, 1)} value={props.done} aria-label={words(props.label)} />
    </div>
  );
}
