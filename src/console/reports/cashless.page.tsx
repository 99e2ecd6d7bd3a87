import { formatPeriod } from '../../kernel/index.js';
import type { Office } from '../../organisation/index.js';
import {
  MEASURES,
  type CashlessReport,
  type CommuneShares,
  type Measure,
  type Target,
  type TrendPoint,
} from '../../reports/index.js';
import { Card, Empty, href, Table, useConsole, useText } from '../kit/index.js';
import { Communes, PeopleCount, Reached } from './cashless-communes.js';
import { TREND_SIZE } from './charts.js';
import { CashlessFilters } from './cashless-filters.js';
import type { CashlessQuery } from './report.query.js';
import { ReportPaper } from './report-paper.js';
import { MEASURE_TEXTS, percent } from './report.words.js';

interface Props {
  readonly report: CashlessReport;
  readonly trend: readonly TrendPoint[];
  readonly filter: CashlessQuery & { readonly period: string };
  readonly communeName: (code: string) => string;
  readonly office: Office;
}

/** Who is paid without cash: by commune, against the plan, over a year. */
export function CashlessPage(props: Props) {
  const { report } = props;
  const t = useText();
  return (
    <ReportPaper
      office={props.office}
      facts={[{ name: { vi: 'Kỳ', en: 'Period' }, value: formatPeriod(report.period) }]}
    >
      <CashlessFilters action="/reports/cashless" filter={props.filter} />
      {report.all.people === 0 ? (
        <Card title={t('Không có ai được chi', 'Nobody is owed anything')}>
          <Empty
            title={t('Kỳ này chưa có danh sách nào.', 'There is no list for this period yet.')}
          >
            {t(
              'Chọn kỳ khác hoặc bỏ bớt điều kiện lọc.',
              'Choose another period, or fewer filters.',
            )}
          </Empty>
        </Card>
      ) : (
        <>
          <Shares report={report} filter={props.filter} />
          <Communes {...props} />
        </>
      )}
      <Trend {...props} />
      <HowCounted />
    </ReportPaper>
  );
}

function Shares({ report, filter }: Pick<Props, 'report' | 'filter'>) {
  const t = useText();
  const { all, target } = report;
  return (
    <Card
      title={t(
        `Toàn địa bàn, kỳ ${formatPeriod(report.period)}`,
        `In all, ${formatPeriod(report.period)}`,
      )}
    >
      <dl class="shares">
        {MEASURES.map((measure) => (
          <ShareBox measure={measure} all={all} target={target} filter={filter} />
        ))}
      </dl>
    </Card>
  );
}

function ShareBox(props: {
  readonly measure: Measure;
  readonly all: CommuneShares;
  readonly target: Target | null;
  readonly filter: Props['filter'];
}) {
  const t = useText();
  const { language } = useConsole();
  const { measure, all, target, filter } = props;
  return (
    <div>
      <dt>{t(MEASURE_TEXTS[measure])}</dt>
      <dd>
        <strong class="share">{percent(all.shares[measure], language)}</strong>
        <span>
          <PeopleCount of={all[measure]} filter={filter} who={measure} /> {t('trên', 'of')}{' '}
          <PeopleCount of={all.people} filter={filter} who="all" /> {t('người', 'people')}
        </span>
        {target && <Reached reaches={all.reaches[measure]} target={target[measure]} />}
      </dd>
    </div>
  );
}

function Trend({ trend, filter }: Props) {
  const t = useText();
  const { language } = useConsole();
  const rows = trend.filter(({ all }) => all.people > 0);
  if (rows.length === 0) return null;
  return (
    <Card title={t('Mười hai kỳ gần nhất', 'The last twelve periods')} isFlush>
      <figure class="chart">
        <img
          {...TREND_SIZE}
          src={href('/reports/cashless/trend.svg', filter)}
          alt={t(
            'Biểu đồ đường: ba tỷ lệ qua mười hai kỳ, với chỉ tiêu; số liệu ở bảng dưới.',
            'Line chart: the three shares over twelve periods with their targets; its figures are in the table below.',
          )}
        />
      </figure>
      <Table
        caption={t('Tỷ lệ qua các kỳ', 'Shares over the periods')}
        columns={[
          {
            head: { vi: 'Kỳ', en: 'Period' },
            isName: true,
            cell: ({ period }) => (
              <a href={href('/reports/cashless', { ...filter, period: formatPeriod(period) })}>
                {formatPeriod(period)}
              </a>
            ),
          },
          {
            head: { vi: 'Người được chi', en: 'People owed' },
            isNumber: true,
            cell: ({ period, all }) => (
              <PeopleCount of={all.people} filter={{ ...filter, period }} who="all" />
            ),
          },
          ...MEASURES.map((measure) => ({
            head: MEASURE_TEXTS[measure],
            isNumber: true,
            cell: ({ period, all }: TrendPoint) => (
              <span class="two-lines">
                <PeopleCount of={all[measure]} filter={{ ...filter, period }} who={measure} />
                <span>{percent(all.shares[measure], language)}</span>
              </span>
            ),
          })),
        ]}
        rows={rows}
      />
    </Card>
  );
}

function HowCounted() {
  const t = useText();
  return (
    <Card title={t('Cách tính', 'How it is counted')}>
      <p>
        {t(
          'Mỗi người tính một lần, dù hưởng nhiều chế độ. “Có tài khoản” tính đến cuối kỳ. “Được chi qua tài khoản” là mọi khoản của người đó trong kỳ đã vào tài khoản của mình hoặc của người nhận thay. Tỷ lệ cắt sau một chữ số lẻ, không làm tròn lên.',
          'Each person counts once, whatever they draw. “Have an account” is as of the end of the period. “Paid into an account” means that everything due to the person for the period went into an account, their own or their recipient’s. Shares are cut after one decimal and never rounded up.',
        )}
      </p>
    </Card>
  );
}
