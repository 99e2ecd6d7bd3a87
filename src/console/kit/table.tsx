import type { ComponentChildren } from 'preact';
import { useConsole, useText, useWords, type Text } from './context.js';
import { changed, queryOf } from './href.js';

export interface Column<Row> {
  readonly head: Text;
  readonly cell: (row: Row) => ComponentChildren;
  /** Amounts and counts stand right, in figures of one width. */
  readonly isNumber?: boolean;
  /** The cell that names the row: a header to whoever listens. */
  readonly isName?: boolean;
  /** Holds the name of a programme or the like: not squeezed to one word a line. */
  readonly isWide?: boolean;
}

interface TableProps<Row> {
  /** What the table holds, for whoever listens; shown above it unless a heading says the same. */
  readonly caption: Text;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** In place of a table without rows: says what to do. */
  readonly empty?: ComponentChildren;
  /** Totals, in the order of the columns; a sum is not an editor's word: it comes from the same query. */
  readonly foot?: readonly ComponentChildren[];
  readonly rowClass?: (row: Row) => string | undefined;
}

/** A table that stacks into cards on a narrow screen. */
export function Table<Row>(props: TableProps<Row>) {
  const words = useWords();
  const t = useText();
  if (props.rows.length === 0) {
    return (
      <div class="empty-table">{props.empty ?? t('Không có dòng nào.', 'There are no rows.')}</div>
    );
  }
  return (
    <div class="table-wrap">
      <table class="table stacking">
        <caption class={props.showCaption ? undefined : 'visually-hidden'}>
          {words(props.caption)}
        </caption>
        <thead>
          <tr>
            {props.columns.map(({ head, isNumber }) => (
              <th scope="col" class={headLook(words(head), isNumber)}>
                {words(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr class={props.rowClass?.(row)}>
              {props.columns.map((column) => (
                <Cell column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
        {props.foot && (
          <tfoot>
            <tr>
              {props.columns.map(({ head, isNumber }, at) => (
                <td class={isNumber ? 'number' : undefined} data-label={words(head)}>
                  {props.foot?.[at]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** A head of two short words stays on one line. */
const SHORT_HEAD = 11;

function headLook(head: string, isNumber: boolean | undefined): string | undefined {
  const looks = [isNumber && 'number', head.length <= SHORT_HEAD && 'short-head'];
  return looks.filter(Boolean).join(' ') || undefined;
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const words = useWords();
  const content = column.cell(row);
  const look = column.isNumber ? 'number' : column.isWide ? 'wide' : undefined;
  if (column.isName) {
    return (
      <th scope="row" class={look} data-label={words(column.head)}>
        {content}
      </th>
    );
  }
  return (
    <td class={look} data-label={words(column.head)}>
      {content}
    </td>
  );
}

/** The way through a list that is read by key: on, and back to the beginning. */
export function Pager({
  nextCursor,
  name = 'cursor',
}: {
  nextCursor: string | null;
  name?: string;
}) {
  const { url } = useConsole();
  const t = useText();
  const isFirst = !queryOf(url).get(name);
  if (isFirst && nextCursor === null) return null;
  return (
    <nav class="pager" aria-label={t('Các trang', 'Pages')}>
      {!isFirst && (
        <a class="btn" href={changed(url, { [name]: null })}>
          {t('Trang đầu', 'First page')}
        </a>
      )}
      {nextCursor !== null && (
        <a class="btn" rel="next" href={changed(url, { [name]: nextCursor })}>
          {t('Trang sau', 'Next page')}
        </a>
      )}
    </nav>
  );
}
