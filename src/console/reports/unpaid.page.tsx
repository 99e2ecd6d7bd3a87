import { formatPeriod } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import {
  UNPAID_REASONS,
  type Deadline,
  type Figure,
  type UnpaidRow,
  type UnpaidTotals,
} from '../../reports/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Empty,
  ExportLinks,
  href,
  Money,
  None,
  Pager,
  Select,
  Table,
  useNames,
  useText,
} from '../kit/index.js';
import { CashlessFilters } from './cashless-filters.js';
import type { UnpaidQuery } from './report.query.js';
import { ReportPaper } from './report-paper.js';
import { NEXT_STEPS, REASON_TEXTS } from './report.words.js';

interface Props {
  readonly rows: readonly UnpaidRow[];
  readonly nextCursor: string | null;
  readonly totals: UnpaidTotals;
  readonly filter: UnpaidQuery & { readonly period: string };
  /** The day by which the list goes back, when it is this month's. */
  readonly deadline: Deadline | null;
  readonly communeName: (code: string) => string;
  readonly office: Office;
}

/** What is owed and not paid: who, how much, why, and what is carried over. */
export function UnpaidPage(props: Props) {
  const t = useText();
  const { filter, deadline } = props;
  const period = formatPeriod(filter.period);
  return (
    <ReportPaper
      office={props.office}
      facts={[{ name: { vi: 'Kỳ', en: 'Period' }, value: period }]}
    >
      <Filters {...props} />
      {deadline && (
        <Callout tone="info" title={deadline.name}>
          {t('Chậm nhất', 'At the latest')} <Day iso={deadline.dueOn} />{' '}
          {t(`(còn ${deadline.daysLeft} ngày)`, `(${deadline.daysLeft} days left)`)}
          {deadline.isMoved && t(', sớm hơn vì ngày nghỉ.', ', earlier because of days off.')}
        </Callout>
      )}
      <Card
        title={t(`Chưa chi kỳ ${period}, theo lý do`, `Unpaid for ${period}, by reason`)}
        isFlush
      >
        <Totals {...props} />
      </Card>
      <Card
        title={t('Danh sách chưa chi', 'Unpaid list')}
        actions={<ExportLinks path="/reports/unpaid" />}
        isFlush
      >
        <People {...props} />
        <Pager nextCursor={props.nextCursor} />
      </Card>
    </ReportPaper>
  );
}

function Filters({ filter }: Props) {
  const t = useText();
  return (
    <CashlessFilters action="/reports/unpaid" filter={filter}>
      <Select
        name="reason"
        label={t('Lý do', 'Reason')}
        value={filter.reason}
        any={t('Tất cả', 'All')}
        choices={UNPAID_REASONS.map((value) => ({ value, text: REASON_TEXTS[value] }))}
      />
      <Select
        name="earlier"
        label={t('Kỳ trước chuyển sang', 'Carried over')}
        value={filter.earlier}
        any={t('gồm cả', 'included')}
        choices={[{ value: 'no', text: { vi: 'không gồm', en: 'left out' } }]}
      />
    </CashlessFilters>
  );
}

function Totals({ totals, filter }: Props) {
  const t = useText();
  const rowsOf = (reason: string, earlier: string | undefined): string =>
    href('/reports/unpaid', {
      period: filter.period,
      programme: filter.programme,
      commune: filter.commune,
      reason,
      earlier,
    });
  return (
    <Table
      caption={t('Chưa chi theo lý do', 'Unpaid by reason')}
      columns={[
        {
          head: { vi: 'Lý do', en: 'Reason' },
          isName: true,
          cell: ({ reason }) => (
            <a href={rowsOf(reason, filter.earlier)}>{t(REASON_TEXTS[reason])}</a>
          ),
        },
        {
          head: { vi: 'Của kỳ này', en: 'Of this period' },
          isNumber: true,
          cell: ({ reason, own }) => <Sum of={own} to={rowsOf(reason, 'no')} />,
        },
        {
          head: { vi: 'Kỳ trước chuyển sang', en: 'Carried over' },
          isNumber: true,
          cell: ({ carriedOver }) => <Sum of={carriedOver} />,
        },
        {
          head: { vi: 'Cộng', en: 'Together' },
          isNumber: true,
          cell: ({ reason, all }) => <Sum of={all} to={rowsOf(reason, filter.earlier)} />,
        },
        {
          head: { vi: 'Việc cần làm', en: 'What to do' },
          cell: ({ reason }) => t(NEXT_STEPS[reason]),
        },
      ]}
      rows={totals.reasons}
      empty={
        <Empty title={t('Không có khoản nào chưa chi.', 'Nothing is unpaid.')}>
          {t(
            'Mọi khoản của kỳ này đã vào tài khoản, hoặc kỳ này chưa có danh sách.',
            'Everything due for the period has been paid, or there is no list for it yet.',
          )}
        </Empty>
      }
      foot={[
        t('Cộng', 'Total'),
        <Sum of={totals.all.own} />,
        <Sum of={totals.all.carriedOver} />,
        <Sum of={totals.all.all} />,
        '',
      ]}
    />
  );
}

function Sum({ of, to }: { of: Figure; to?: string }) {
  if (of.count === 0) return <None />;
  return (
    <span class="two-lines">
      {to ? (
        <a href={to}>
          <Count of={of.count} />
        </a>
      ) : (
        <Count of={of.count} />
      )}
      <Money amount={of.total} />
    </span>
  );
}

function People({ rows, filter, communeName }: Props) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t('Người chưa được chi', 'People not paid')}
      columns={[
        {
          head: { vi: 'Họ và tên', en: 'Name' },
          isName: true,
          cell: (row) => <a href={`/beneficiaries/${row.beneficiaryId}`}>{row.fullName}</a>,
        },
        { head: { vi: 'Số định danh', en: 'Personal number' }, cell: (row) => row.personalNumber },
        { head: { vi: 'Xã, phường', en: 'Commune' }, cell: (row) => communeName(row.communeCode) },
        {
          head: { vi: 'Chế độ', en: 'Programme' },
          isWide: true,
          cell: (row) => t(names.programme(row.programme)),
        },
        {
          head: { vi: 'Kỳ', en: 'Period' },
          cell: (row) => (
            <>
              {formatPeriod(row.period)}
              {row.period !== filter.period && ` ${t('(chuyển sang)', '(carried over)')}`}
            </>
          ),
        },
        {
          head: { vi: 'Số tiền', en: 'Amount' },
          isNumber: true,
          cell: (row) => (
            <a href={`/entitlements/${row.entitlementId}`}>
              <Money amount={row.amount} />
            </a>
          ),
        },
        {
          head: { vi: 'Lý do', en: 'Reason' },
          isWide: true,
          cell: (row) => (
            <>
              {t(REASON_TEXTS[row.reason])}
              {row.failedCode && `: ${t(names.reason(row.failedCode))}`}
            </>
          ),
        },
      ]}
      rows={rows}
    />
  );
}
