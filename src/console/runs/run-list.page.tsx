import { formatPeriod } from '../../kernel/index.js';
import type { PaymentState, RunSummary } from '../../payments/index.js';
import {
  Count,
  Empty,
  FilterBar,
  href,
  Moment,
  Money,
  NameFilter,
  None,
  Pager,
  PeriodFilter,
  ProgressBar,
  State,
  StateFilter,
  Table,
  useNames,
  useText,
} from '../kit/index.js';

export interface RunFilter {
  readonly programme?: string;
  readonly period?: string;
  readonly state?: string;
}

/** How many payments of a run are in a state that the list tells. */
export type RunCounts = ReadonlyMap<string, Partial<Record<PaymentState, number>>>;

interface ListProps {
  readonly runs: readonly RunSummary[];
  readonly counts: RunCounts;
  readonly nextCursor: string | null;
  readonly filter: RunFilter;
}

/** Payment runs, the newest first. */
export function RunList(props: ListProps) {
  return (
    <>
      <Filters {...props} />
      <div class="card mb-3">
        <List {...props} />
        <Pager nextCursor={props.nextCursor} />
      </div>
    </>
  );
}

function Filters({ filter }: ListProps) {
  return (
    <FilterBar action="/runs">
      <NameFilter of="programme" value={filter.programme} />
      <PeriodFilter value={filter.period} />
      <StateFilter of="run" value={filter.state} />
    </FilterBar>
  );
}

function List({ runs, counts, filter }: ListProps) {
  const t = useText();
  const names = useNames();
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Table
      caption={t('Các lượt chi trả, mới nhất trước', 'Payment runs, the newest first')}
      rows={runs}
      empty={<NoRuns isFiltered={isFiltered} />}
      columns={[
        {
          head: t('Lượt chi của đợt', 'Run of the batch'),
          isName: true,
          cell: ({ id, batchNumber, programme }) => (
            <>
              <a href={`/runs/${id}`}>{t(names.programme(programme))}</a>
              <span class="side-note one-line">{batchNumber}</span>
            </>
          ),
        },
        { head: t('Kỳ', 'Period'), cell: ({ period }) => formatPeriod(period) },
        {
          head: t('Số khoản', 'Payments'),
          isNumber: true,
          cell: ({ id, payments }) => (
            <a href={href('/payments', { run: id })}>
              <Count of={payments} />
            </a>
          ),
        },
        {
          head: t('Tổng tiền', 'Total'),
          isNumber: true,
          cell: ({ total }) => <Money amount={total} />,
        },
        {
          head: t('Tình trạng', 'State'),
          cell: (run) => (
            <>
              <State of="run" is={run.state} />
              {run.cancelRequestedAt !== null && (
                <div class="text-secondary">
                  {t('đã hủy phần chưa gửi', 'what was not sent is cancelled')}
                </div>
              )}
            </>
          ),
        },
        { head: t('Tiến độ', 'Progress'), cell: (run) => <Progress run={run} counts={counts} /> },
        {
          head: t('Không thành', 'Failed'),
          isNumber: true,
          cell: (run) => <Failed run={run} counts={counts} />,
        },
        {
          head: t('Bắt đầu', 'Began'),
          cell: ({ startedAt, scheduledFor }) => <Moment at={startedAt ?? scheduledFor} />,
        },
      ]}
    />
  );
}

const OPEN: readonly PaymentState[] = ['ready', 'sending', 'accepted', 'unknown'];
const BAD: readonly PaymentState[] = ['rejected', 'returned'];

const summed = (counts: RunCounts, runId: string, states: readonly PaymentState[]): number =>
  states.reduce((sum, state) => sum + (counts.get(runId)?.[state] ?? 0), 0);

function Progress({ run, counts }: { run: RunSummary; counts: RunCounts }) {
  const t = useText();
  if (run.state === 'finished') return <>{t('Xong', 'Done')}</>;
  const done = run.payments - summed(counts, run.id, OPEN);
  return (
    <>
      <ProgressBar
        done={done}
        of={run.payments}
        label={t('Khoản đã có kết quả', 'Payments with an end')}
      />
      <Count of={done} /> / <Count of={run.payments} />
    </>
  );
}

function Failed({ run, counts }: { run: RunSummary; counts: RunCounts }) {
  const failed = summed(counts, run.id, BAD);
  if (failed === 0) return <None />;
  return (
    <a href={href('/payments', { run: run.id, state: [...BAD] })}>
      <Count of={failed} />
    </a>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  const t = useText();
  if (isFiltered) {
    return (
      <Empty
        title={t('Không có lượt chi nào khớp', 'No run fits')}
        action={<a href="/runs">{t('Bỏ lọc để xem tất cả', 'Clear the filter to see all')}</a>}
      />
    );
  }
  return (
    <Empty
      title={t('Chưa có lượt chi nào', 'There is no run yet')}
      guide="signing"
      action={<a href="/batches">{t('Xem các đợt chi', 'See the batches')}</a>}
    >
      {t(
        'Lượt chi được tạo khi một đợt chi đủ chữ ký.',
        'A run is made when a batch is fully signed.',
      )}
    </Empty>
  );
}
