import { useText, useWords, type Text } from './context.js';
import { formatCount } from './values.js';

export interface Side {
  readonly href: string;
  readonly text: Text;
  readonly count?: number;
  readonly isCurrent: boolean;
}

/** Links between parts of one list that differ by their filter only: the caller says which one is shown. */
export function Sides({ of }: { of: readonly Side[] }) {
  const words = useWords();
  const t = useText();
  return (
    <nav class="tabs" aria-label={t('Các phần của danh sách', 'Parts of the list')}>
      <ul>
        {of.map(({ href, text, count, isCurrent }) => (
          <li>
            <a href={href} aria-current={isCurrent ? 'page' : undefined}>
              {words(text)}
              {count !== undefined && <span class="tab-count">{formatCount(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
