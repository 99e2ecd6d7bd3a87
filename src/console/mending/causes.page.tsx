import type { FailedCause } from '../../payments/index.js';
import {
  Callout,
  Card,
  Count,
  Empty,
  FilterBar,
  href,
  Moment,
  Money,
  NameFilter,
  None,
  PeriodFilter,
  Table,
  useAge,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { FAMILIES, notYetWords } from './mending.words.js';

export interface MendingFilter {
  readonly bank?: string;
  readonly commune?: string;
  readonly programme?: string;
  readonly period?: string;
  readonly batch?: string;
}

export interface WithheldCause {
  readonly reasonCode: string;
  readonly count: number;
  readonly total: string;
  readonly oldest: Date;
}

interface Props {
  readonly names: CodeNames;
  readonly filter: MendingFilter;
  readonly causes: readonly FailedCause[];
  readonly sums: { readonly waiting: string; readonly ready: string };
  readonly withheld: readonly WithheldCause[];
}

/** What failed, by cause: how much, since when, what to do. */
export function CausesPage({ names, filter, causes, sums, withheld }: Props) {
  const t = useText();
  const count = (of: (cause: FailedCause) => number) =>
    causes.reduce((sum, cause) => sum + of(cause), 0);
  return (
    <>
      <MendingFilterBar action="/mending" names={names} filter={filter} />
      <Card
        title={t('Bị từ chối hoặc hoàn trả, theo nguyên nhân', 'Rejected or returned, by cause')}
        isFlush
      >
        <Table
          caption={t('Khoản chi cần sửa theo nguyên nhân', 'Payments to mend, by cause')}
          columns={useColumns({ names, filter })}
          rows={causes}
          foot={[
            t('Cộng', 'Total'),
            <span>
              <Count of={count(({ count: n }) => n)} /> {t('khoản', 'payments')}
              <br />
              <Money amount={sums.waiting} />
            </span>,
            <span>
              <Count of={count(({ ready }) => ready)} /> {t('khoản', 'payments')}
              <br />
              <Money amount={sums.ready} />
            </span>,
            null,
            null,
          ]}
          empty={<NothingToMend />}
        />
      </Card>
      {withheld.length > 0 && <WithheldCard names={names} withheld={withheld} />}
    </>
  );
}

function NothingToMend() {
  const t = useText();
  const { url } = useConsole();
  if (url.includes('?')) {
    return (
      <Empty title={t('Không có khoản nào khớp bộ lọc', 'Nothing fits the filter')}>
        {t('Bấm “Bỏ lọc” để xem tất cả.', 'Choose “Clear” to see all.')}
      </Empty>
    );
  }
  return (
    <Empty title={t('Không có khoản chi nào cần sửa', 'There is nothing to mend')} guide="mending">
      {t(
        'Khi ngân hàng từ chối hoặc hoàn trả một khoản chi, khoản đó hiện ở đây cùng việc cần làm.',
        'When a bank rejects or returns a payment it appears here, with what to do.',
      )}
    </Empty>
  );
}

function useColumns({
  names,
  filter,
}: Pick<Props, 'names' | 'filter'>): readonly Column<FailedCause>[] {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  const to = (code: string, more: Record<string, string> = {}) =>
    href(`/mending/${code}`, { ...filter, ...more });
  return [
    {
      head: t('Nguyên nhân', 'Cause'),
      isName: true,
      cell: ({ code }) => {
        const reason = names.reason(code);
        return (
          <>
            <a href={to(code)}>{t(reason)}</a>
            <span class="side-note">{t(FAMILIES[reason.family])}</span>
          </>
        );
      },
    },
    {
      head: t('Chờ xử lý', 'Waiting'),
      isNumber: true,
      cell: ({ code, count, total, inBatch, returned }) => (
        <>
          <a class="count" href={to(code)}>
            <Count of={count} /> {t('khoản', 'payments')}
          </a>
          <br />
          <Money amount={total} />
          {returned > 0 && (
            <span class="side-note">
              {t(`${returned} khoản bị hoàn trả`, `${returned} came back`)}
            </span>
          )}
          {inBatch > 0 && (
            <a class="side-note" href={to(code, { side: 'in-batch' })}>
              {t(`${inBatch} khoản đã vào đợt bổ sung`, `${inBatch} in a follow-up batch`)}
            </a>
          )}
        </>
      ),
    },
    {
      head: t('Chi lại được ngay', 'Can go now'),
      cell: ({ code, ready, readyTotal, notYet }) => (
        <>
          {ready > 0 ? (
            <a href={to(code, { side: 'ready' })}>
              <Count of={ready} /> · <Money amount={readyTotal} />
            </a>
          ) : (
            <None />
          )}
          {notYet.map(({ why, count }) => (
            <span class="side-note">
              {count} {t(notYetWords(why)).toLowerCase()}
            </span>
          ))}
        </>
      ),
    },
    {
      head: t('Lâu nhất', 'Oldest'),
      cell: ({ oldest }) =>
        oldest ? (
          <>
            {age(oldest, now)}
            <span class="side-note">
              <Moment at={oldest} />
            </span>
          </>
        ) : (
          <None />
        ),
    },
    { head: t('Việc cần làm', 'What to do'), cell: ({ code }) => t(names.reason(code).nextStep) },
  ];
}

function WithheldCard({ names, withheld }: Pick<Props, 'names' | 'withheld'>) {
  const t = useText();
  return (
    <Card title={t('Giữ lại, chưa gửi ngân hàng', 'Withheld before they were sent')} isFlush>
      <div class="card-body">
        <p class="mb-0">
          {t(
            'Người hưởng bị tạm giữ hoặc đã mất sau khi ký, nên tiền không đi. Xem hồ sơ từng người; khi bỏ tạm giữ, khoản này vào đợt chi lập tiếp theo của kỳ.',
            'The person was put on hold or died after the signing, so no money went. Look at each file; once released, it goes into the next batch of its period.',
          )}
        </p>
      </div>
      <Table
        caption={t('Khoản giữ lại theo lý do', 'Withheld payments by reason')}
        columns={[
          {
            head: t('Lý do', 'Reason'),
            isName: true,
            cell: ({ reasonCode }) => (
              <a href={href('/mending/withheld', { code: reasonCode })}>
                {t(names.reason(reasonCode))}
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
            cell: ({ total }) => <Money amount={total} />,
          },
          { head: t('Lâu nhất từ', 'Since'), cell: ({ oldest }) => <Moment at={oldest} /> },
        ]}
        rows={withheld}
      />
    </Card>
  );
}

/** Bank, commune, programme, period; of a batch, where an alert or a batch's page leads here. */
export function MendingFilterBar(props: {
  readonly action: string;
  readonly names: CodeNames;
  readonly filter: MendingFilter;
  readonly side?: string;
}) {
  const t = useText();
  const { filter } = props;
  return (
    <>
      {filter.batch && (
        <Callout tone="info">
          {t('Chỉ các khoản của một đợt chi. ', 'Only payments of one batch. ')}
          <a href={`/batches/${filter.batch}`}>{t('Xem đợt chi', 'See the batch')}</a> ·{' '}
          <a href={props.action}>{t('Xem mọi đợt', 'See all batches')}</a>
        </Callout>
      )}
      <FilterBar action={props.action}>
        {filter.batch && <input type="hidden" name="batch" value={filter.batch} />}
        {props.side && <input type="hidden" name="side" value={props.side} />}
        <NameFilter
          of="ourBank"
          label={t('Chi qua ngân hàng', 'Paid through')}
          value={filter.bank}
        />
        <NameFilter of="commune" value={filter.commune} />
        <NameFilter of="programme" value={filter.programme} />
        <PeriodFilter value={filter.period} />
      </FilterBar>
    </>
  );
}
