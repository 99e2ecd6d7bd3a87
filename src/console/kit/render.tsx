import type { VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { ConsoleContextOf, type ConsoleContext } from './context.js';
import { Frame } from './frame.js';
import type { Screen } from './screen.js';

/** The whole HTML document of a page. */
export function renderPage(screen: Screen, context: ConsoleContext): string {
  return `<!doctype html>${renderFragment(<Frame screen={screen} />, context)}`;
}

export function renderFragment(body: VNode, context: ConsoleContext): string {
  return render(<ConsoleContextOf.Provider value={context}>{body}</ConsoleContextOf.Provider>);
}
