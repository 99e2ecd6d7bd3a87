import { Money as Amount } from '../../kernel/index.js';
import { STAGES, type FundPosition, type MovementRow, type Stage } from '../../ledger/index.js';
import {
  Card,
  Empty,
  Field,
  FilterBar,
  href,
  Moment,
  Money,
  Pager,
  Select,
  Table,
  useText,
} from '../kit/index.js';
import { SOURCES, STAGE_TEXTS, whyMoved } from './fund.words.js';
import { FundEquation, Years } from './funds.page.js';

export interface FundPageProps {
  readonly fund: string;
  readonly year: string;
  readonly years: readonly string[];
  readonly filter: { readonly stage?: Stage; readonly month?: string };
  readonly position: FundPosition | null;
  readonly months: readonly FundPosition[];
  readonly movements: readonly MovementRow[];
  readonly nextCursor: string | null;
}

/** The book of one fund in a year: where its money stands, by month, and every movement. */
export function FundPage(props: FundPageProps) {
  const { fund, year, years, filter, position, movements, nextCursor } = props;
  const t = useText();
  const path = `/admin/funds/${fund}`;
  return (
    <>
      <Years year={year} years={years} path={path} />
      {position && (
        <Card title={t(`Cả năm ${year}`, `All of ${year}`)}>
          <FundEquation position={position} year={year} />
        </Card>
      )}
      <Months {...props} />
      <h2>{t('Mọi biến động', 'Every movement')}</h2>
      <FilterBar action={path}>
        <input type="hidden" name="year" value={year} />
        <Select
          name="stage"
          label={t('Cột', 'Account')}
          any={t('Mọi cột', 'All')}
          value={filter.stage}
          choices={STAGES.map((stage) => ({ value: stage, text: STAGE_TEXTS[stage] }))}
        />
        <Field
          name="month"
          type="month"
          label={t('Kinh phí tháng', 'Budget month')}
          value={filter.month}
        />
      </FilterBar>
      <Card isFlush>
        <Movements movements={movements} />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

function Months({ fund, year, months }: FundPageProps) {
  const t = useText();
  const to = (month: string, stage: Stage) => href(`/admin/funds/${fund}`, { year, month, stage });
  const column = (stage: Stage, amountOf: (position: FundPosition) => Amount) => ({
    head: STAGE_TEXTS[stage],
    isNumber: true,
    cell: (position: FundPosition) => (
      <a href={to(position.period, stage)}>
        <Money amount={amountOf(position)} />
      </a>
    ),
  });
  return (
    <Card title={t('Theo tháng ngân sách', 'By budget month')} isFlush>
      <Table
        caption={t('Nguồn theo tháng ngân sách', 'The fund by budget month')}
        rows={months}
        empty={<Empty title={t('Năm này chưa có gì.', 'Nothing in this year.')} />}
        columns={[
          {
            head: t('Tháng', 'Month'),
            isName: true,
            cell: ({ period }) => period.split('-').reverse().join('/'),
          },
          column('allotted', ({ allotted }) => allotted),
          column('available', ({ available }) => available),
          column('reserved', ({ reserved }) => reserved),
          column('in_transit', ({ inTransit }) => inTransit),
          column('paid', ({ paid }) => paid),
          column('returned', ({ returned }) => returned),
        ]}
      />
      <p class="card-body mb-0 text-secondary">
        {t(
          'Kinh phí giao cho một tháng được chi từ tháng đó đến hết năm; nên tiền chi ở tháng sau có thể lấy từ tháng trước.',
          'What is allotted for a month may be spent from that month on until the year ends; so a later month may draw on an earlier one.',
        )}
      </p>
    </Card>
  );
}

function Movements({ movements }: { movements: readonly MovementRow[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Biến động, mới nhất trước', 'Movements, the newest first')}
      rows={movements}
      empty={<Empty title={t('Không có biến động nào khớp.', 'No movement matches.')} />}
      columns={[
        { head: t('Lúc', 'When'), cell: (row) => <Moment at={row.at} /> },
        {
          head: t('Vì sao', 'Why'),
          isName: true,
          cell: (row) => (
            <a href={`/admin/funds/postings/${row.transactionId}`}>{t(whyMoved(row))}</a>
          ),
        },
        {
          head: t('Tháng', 'Month'),
          cell: ({ month }) => month.split('-').reverse().join('/'),
        },
        { head: t('Cột', 'Account'), cell: ({ stage }) => t(STAGE_TEXTS[stage]) },
        { head: t('Vào', 'In'), isNumber: true, cell: (row) => <In row={row} /> },
        { head: t('Ra', 'Out'), isNumber: true, cell: (row) => <Out row={row} /> },
      ]}
    />
  );
}

type Sided = Pick<MovementRow, 'stage' | 'amount'>;

/** Into the account as people see it: what left a source came to the fund. */
export function In({ row }: { row: Sided }) {
  const amount = asSeen(row);
  return amount.isPositive() ? <Money amount={amount} /> : <></>;
}

export function Out({ row }: { row: Sided }) {
  const amount = asSeen(row);
  return amount.isPositive() ? <></> : <Money amount={Amount.zero().minus(amount)} />;
}

function asSeen({ stage, amount }: Sided): Amount {
  const entry = Amount.of(amount);
  return SOURCES.includes(stage) ? Amount.zero().minus(entry) : entry;
}
