import type { ImportSummary } from '../../entitlements/index.js';
import { formatPeriod } from '../../kernel/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Card,
  Count,
  Empty,
  Field,
  FilterBar,
  href,
  Moment,
  Money,
  NameFilter,
  None,
  Pager,
  Select,
  State,
  StateFilter,
  Table,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import type { ImportsFilter } from './import.forms.js';
import { senderText } from './import.texts.js';

interface Props {
  readonly page: Page<ImportSummary>;
  readonly filter: ImportsFilter;
  readonly senders: readonly string[];
}

/** All lists that were sent, the newest first. */
export function ImportList({ page, filter, senders }: Props) {
  const t = useText();
  return (
    <>
      <FilterBar action="/imports">
        <StateFilter of="import" value={filter.state} />
        <NameFilter
          of="programme"
          label={t('Chế độ', 'Programme as declared')}
          value={filter.programme}
        />
        <Field
          name="period"
          label={t('Kỳ', 'Period as declared')}
          hint={t('Ví dụ 11/2026', 'For example 11/2026')}
          value={filter.period}
          width="short"
        />
        <Select
          name="sender"
          label={t('Nơi gửi', 'Sender')}
          any={t('Tất cả', 'All')}
          choices={senders.map((sender) => ({ value: sender, text: senderText(sender) }))}
          value={filter.sender}
        />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Các danh sách đã gửi vào, mới nhất trước', 'Lists in, the newest first')}
          columns={useColumns()}
          rows={page.items}
          empty={<NoLists filter={filter} />}
        />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

function useColumns() {
  const t = useText();
  const names = useNames();
  return [
    {
      head: t('Danh sách', 'List'),
      isName: true,
      cell: (row: ImportSummary) => <a href={`/imports/${row.id}`}>{row.fileName}</a>,
    },
    { head: t('Nơi gửi', 'Sender'), cell: (row: ImportSummary) => t(senderText(row.sender)) },
    {
      head: t('Chế độ, kỳ', 'Programme, period'),
      cell: (row: ImportSummary) =>
        row.programme || row.period ? (
          <>
            {row.programme && t(names.programme(row.programme))}
            {row.programme && row.period && ', '}
            {row.period && formatPeriod(row.period)}
          </>
        ) : (
          t('theo từng dòng', 'row by row')
        ),
    },
    {
      head: t('Nhận lúc', 'Received'),
      cell: (row: ImportSummary) => <Moment at={row.receivedAt} />,
    },
    {
      head: t('Tình trạng', 'State'),
      cell: (row: ImportSummary) => <State of="import" is={row.state} />,
    },
    {
      head: t('Số dòng', 'Rows'),
      isNumber: true,
      cell: (row: ImportSummary) => <Count of={row.readRows} />,
    },
    {
      head: t('Dòng lỗi', 'Bad rows'),
      isNumber: true,
      cell: (row: ImportSummary) =>
        row.badRows === 0 ? (
          <Count of={0} />
        ) : (
          <a href={href(`/imports/${row.id}/errors`, { severity: 'error' })}>
            <Count of={row.badRows} />
          </a>
        ),
    },
    {
      head: t('Tổng tiền', 'Total'),
      isNumber: true,
      cell: (row: ImportSummary) =>
        row.state === 'received' ? <None /> : <Money amount={row.totalAmount} />,
    },
  ];
}

function NoLists({ filter }: { filter: ImportsFilter }) {
  const t = useText();
  const isFiltered = Boolean(filter.state ?? filter.programme ?? filter.period ?? filter.sender);
  if (isFiltered) {
    return (
      <Empty title={t('Không có danh sách nào như vậy.', 'There is no such list.')}>
        <a href="/imports">{t('Bỏ lọc để xem tất cả', 'Clear the filter to see all')}</a>
      </Empty>
    );
  }
  return (
    <Empty
      title={t('Chưa có danh sách nào được gửi vào.', 'No list has been sent yet.')}
      guide="lists"
      action={<SendListLink />}
    >
      {t(
        'Danh sách chi trả của xã, phường (Excel hoặc CSV) được gửi vào đây để kiểm tra từng ô trước khi nhập.',
        'Lists of communes (Excel or CSV) are sent here and checked cell by cell before they are applied.',
      )}
    </Empty>
  );
}

/** For whoever may send one. */
export function SendListLink() {
  const t = useText();
  const { may } = useConsole();
  if (!may('import.write')) return null;
  return (
    <a class="btn btn-primary" href="/imports/new">
      {t('Gửi danh sách', 'Send a list')}
    </a>
  );
}
