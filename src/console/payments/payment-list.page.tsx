import { formatPeriod, lastDayOf, maskTail } from '../../kernel/index.js';
import { FOUND_COUNT_MOST, LISTED_COUNT_MOST, type ListedPayment } from '../../payments/index.js';
import {
  Checks,
  Count,
  Disclosure,
  Empty,
  ExportFoot,
  Field,
  FilterBar,
  formatCount,
  Money,
  NameFilter,
  Pager,
  PeriodFilter,
  Select,
  State,
  stateChoices,
  Table,
  useNames,
  useText,
  type Choice,
} from '../kit/index.js';

export interface PaymentFilter {
  readonly q?: string;
  readonly state: readonly string[];
  readonly run?: string;
  readonly batch?: string;
  readonly month?: string;
  readonly monthTo?: string;
  readonly programme?: string;
  readonly period?: string;
  readonly bank?: string;
  readonly payeeBank?: string;
  readonly commune?: string;
  readonly fund?: string;
  readonly reason?: string;
}

interface ListProps {
  readonly payments: readonly ListedPayment[];
  readonly totals: { readonly count: number; readonly total: string } | null;
  readonly nextCursor: string | null;
  readonly filter: PaymentFilter;
  readonly reasons: readonly Choice[];
  /** Number of the batch that the list is narrowed to, when it is. */
  readonly of: string | null;
}

/** Payments, the newest first, among however many. */
export function PaymentListPage(props: ListProps) {
  return (
    <>
      <Filters {...props} />
      <Sum {...props} />
      <div class="card mb-3">
        <List {...props} />
        <Pager nextCursor={props.nextCursor} />
        <ExportFoot path="/payments" isEmpty={props.payments.length === 0} />
      </div>
    </>
  );
}

function Filters({ filter, reasons, of }: ListProps) {
  const t = useText();
  const all = t('Tất cả', 'All');
  const { bank, payeeBank, commune, fund, reason, period, month, monthTo } = filter;
  const isNarrow = [bank, payeeBank, commune, fund, reason, period, month].some(Boolean);
  return (
    <FilterBar action="/payments">
      <Field
        name="q"
        type="search"
        label={t('Họ tên, số định danh, tài khoản', 'Name, personal number, account')}
        value={filter.q}
      />
      <Checks
        name="state"
        label={t('Tình trạng', 'State')}
        chosen={filter.state}
        choices={stateChoices('payment')}
      />
      <NameFilter of="programme" value={filter.programme} />
      <Disclosure summary={t('Thêm bộ lọc', 'More filters')} isOpen={isNarrow}>
        <PeriodFilter value={filter.period} />
        <NameFilter
          of="ourBank"
          label={t('Ngân hàng chuyển tiền', 'Paying bank')}
          value={filter.bank}
        />
        <NameFilter of="bank" value={filter.payeeBank} />
        <NameFilter of="commune" value={filter.commune} />
        <NameFilter of="fund" value={filter.fund} />
        <Select
          name="reason"
          label={t('Lý do không thành', 'Why it failed')}
          value={filter.reason}
          choices={reasons}
          any={all}
        />
        <Field
          name="month"
          type="month"
          label={t('Kinh phí của tháng', 'Money of the month')}
          value={month}
        />
        <Field name="monthTo" type="month" label={t('Đến tháng', 'To the month')} value={monthTo} />
      </Disclosure>
      {of !== null && <p class="filter-kept">{t(`Chỉ đợt chi ${of}`, `Only the batch ${of}`)}</p>}
      {filter.run !== undefined && <input type="hidden" name="run" value={filter.run} />}
      {filter.batch !== undefined && <input type="hidden" name="batch" value={filter.batch} />}
    </FilterBar>
  );
}

function Sum({ totals, payments }: ListProps) {
  const t = useText();
  if (payments.length === 0) return null;
  if (!totals) {
    const [most, found] = [formatCount(LISTED_COUNT_MOST), formatCount(FOUND_COUNT_MOST)];
    return (
      <p class="text-secondary">
        {t(
          `Danh sách dài nên chưa cộng. Để xem số khoản và tổng tiền, hãy lọc theo người, tháng, đợt chi, lý do hoặc khoản không thành (cộng được đến ${most} khoản; tìm theo tên: ${found}).`,
          `A long list: it is counted and summed when narrowed to a person, a month, a batch, a reason or what failed (up to ${most}, by a name up to ${found}).`,
        )}
      </p>
    );
  }
  return (
    <p>
      <strong>
        <Count of={totals.count} /> {t('khoản', 'payments')}, <Money amount={totals.total} />
      </strong>
    </p>
  );
}

function List({ payments, filter }: ListProps) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t('Các khoản chi, mới nhất trước', 'Payments, the newest first')}
      rows={payments}
      empty={<NoPayments filter={filter} />}
      columns={[
        {
          head: t('Người hưởng', 'Beneficiary'),
          isName: true,
          cell: ({ id, payeeName, communeCode, period }) => (
            <>
              <a href={`/payments/${id}`}>{payeeName}</a>
              <div class="text-secondary">{names.commune(communeCode, lastDayOf(period))}</div>
            </>
          ),
        },
        {
          head: t('Tài khoản nhận', 'Paid into'),
          cell: ({ bankBin, accountNumber, bankCode }) => (
            <>
              {names.bank(bankBin)} {maskTail(accountNumber)}
              <div class="text-secondary">
                {t('qua ', 'through ')}
                {names.ourBank(bankCode)}
              </div>
            </>
          ),
        },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} />,
        },
        {
          head: t('Tình trạng', 'State'),
          cell: ({ state, reasonCode }) => (
            <>
              <State of="payment" is={state} />
              {reasonCode !== null && <div>{t(names.reason(reasonCode))}</div>}
            </>
          ),
        },
        {
          head: t('Lượt chi', 'Run'),
          isWide: true,
          cell: ({ runId, programme, period }) => (
            <a href={`/runs/${runId}`}>
              {t(names.programme(programme))}, {formatPeriod(period)}
            </a>
          ),
        },
      ]}
    />
  );
}

function NoPayments({ filter }: { filter: PaymentFilter }) {
  const t = useText();
  const { state, ...others } = filter;
  const isFiltered = state.length > 0 || Object.values(others).some(Boolean);
  if (!isFiltered) {
    return (
      <Empty
        title={t('Chưa có khoản chi nào', 'There are no payments yet')}
        guide="signing"
        action={<a href="/batches">{t('Xem các đợt chi', 'See the batches')}</a>}
      >
        {t(
          'Khoản chi sinh ra khi đợt chi đủ chữ ký.',
          'Payments are born when a batch is fully signed.',
        )}
      </Empty>
    );
  }
  return (
    <Empty
      title={t('Không có khoản chi nào khớp', 'No payment fits')}
      action={<a href="/payments">{t('Bỏ lọc để xem tất cả', 'Clear the filter to see all')}</a>}
    />
  );
}
