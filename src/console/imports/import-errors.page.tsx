import type { ErrorView, ImportDetail } from '../../entitlements/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Card,
  Empty,
  Field,
  FilterBar,
  formatCount,
  None,
  Pager,
  Select,
  Table,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import type { ErrorsFilter } from './import.forms.js';
import { Severity } from './import.page.js';
import { ImportTabs } from './import-tabs.js';
import { fieldText, placeOf, ruleText, SEVERITIES } from './import.texts.js';
import { MendCell } from './mend-cell.js';

export interface ErrorsView {
  readonly list: ImportDetail;
  readonly page: Page<ErrorView>;
  readonly filter: ErrorsFilter;
  readonly rules: readonly { rule: string; severity: string; count: number }[];
  readonly columns: readonly { column: string | null; field: string | null; count: number }[];
  /** What the cells of those rows hold now, by row and field. */
  readonly present: ReadonlyMap<number, ReadonlyMap<string, string>>;
  readonly mendedCount: number;
}

/** Every problem of a list, in the order of its rows; each can be mended where it stands. */
export function ErrorsPage(view: ErrorsView) {
  const { list, page } = view;
  const t = useText();
  return (
    <>
      <ImportTabs list={list} mendedCount={view.mendedCount} />
      <Filters {...view} />
      <Card isFlush>
        <Table
          caption={t('Lỗi và lưu ý theo thứ tự dòng', 'Errors and warnings in the order of rows')}
          rows={page.items}
          columns={useColumns(view)}
          empty={<NoErrors {...view} />}
        />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

function Filters({ list, filter, rules, columns }: ErrorsView) {
  const t = useText();
  const names = useNames();
  return (
    <FilterBar action={`/imports/${list.id}/errors`}>
      <Select
        name="severity"
        label={t('Mức', 'Weight')}
        any={t('Tất cả', 'All')}
        choices={SEVERITIES}
        value={filter.severity}
      />
      <Select
        name="rule"
        label={t('Loại lỗi', 'Kind')}
        any={t('Tất cả', 'All')}
        choices={rules.map(({ rule, count }) => ({
          value: rule,
          text: `${t(ruleText(rule))} (${formatCount(count)})`,
        }))}
        value={filter.rule}
      />
      <Select
        name="column"
        label={t('Cột', 'Column')}
        any={t('Tất cả', 'All')}
        choices={columns.flatMap(({ column, field, count }) => {
          const known = fieldText(field);
          const named = known ? ` – ${t(known)}` : '';
          return column === null
            ? []
            : [{ value: column, text: `${column}${named} (${formatCount(count)})` }];
        })}
        value={filter.column}
      />
      <Select
        name="commune"
        label={t('Xã, phường', 'Commune')}
        any={t('Tất cả', 'All')}
        choices={list.totalsByCommune.map(({ communeCode }) => ({
          value: communeCode,
          text: `${names.commune(communeCode)} (${communeCode})`,
        }))}
        value={filter.commune}
      />
      <Field
        name="row"
        label={t('Dòng số', 'Row')}
        inputMode="numeric"
        width="short"
        value={filter.row?.toString()}
      />
    </FilterBar>
  );
}

function useColumns(view: ErrorsView) {
  const { list, present } = view;
  const t = useText();
  const { may } = useConsole();
  const mayMend = list.state === 'checked' && may('import.write');
  // Of several things about one cell the first carries the form.
  const first = new Map<string, string>();
  for (const error of view.page.items) {
    const key = `${error.row}/${error.field}`;
    if (!first.has(key)) first.set(key, error.id);
  }
  return [
    {
      head: t('Ô', 'Cell'),
      isName: true,
      cell: (error: ErrorView) => (
        <>
          <a href={`/imports/${list.id}/rows/${error.row}`}>{t(placeOf(error))}</a>
          {error.field !== null && error.column !== null && (
            <span class="cell-note">{t(fieldText(error.field) ?? { vi: '', en: '' })}</span>
          )}
        </>
      ),
    },
    {
      head: t('Giá trị trong ô', 'Value'),
      cell: (error: ErrorView) => {
        const value = valueOf(error, present);
        return value === null ? (
          <span class="text-secondary">{t('(trống)', '(empty)')}</span>
        ) : (
          <span class="cell-value">{value}</span>
        );
      },
    },
    { head: t('Mức', 'Weight'), cell: (error: ErrorView) => <Severity is={error.severity} /> },
    {
      head: t('Vì sao, và cách sửa', 'Why, and the way out'),
      cell: (error: ErrorView) => (
        <>
          <strong>{t(error.messageVi, error.messageEn)}</strong> {t(error.remedyVi, error.remedyEn)}
        </>
      ),
    },
    ...(mayMend
      ? [
          {
            head: t('Sửa ngay', 'Mend'),
            cell: (error: ErrorView) =>
              error.field !== null &&
              error.column !== null &&
              first.get(`${error.row}/${error.field}`) === error.id ? (
                <MendCell
                  importId={list.id}
                  row={error.row}
                  field={error.field}
                  place={placeOf(error)}
                  present={present.get(error.row)?.get(error.field) ?? null}
                />
              ) : (
                <None />
              ),
          },
        ]
      : []),
  ];
}

function valueOf(error: ErrorView, present: ErrorsView['present']): string | null {
  if (error.field === null || error.column === null) return error.value;
  return present.get(error.row)?.get(error.field) ?? null;
}

function NoErrors({ list, filter }: ErrorsView) {
  const t = useText();
  const isFiltered = Object.entries(filter).some(([name, value]) => name !== 'cursor' && value);
  return (
    <Empty
      title={
        isFiltered
          ? t('Không có lỗi hay lưu ý nào như vậy.', 'There is no such error or warning.')
          : t('Không còn lỗi và lưu ý nào.', 'No error and no warning is left.')
      }
    >
      {isFiltered ? (
        <a href={`/imports/${list.id}/errors`}>
          {t('Xem tất cả lỗi và lưu ý', 'See all errors and warnings')}
        </a>
      ) : (
        <a href={`/imports/${list.id}`}>
          {t('Về tổng quan để nhập danh sách', 'Back to the overview to apply the list')}
        </a>
      )}
    </Empty>
  );
}
