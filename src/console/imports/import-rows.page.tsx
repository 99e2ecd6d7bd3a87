import type { ErrorView, ImportDetail, RowView } from '../../entitlements/index.js';
import { formatPeriod, maskTail } from '../../kernel/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Callout,
  Card,
  Empty,
  FilterBar,
  href,
  Money,
  None,
  Pager,
  Select,
  Table,
  useConsole,
  useNames,
  useText,
  type Column,
} from '../kit/index.js';
import type { RowsFilter } from './import.forms.js';
import { Severity } from './import.page.js';
import { ImportTabs } from './import-tabs.js';
import { fieldText } from './import.texts.js';
import { MendCell } from './mend-cell.js';

interface Props {
  readonly list: ImportDetail;
  readonly page: Page<RowView>;
  readonly filter: RowsFilter;
  readonly mendedCount: number;
}

/** The rows of a list as they were read. */
export function RowsPage({ list, page, filter, mendedCount }: Props) {
  const t = useText();
  const names = useNames();
  const columns: readonly Column<RowView>[] = [
    {
      head: t('Dòng', 'Row'),
      isName: true,
      isNumber: true,
      cell: ({ row }) => <a href={`/imports/${list.id}/rows/${row}`}>{row}</a>,
    },
    { head: t('Họ và tên', 'Full name'), cell: ({ fullName }) => fullName ?? <None /> },
    {
      head: t('Số định danh', 'Personal number'),
      cell: ({ personalNumber }) => personalNumber ?? <None />,
    },
    {
      head: t('Xã, phường', 'Commune'),
      cell: ({ communeCode }) => (communeCode ? names.commune(communeCode) : <None />),
    },
    {
      head: t('Chế độ, kỳ', 'Programme, period'),
      isWide: true,
      cell: ({ programme, period }) =>
        programme && period ? (
          `${t(names.programme(programme))}, ${formatPeriod(period)}`
        ) : (
          <None />
        ),
    },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: ({ amount }) => (amount ? <Money amount={amount} /> : <None />),
    },
    {
      head: t('Tài khoản', 'Account'),
      cell: ({ accountNumber, bankBin }) =>
        accountNumber ? (
          `${maskTail(accountNumber)}${bankBin ? ` ${names.bank(bankBin)}` : ''}`
        ) : (
          <None />
        ),
    },
    { head: t('Kết quả', 'Result'), cell: (row) => <RowState row={row} /> },
  ];
  return (
    <>
      <ImportTabs list={list} mendedCount={mendedCount} />
      <FilterBar action={`/imports/${list.id}/rows`}>
        <Select
          name="state"
          label={t('Kết quả kiểm tra', 'Result of the check')}
          any={t('Tất cả', 'All')}
          choices={[
            { value: 'good', text: t('Đúng, chưa nhập', 'Good, not applied') },
            { value: 'bad', text: t('Có lỗi', 'Bad') },
            { value: 'applied', text: t('Đã nhập', 'Applied') },
          ]}
          value={filter.state}
        />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Các dòng của danh sách', 'Rows of the list')}
          rows={page.items}
          columns={columns}
          empty={
            <Empty title={t('Không có dòng nào như vậy.', 'There is no such row.')}>
              {list.state === 'received' &&
                t('Danh sách đang được kiểm tra.', 'The list is being checked.')}
            </Empty>
          }
        />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

function RowState({ row }: { row: RowView }) {
  const t = useText();
  if (row.state === 'applied' && row.entitlementId)
    return <a href={`/entitlements/${row.entitlementId}`}>{t('Đã nhập', 'Applied')}</a>;
  return row.state === 'bad' ? t('Có lỗi', 'Bad') : t('Đúng', 'Good');
}

/** One row whole: every cell, what is wrong with it, and a form to mend it. */
export function RowPage(props: {
  readonly list: ImportDetail;
  readonly row: number;
  readonly present: ReadonlyMap<string, string>;
  readonly errors: readonly ErrorView[];
}) {
  const { list, row, present, errors } = props;
  const t = useText();
  const { may } = useConsole();
  const mayMend = list.state === 'checked' && may('import.write');
  const ofRow = errors.filter(({ field, column }) => field === null || column === null);
  return (
    <>
      {ofRow.map((error) => (
        <Callout
          tone={error.severity === 'error' ? 'danger' : 'warning'}
          title={t(error.messageVi, error.messageEn)}
        >
          {t(error.remedyVi, error.remedyEn)}
        </Callout>
      ))}
      <Card isFlush>
        <Table
          caption={t(`Các ô của dòng ${row}`, `Cells of row ${row}`)}
          rows={list.columns}
          columns={[
            {
              head: t('Cột', 'Column'),
              isName: true,
              cell: ({ field, column }) =>
                `${t(fieldText(field) ?? { vi: field, en: field })} (${column})`,
            },
            {
              head: t('Giá trị', 'Value'),
              cell: ({ field }) => <span class="cell-value">{present.get(field) ?? <None />}</span>,
            },
            {
              head: t('Lỗi và lưu ý', 'Errors and warnings'),
              cell: ({ field }) => <CellErrors errors={errors.filter((e) => e.field === field)} />,
            },
            ...(mayMend
              ? [
                  {
                    head: t('Sửa ngay', 'Mend'),
                    cell: ({ field, column }: { field: string; column: string }) => (
                      <MendCell
                        importId={list.id}
                        row={row}
                        field={field}
                        place={{ vi: `${column}${row}`, en: `${column}${row}` }}
                        present={present.get(field) ?? null}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <p>
        <a href={href(`/imports/${list.id}/errors`)}>
          {t('Về các lỗi của danh sách', 'Back to the errors of the list')}
        </a>
      </p>
    </>
  );
}

function CellErrors({ errors }: { errors: readonly ErrorView[] }) {
  const t = useText();
  if (errors.length === 0) return <None />;
  return (
    <>
      {errors.map((error) => (
        <p class="mb-1">
          <Severity is={error.severity} /> {t(error.messageVi, error.messageEn)}{' '}
          {t(error.remedyVi, error.remedyEn)}
        </p>
      ))}
    </>
  );
}
