import type { EntitlementView, StateTotal } from '../../entitlements/index.js';
import { formatPeriod } from '../../kernel/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Card,
  changed,
  Count,
  Empty,
  ExportFoot,
  Field,
  FilterBar,
  KIND_CHOICES,
  kindText,
  Money,
  NameFilter,
  Pager,
  PeriodFilter,
  Select,
  State,
  StateFilter,
  Table,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import type { EntitlementsFilter } from './entitlement.forms.js';

interface Props {
  readonly page: Page<EntitlementView>;
  readonly filter: EntitlementsFilter;
  /** Null: too many to be counted. */
  readonly totals: readonly StateTotal[] | null;
  readonly whole: { readonly count: number; readonly amount: string } | null;
  /** Of the list or the person in the filter. */
  readonly narrowedTo: { readonly text: string; readonly href: string } | null;
}

/** Who is owed what, the newest first. */
export function EntitlementList(props: Props) {
  const { page, filter } = props;
  const t = useText();
  return (
    <>
      <Filters {...props} />
      {props.narrowedTo && (
        <p>
          {t('Chỉ gồm các khoản của', 'Only those of')}{' '}
          <a href={props.narrowedTo.href}>{props.narrowedTo.text}</a>.
        </p>
      )}
      <Totals {...props} />
      <Card isFlush>
        <Table
          caption={t('Các khoản được hưởng, mới nhất trước', 'Entitlements, the newest first')}
          rows={page.items}
          columns={useEntitlementColumns({ withPerson: filter.person === undefined })}
          empty={<NoEntitlements />}
        />
        <ExportFoot path="/entitlements" isEmpty={page.items.length === 0} />
      </Card>
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}

function Filters({ filter }: Props) {
  const t = useText();
  return (
    <FilterBar action="/entitlements">
      <NameFilter of="programme" value={filter.programme} />
      <PeriodFilter value={filter.period} />
      <NameFilter of="commune" value={filter.commune} />
      <StateFilter of="entitlement" value={filter.state} />
      <Select
        name="kind"
        label={t('Loại khoản', 'Kind')}
        any={t('Tất cả', 'All')}
        choices={KIND_CHOICES}
        value={filter.kind}
      />
      <Field
        name="decision"
        label={t('Số quyết định', 'Decision')}
        hint={t('Ví dụ 12/QĐ-UBND', 'For example 12/QĐ-UBND')}
        value={filter.decision}
      />
      <Select
        name="failed"
        label={t('Lần chi trước', 'Last payment')}
        any={t('Tất cả', 'All')}
        choices={[{ value: 'true', text: t('Không thành', 'Failed') }]}
        value={filter.failed}
      />
      {filter.import && <input type="hidden" name="import" value={filter.import} />}
      {filter.person && <input type="hidden" name="person" value={filter.person} />}
    </FilterBar>
  );
}

function Totals({ totals, whole }: Props) {
  const t = useText();
  const { url } = useConsole();
  if (totals === null) {
    return (
      <p class="text-secondary">
        {t(
          'Chọn kỳ, số quyết định hoặc một danh sách để xem tổng số.',
          'Choose a period, a decision or a list to see the totals.',
        )}
      </p>
    );
  }
  if (totals.length === 0) return null;
  return (
    <Card isFlush>
      <Table
        caption={t('Tổng của tất cả các trang', 'Totals over every page')}
        showCaption
        rows={totals}
        columns={[
          {
            head: t('Tình trạng', 'State'),
            isName: true,
            cell: ({ state }) => (
              <a href={changed(url, { state, cursor: null })}>
                <State of="entitlement" is={state} />
              </a>
            ),
          },
          {
            head: t('Số khoản', 'Count'),
            isNumber: true,
            cell: ({ count }) => <Count of={count} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
        ]}
        foot={
          whole === null
            ? undefined
            : [t('Cộng', 'In all'), <Count of={whole.count} />, <Money amount={whole.amount} />]
        }
      />
    </Card>
  );
}

/** Columns of a table of entitlements; in a person's own file the person is left out. */
export function useEntitlementColumns({ withPerson }: { withPerson: boolean }) {
  const t = useText();
  const names = useNames();
  const person = [
    {
      head: t('Người hưởng', 'Beneficiary'),
      isName: true,
      cell: (row: EntitlementView) => (
        <a href={`/beneficiaries/${row.beneficiaryId}`}>{row.fullName}</a>
      ),
    },
    {
      head: t('Xã, phường', 'Commune'),
      cell: (row: EntitlementView) => names.commune(row.communeCode),
    },
  ];
  return [
    ...(withPerson ? person : []),
    {
      head: t('Chế độ, kỳ', 'Programme, period'),
      isName: !withPerson,
      isWide: true,
      cell: (row: EntitlementView) => (
        <a href={`/entitlements/${row.id}`}>
          {t(names.programme(row.programme))}, {formatPeriod(row.period)}
        </a>
      ),
    },
    { head: t('Loại', 'Kind'), cell: (row: EntitlementView) => t(kindText(row.kind)) },
    {
      head: t('Quyết định', 'Decision'),
      cell: (row: EntitlementView) => row.decisionNumber,
    },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: (row: EntitlementView) => <Money amount={row.amount} />,
    },
    {
      head: t('Tình trạng', 'State'),
      cell: (row: EntitlementView) => (
        <>
          <State of="entitlement" is={row.state} />
          {row.failedCode && (
            <span class="cell-note">
              {t('Lần trước không thành: ', 'Failed before: ')}
              {t(names.reason(row.failedCode))}
            </span>
          )}
        </>
      ),
    },
  ];
}

function NoEntitlements() {
  const t = useText();
  return (
    <Empty title={t('Không có khoản nào như vậy.', 'There is no such entitlement.')}>
      {t('Bỏ bớt điều kiện lọc, hoặc ', 'Take a filter away, or ')}
      <a href="/imports">{t('xem các danh sách gửi vào', 'see the lists in')}</a>
      {t(
        ': khoản được hưởng có từ khi danh sách được nhập.',
        ': entitlements come from lists that were applied.',
      )}
    </Empty>
  );
}
