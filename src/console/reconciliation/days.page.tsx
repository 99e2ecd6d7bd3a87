import type {
  DayExceptions,
  DayFigures,
  OpenOfKind,
  RunOfDays,
} from '../../reconciliation/index.js';
import { EXCEPTION_TEXTS } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  ExportLinks,
  Field,
  FilterBar,
  Form,
  formatCount,
  href,
  Moment,
  Money,
  NameFilter,
  Select,
  State,
  Submit,
  Table,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { dayBefore, runsOfDay } from './day-runs.js';
import { ReconciliationTabs } from './reconciliation-tabs.js';

interface Props {
  readonly names: CodeNames;
  readonly filter: { readonly bank?: string; readonly until?: string };
  /** The latest first, ISO 8601. */
  readonly days: readonly string[];
  readonly banks: readonly { readonly code: string; readonly givesStatements: boolean }[];
  readonly runs: readonly RunOfDays[];
  readonly figures: readonly DayFigures[];
  readonly open: readonly DayExceptions[];
  readonly byKind: readonly OpenOfKind[];
  readonly today: string;
}

/** Days beside banks: what was asked, what fits, what does not, what is closed. */
export function DaysPage(props: Props) {
  const t = useText();
  const { may } = useConsole();
  const { filter, days, byKind } = props;
  const last = days.at(-1);
  return (
    <>
      <ReconciliationTabs openExceptions={byKind.reduce((sum, { count }) => sum + count, 0)} />
      {byKind.length > 0 && <OpenCard {...props} />}
      <FilterBar action="/reconciliation">
        <NameFilter of="ourBank" value={filter.bank} />
        <Field
          name="until"
          type="date"
          label={t('Đến ngày', 'Until')}
          value={filter.until}
          width="short"
        />
      </FilterBar>
      <Card
        title={t('Ngày và ngân hàng', 'Days and banks')}
        actions={<ExportLinks path="/reconciliation" />}
        isFlush
      >
        <Table
          caption={t('Đối chiếu từng ngày, từng ngân hàng', 'Each day of each bank')}
          columns={useDayColumns(props)}
          rows={days}
        />
        {last !== undefined && (
          <nav class="pager" aria-label={t('Các ngày trước', 'Earlier days')}>
            {filter.until && (
              <a class="btn" href={href('/reconciliation', { bank: filter.bank })}>
                {t('Về những ngày gần đây', 'To the latest days')}
              </a>
            )}
            <a
              class="btn"
              rel="next"
              href={href('/reconciliation', { bank: filter.bank, until: dayBefore(last) })}
            >
              {t('Các ngày trước', 'Earlier days')}
            </a>
          </nav>
        )}
      </Card>
      {may('reconciliation.operate') && <FetchCard {...props} />}
    </>
  );
}

function OpenCard({ byKind }: Props) {
  const t = useText();
  return (
    <Card title={t('Sai lệch chưa giải trình', 'Exceptions that are open')} isFlush>
      <Table
        caption={t('Sai lệch chưa giải trình, theo loại', 'Open exceptions by kind')}
        columns={[
          {
            head: t('Sai lệch', 'Exception'),
            isName: true,
            cell: ({ kind }) => (
              <a href={href('/reconciliation/exceptions', { kind, state: 'open' })}>
                {t(EXCEPTION_TEXTS[kind])}
              </a>
            ),
          },
          {
            head: t('Số lượng', 'Count'),
            isNumber: true,
            cell: ({ count }) => <Count of={count} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
          {
            head: t('Chưa ai nhận', 'Nobody’s'),
            isNumber: true,
            cell: ({ kind, unowned }) => (
              <a href={href('/reconciliation/exceptions', { kind, state: 'open', owner: 'none' })}>
                <Count of={unowned} />
              </a>
            ),
          },
          { head: t('Lâu nhất từ', 'Since'), cell: ({ oldest }) => <Moment at={oldest} /> },
          {
            head: t('Việc cần làm', 'What to do'),
            cell: ({ kind }) => t(EXCEPTION_TEXTS[kind].todo),
          },
        ]}
        rows={byKind}
      />
    </Card>
  );
}

function useDayColumns(props: Props): readonly Column<string>[] {
  const t = useText();
  const { names, filter, banks } = props;
  const shown = banks.filter(({ code }) => filter.bank === undefined || code === filter.bank);
  return [
    {
      head: t('Ngày', 'Day'),
      isName: true,
      cell: (day) => (
        <>
          <Day iso={day} />
          <span class="side-note">{t(WEEKDAYS[new Date(day).getUTCDay()] ?? WEEKDAYS[0])}</span>
        </>
      ),
    },
    ...shown.map(({ code }) => ({
      head: names.bank(code),
      cell: (day: string) => <DayCell {...props} day={day} bank={code} />,
    })),
  ];
}

const WEEKDAYS = [
  { vi: 'Chủ nhật', en: 'Sunday' },
  { vi: 'Thứ hai', en: 'Monday' },
  { vi: 'Thứ ba', en: 'Tuesday' },
  { vi: 'Thứ tư', en: 'Wednesday' },
  { vi: 'Thứ năm', en: 'Thursday' },
  { vi: 'Thứ sáu', en: 'Friday' },
  { vi: 'Thứ bảy', en: 'Saturday' },
] as const;

function DayCell(props: Props & { day: string; bank: string }) {
  const t = useText();
  const { day, bank, runs, figures, open } = props;
  const own = runsOfDay(runs, { day, bank });
  const moved = figures.find((one) => one.bank === bank && one.day === day);
  const unfit = open.find((one) => one.bank === bank && one.day === day)?.open ?? 0;
  return (
    <>
      {own.length === 0 && (
        <span class="side-note">
          {day < props.today
            ? t('Chưa có sao kê', 'No statement yet')
            : t('Chưa hết ngày', 'The day is not over')}
        </span>
      )}
      {own.map((run) => (
        <span class="day-cell">
          <a href={`/reconciliation/${run.id}`}>
            {run.account ? `${t('TK', 'Acct')} ${run.account} ` : ''}
            <State of="reconciliation" is={run.state} />
          </a>
        </span>
      ))}
      {moved && (
        <span class="side-note">
          {t(
            `${formatCount(moved.entries)} bút toán, ${formatCount(moved.matched)} khớp khoản chi`,
            `${formatCount(moved.entries)} entries, ${formatCount(moved.matched)} fit payments`,
          )}
          {moved.waiting > 0 &&
            t(`, ${moved.waiting} chưa xem`, `, ${moved.waiting} not looked at`)}
        </span>
      )}
      {unfit > 0 && (
        <a
          class="side-note"
          href={href('/reconciliation/exceptions', { bank, state: 'open', from: day, to: day })}
        >
          {t(`${unfit} sai lệch chưa giải trình`, `${unfit} exceptions open`)}
        </a>
      )}
    </>
  );
}

function FetchCard({ names, banks, filter, today }: Props) {
  const t = useText();
  const askable = banks.filter(({ givesStatements }) => givesStatements).map(({ code }) => code);
  return (
    <Card title={t('Lấy sao kê', 'Get a statement')} id="fetch">
      {askable.length === 0 ? (
        <Callout tone="info">
          {t('Chưa có ngân hàng nào tự gửi sao kê. ', 'No bank gives statements by itself. ')}
          <a href="/statements">{t('Nộp tệp sao kê', 'Bring a statement’s file')}</a>
        </Callout>
      ) : (
        <Form action="/reconciliation/runs" label={t('Lấy sao kê từ ngân hàng', 'Ask a bank')}>
          <div class="columns">
            <Select
              id="field-fetch-bank"
              name="bank"
              label={t('Ngân hàng', 'Bank')}
              value={filter.bank}
              choices={askable.map((code) => ({ value: code, text: names.bank(code) }))}
              required
            />
            <Field
              name="from"
              type="date"
              label={t('Từ ngày', 'From')}
              value={today}
              width="short"
              required
            />
            <Field
              name="to"
              type="date"
              label={t('Đến ngày', 'To')}
              value={today}
              width="short"
              required
            />
          </div>
          <Submit>{t('Hỏi ngân hàng và đối chiếu', 'Ask the bank and compare')}</Submit>{' '}
          <a class="btn" href="/statements">
            {t('Hoặc nộp tệp sao kê', 'Or bring a statement’s file')}
          </a>
        </Form>
      )}
    </Card>
  );
}
