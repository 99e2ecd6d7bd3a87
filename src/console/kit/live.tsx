import type { ComponentChildren } from 'preact';
import { useText } from './context.js';

/**
 * A part of a page that the server sends anew when it changes (server-sent events). Without script it stands as it
 * was, and a link loads the page again.
 */
export function Live(props: { readonly src: string; readonly children: ComponentChildren }) {
  const t = useText();
  return (
    <div class="live">
      <div hx-ext="sse" sse-connect={props.src} sse-swap="message" sse-close="over">
        {props.children}
      </div>
      <noscript>
        <p>
          <a href="">{t('Tải lại để xem số mới', 'Load again for new figures')}</a>
        </p>
      </noscript>
    </div>
  );
}
