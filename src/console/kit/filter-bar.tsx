import type { ComponentChildren } from 'preact';
import { useConsole, useText } from './context.js';
import { queryOf } from './href.js';

/**
 * The filters of a list: a form that only asks (GET), so that the address holds them. Its fields are the kit's, each
 * with the value of the address: `<Field name="q" value={filter.q} …/>`.
 */
export function FilterBar(props: {
  readonly action: string;
  readonly children: ComponentChildren;
}) {
  const { url } = useConsole();
  const t = useText();
  const isFiltered = [...queryOf(url)].some(([name, value]) => name !== 'cursor' && value !== '');
  return (
    <form method="get" action={props.action} class="filter-bar" role="search">
      {props.children}
      <div class="filter-buttons">
        <button type="submit" class="btn btn-primary">
          {t('Lọc', 'Filter')}
        </button>
        {isFiltered && (
          <a class="btn" href={props.action}>
            {t('Bỏ lọc', 'Clear')}
          </a>
        )}
      </div>
    </form>
  );
}
