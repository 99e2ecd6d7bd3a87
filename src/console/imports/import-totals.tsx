import type { ImportDetail } from '../../entitlements/index.js';
import { Card, Count, href, Money, None, Table, useNames, useText } from '../kit/index.js';

interface CommuneRow {
  readonly code: string;
  readonly rows: number | null;
  readonly counted: string | null;
  readonly declared: string | null;
}

/** What was declared beside what was counted, and the totals of every commune. */
export function ControlTotals({ list }: { list: ImportDetail }) {
  const t = useText();
  if (list.state === 'received' || list.checkedAt === null) return null;
  const isDeclared =
    list.controlRows !== null || list.controlTotal !== null || list.controlByCommune !== null;
  return (
    <Card
      title={t('Tổng kiểm soát và tổng theo xã', 'Control totals and totals by commune')}
      isFlush
    >
      <Table
        caption={t('Khai khi gửi và đọc được từ tệp', 'As declared, and as counted')}
        rows={[
          {
            what: t('Số dòng', 'Rows'),
            declared: list.controlRows === null ? null : <Count of={list.controlRows} />,
            counted: <Count of={list.readRows} />,
            agrees: list.controlRows === null ? null : list.controlRows === list.readRows,
          },
          {
            what: t('Tổng số tiền', 'Total'),
            declared: list.controlTotal === null ? null : <Money amount={list.controlTotal} />,
            counted: <Money amount={list.totalAmount} />,
            agrees: list.controlTotal === null ? null : list.controlTotal === list.totalAmount,
          },
        ]}
        columns={[
          { head: t('Nội dung', 'What'), isName: true, cell: ({ what }) => what },
          {
            head: t('Khai khi gửi', 'Declared'),
            isNumber: true,
            cell: ({ declared }) => declared ?? <NotDeclared />,
          },
          { head: t('Đọc được', 'Counted'), isNumber: true, cell: ({ counted }) => counted },
          { head: t('So sánh', 'Compared'), cell: ({ agrees }) => <Agreement is={agrees} /> },
        ]}
      />
      {!isDeclared && (
        <p class="card-note">
          {t(
            'Khi gửi không ghi tổng kiểm soát, nên không có gì để so với bản giấy.',
            'No control totals were declared, so there is nothing to compare with the paper.',
          )}
        </p>
      )}
      <Communes list={list} />
    </Card>
  );
}

function NotDeclared() {
  const t = useText();
  return <span class="text-secondary">{t('không khai', 'not declared')}</span>;
}

function Agreement({ is }: { is: boolean | null }) {
  const t = useText();
  if (is === null) return <None />;
  return is ? (
    <span class="state state-good">
      <span class="state-sign" aria-hidden="true">
        ✓
      </span>
      {t('Khớp', 'Agrees')}
    </span>
  ) : (
    <span class="state state-bad">
      <span class="state-sign" aria-hidden="true">
        ✕
      </span>
      {t('Lệch', 'Differs')}
    </span>
  );
}

function Communes({ list }: { list: ImportDetail }) {
  const t = useText();
  const names = useNames();
  const rows = communeRows(list);
  const hasDeclared = list.controlByCommune !== null;
  return (
    <Table
      caption={t('Tổng theo xã, phường', 'Totals by commune')}
      showCaption
      rows={rows}
      empty={t('Chưa đọc được mã xã nào.', 'No commune code could be read.')}
      columns={[
        {
          head: t('Xã, phường', 'Commune'),
          isName: true,
          cell: ({ code }) => `${names.commune(code)} (${code})`,
        },
        {
          head: t('Số dòng', 'Rows'),
          isNumber: true,
          cell: ({ rows: count }) => (count === null ? <None /> : <Count of={count} />),
        },
        ...(hasDeclared
          ? [
              {
                head: t('Khai khi gửi', 'Declared'),
                isNumber: true,
                cell: ({ declared }: CommuneRow) =>
                  declared === null ? <NotDeclared /> : <Money amount={declared} />,
              },
            ]
          : []),
        {
          head: t('Đọc được', 'Counted'),
          isNumber: true,
          cell: ({ counted }) => (counted === null ? <None /> : <Money amount={counted} />),
        },
        ...(hasDeclared
          ? [
              {
                head: t('So sánh', 'Compared'),
                cell: ({ declared, counted }: CommuneRow) => (
                  <Agreement is={(declared ?? '0') === (counted ?? '0')} />
                ),
              },
            ]
          : []),
        {
          head: t('Lỗi của xã', 'Errors'),
          cell: ({ code }) => (
            <a href={href(`/imports/${list.id}/errors`, { commune: code })}>
              {t('Xem lỗi', 'See errors')}
            </a>
          ),
        },
      ]}
    />
  );
}

function communeRows(list: ImportDetail): CommuneRow[] {
  const counted = new Map(list.totalsByCommune.map((total) => [total.communeCode, total]));
  const declared = list.controlByCommune ?? {};
  const codes = [...new Set([...counted.keys(), ...Object.keys(declared)])].sort();
  return codes.map((code) => ({
    code,
    rows: counted.get(code)?.rows ?? null,
    counted: counted.get(code)?.amount ?? null,
    declared: declared[code] ?? null,
  }));
}
