import { formatPeriod } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import {
  DIMENSIONS,
  statesOf,
  TERMS,
  type Dimension,
  type Figure,
  type PaymentsFilter,
  type PaymentsReport,
  type ReportRow,
  type Term,
} from '../../reports/index.js';
import {
  Card,
  Count,
  Empty,
  ExportLinks,
  Field,
  FilterBar,
  href,
  Money,
  NameFilter,
  None,
  PeriodFilter,
  Select,
  Table,
  useText,
  type Column,
} from '../kit/index.js';
import { DIMENSION_TEXTS, TERM_HEADS } from './report.words.js';
import { REPORT_ROWS_SHOWN } from './report.query.js';
import { ReportPaper } from './report-paper.js';

interface Props {
  readonly report: PaymentsReport;
  readonly filter: PaymentsFilter;
  readonly by: { first: Dimension; second: Dimension | null };
  readonly nameOf: (dimension: Dimension, key: string) => string;
  readonly office: Office;
}

/** Payments by programme, commune, bank, …: counts and sums by where the money is; totals are those of the rows. */
export function PaymentsReportPage(props: Props) {
  const t = useText();
  const { report, filter } = props;
  const span =
    filter.from === filter.to
      ? formatPeriod(filter.from)
      : `${formatPeriod(filter.from)} – ${formatPeriod(filter.to)}`;
  return (
    <ReportPaper
      office={props.office}
      facts={[{ name: { vi: 'Tháng ngân sách', en: 'Budget month' }, value: span }]}
    >
      <Filters {...props} />
      <Card
        title={t(`Khoản chi ${span}`, `Payments of ${span}`)}
        actions={<ExportLinks path="/reports/payments" />}
        isFlush
      >
        <Figures {...props} />
        {report.rows.length > REPORT_ROWS_SHOWN && (
          <p class="card-body">
            {t(
              `Chỉ hiện ${REPORT_ROWS_SHOWN} dòng đầu trong ${report.rows.length} dòng; dòng cộng là của tất cả. Tải tệp để có đủ.`,
              `Only the first ${REPORT_ROWS_SHOWN} of ${report.rows.length} rows are shown; the total is of all. The file has them all.`,
            )}
          </p>
        )}
      </Card>
    </ReportPaper>
  );
}

function Filters({ filter, by }: Props) {
  const t = useText();
  const dimensions = DIMENSIONS.map((value) => ({ value, text: DIMENSION_TEXTS[value] }));
  return (
    <FilterBar action="/reports/payments">
      <Field name="from" type="month" label={t('Từ tháng', 'From month')} value={filter.from} />
      <Field name="to" type="month" label={t('Đến tháng', 'To month')} value={filter.to} />
      <Select name="by" label={t('Xếp theo', 'Rows by')} value={by.first} choices={dimensions} />
      <Select
        name="and"
        label={t('Rồi theo', 'Then by')}
        value={by.second ?? ''}
        any={t('(không)', '(nothing more)')}
        choices={dimensions}
      />
      <NameFilter of="programme" value={filter.programme} />
      <NameFilter of="commune" value={filter.commune} />
      <NameFilter of="ourBank" label={DIMENSION_TEXTS.bank} value={filter.bank} />
      <NameFilter of="bank" value={filter.payeeBank} />
      <NameFilter of="fund" value={filter.fund} />
      <PeriodFilter value={filter.period} />
    </FilterBar>
  );
}

function Figures(props: Props) {
  const t = useText();
  const { report, by, nameOf } = props;
  const shown = TERMS.filter((term) => term === 'paid' || report.total.terms[term].count > 0);
  const dimensions = [by.first, ...(by.second ? [by.second] : [])];
  const columns: Column<ReportRow>[] = [
    ...dimensions.map((dimension, at) => ({
      head: DIMENSION_TEXTS[dimension],
      isName: at === 0,
      cell: (row: ReportRow) => nameOf(dimension, (at === 0 ? row.key : row.second) ?? ''),
    })),
    {
      head: { vi: 'Tất cả', en: 'All' },
      isNumber: true,
      cell: (row) => <FigureCell figure={row.all} to={rowsBehind(props, row, null)} />,
    },
    ...shown.map((term) => ({
      head: TERM_HEADS[term],
      isNumber: true,
      cell: (row: ReportRow) => (
        <FigureCell figure={row.terms[term]} to={rowsBehind(props, row, term)} />
      ),
    })),
  ];
  return (
    <Table
      caption={t('Khoản chi theo kết quả', 'Payments by outcome')}
      columns={columns}
      rows={report.rows.slice(0, REPORT_ROWS_SHOWN)}
      empty={
        <Empty
          title={t('Không có khoản chi nào như vậy.', 'There are no such payments.')}
          action={<a href="/reports/payments">{t('Xem tháng này', 'See this month')}</a>}
        >
          {t(
            'Chọn tháng khác hoặc bỏ bớt điều kiện lọc.',
            'Choose another month, or fewer filters.',
          )}
        </Empty>
      }
      foot={[
        t('Cộng', 'Total'),
        ...dimensions.slice(1).map(() => ''),
        <FigureCell figure={report.total.all} to={rowsBehind(props, null, null)} />,
        ...shown.map((term) => (
          <FigureCell figure={report.total.terms[term]} to={rowsBehind(props, null, term)} />
        )),
      ]}
    />
  );
}

function FigureCell({ figure, to }: { figure: Figure; to: string }) {
  if (figure.count === 0) return <None />;
  return (
    <span class="two-lines">
      <a href={to}>
        <Count of={figure.count} />
      </a>
      <Money amount={figure.total} />
    </span>
  );
}

/** The list of the payments behind a figure. */
function rowsBehind({ filter, by }: Props, row: ReportRow | null, term: Term | null): string {
  const { from, to, ...others } = filter;
  const marks: Partial<Record<Dimension, string>> = {
    ...others,
    ...(row ? { [by.first]: row.key } : {}),
    ...(row && by.second ? { [by.second]: row.second ?? '' } : {}),
  };
  const { month = from } = marks;
  return href('/payments', {
    month,
    monthTo: marks.month === undefined && to !== from ? to : undefined,
    programme: marks.programme,
    period: marks.period,
    commune: marks.commune,
    bank: marks.bank,
    payeeBank: marks.payeeBank,
    fund: marks.fund,
    state: term ? statesOf(term) : [],
  });
}
