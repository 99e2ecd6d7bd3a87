import type { RoundView } from '../../approvals/index.js';
import type { BatchSummary } from '../../batches/index.js';
import { formatPeriod } from '../../kernel/index.js';
import {
  Count,
  Empty,
  Field,
  FilterBar,
  Money,
  NameFilter,
  None,
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
import { SIGNATURES } from './batch.words.js';

interface ListProps {
  readonly batches: readonly BatchSummary[];
  readonly rounds: ReadonlyMap<string, RoundView>;
  readonly nextCursor: string | null;
  readonly filter: {
    programme?: string;
    period?: string;
    month?: string;
    state?: string;
    waiting?: 'mine';
  };
}

/** Batches, the newest first. */
export function BatchList(props: ListProps) {
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
  const { may } = useConsole();
  const t = useText();
  return (
    <FilterBar action="/batches">
      <NameFilter of="programme" value={filter.programme} />
      <PeriodFilter value={filter.period} />
      <StateFilter of="batch" value={filter.state} />
      {may('batch.sign') && (
        <Select
          name="waiting"
          label={t('Chờ chữ ký của', 'Waiting for')}
          value={filter.waiting}
          choices={[{ value: 'mine', text: t('tôi', 'me') }]}
          any={t('Bất kỳ ai', 'Anybody')}
        />
      )}
      {filter.month !== undefined && (
        <Field
          name="month"
          type="month"
          label={t('Kinh phí của tháng', 'Money of the month')}
          value={filter.month}
        />
      )}
    </FilterBar>
  );
}

function List({ batches, rounds, filter }: ListProps) {
  const t = useText();
  const names = useNames();
  return (
    <Table
      caption={t('Các đợt chi, mới nhất trước', 'Batches, the newest first')}
      rows={batches}
      empty={<NoBatches isFiltered={Object.values(filter).some((value) => value !== undefined)} />}
      columns={[
        {
          head: t('Đợt chi', 'Batch'),
          isName: true,
          cell: ({ id, number, programme, followUpOf }) => (
            <>
              <a href={`/batches/${id}`}>{t(names.programme(programme))}</a>
              <span class="side-note one-line">{number}</span>
              {followUpOf && (
                <div class="text-secondary">{t('Chi bổ sung', 'A follow-up batch')}</div>
              )}
            </>
          ),
        },
        { head: t('Kỳ', 'Period'), cell: ({ period }) => formatPeriod(period) },
        {
          head: t('Số dòng', 'Lines'),
          isNumber: true,
          cell: ({ id, lineCount }) => (
            <a href={`/batches/${id}/lines`}>
              <Count of={lineCount} />
            </a>
          ),
        },
        {
          head: t('Tổng tiền', 'Total'),
          isNumber: true,
          cell: ({ total }) => <Money amount={total} />,
        },
        { head: t('Tình trạng', 'State'), cell: ({ state }) => <State of="batch" is={state} /> },
        {
          head: t('Đang chờ', 'Waits for'),
          cell: (batch) => <WaitsFor batch={batch} round={rounds.get(batch.id)} />,
        },
      ]}
    />
  );
}

function WaitsFor({ batch, round }: { batch: BatchSummary; round: RoundView | undefined }) {
  const t = useText();
  if (batch.state === 'draft') return <>{t('Người lập trình ký', 'Its preparer')}</>;
  if (!round?.next) return <None />;
  return <a href={`/batches/${batch.id}/sign`}>{t(SIGNATURES[round.next.signature])}</a>;
}

function NoBatches({ isFiltered }: { isFiltered: boolean }) {
  const t = useText();
  const { may } = useConsole();
  if (isFiltered) {
    return (
      <Empty
        title={t('Không có đợt chi nào khớp', 'No batch fits')}
        action={<a href="/batches">{t('Bỏ lọc để xem tất cả', 'Clear the filter to see all')}</a>}
      />
    );
  }
  return (
    <Empty
      title={t('Chưa có đợt chi nào', 'There is no batch yet')}
      guide="signing"
      action={may('batch.prepare') && <NewBatchButton />}
    >
      {t(
        'Đợt chi gom các khoản được hưởng của một chế độ, một kỳ để trình ký. Xin nhập danh sách trước, rồi lập đợt chi.',
        'A batch gathers what is owed of one programme and period, to be signed. Import a list first, then build one.',
      )}
    </Empty>
  );
}

export function NewBatchButton() {
  const t = useText();
  return (
    <a class="btn btn-primary" href="/batches/new">
      {t('Lập đợt chi', 'Build a batch')}
    </a>
  );
}
