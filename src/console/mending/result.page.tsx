import type { ReissuedInto, ReissueOrderRow, StayedRow } from '../../payments/index.js';
import {
  Callout,
  Card,
  Count,
  Equation,
  Facts,
  formatCount,
  Moment,
  Money,
  Pager,
  State,
  Table,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { notYetWords } from './mending.words.js';

interface Props {
  readonly names: CodeNames;
  readonly order: ReissueOrderRow;
  readonly into: readonly ReissuedInto[];
  readonly because: readonly { stayed: string; count: number; total: string }[];
  readonly stayed: readonly StayedRow[];
  readonly nextCursor: string | null;
}

/** What an order to pay again came to: what went in, what stayed and why. */
export function ResultPage({ names, order, into, because, stayed, nextCursor }: Props) {
  const t = useText();
  const went = into.reduce((sum, { count }) => sum + count, 0);
  const left = because.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Card title={t('Kết quả', 'What came of it')}>
        <Equation
          whole={{ label: t('Đã chọn', 'Chosen'), figure: formatCount(order.count) }}
          parts={[
            {
              label: t('Vào đợt bổ sung', 'Into follow-up batches'),
              figure: formatCount(went),
              href: '#went',
            },
            { label: t('Ở lại', 'Stayed'), figure: formatCount(left), href: '#stayed' },
          ]}
          holds={order.count === went + left}
        />
        <Facts
          of={[
            { name: t('Số tiền đã chọn', 'Amount chosen'), value: <Money amount={order.total} /> },
            { name: t('Người làm', 'By'), value: order.actorName },
            { name: t('Lúc', 'At'), value: <Moment at={order.at} /> },
            order.sameAccountBecause !== null && {
              name: t('Chi vào tài khoản cũ vì', 'The same account because'),
              value: order.sameAccountBecause,
            },
            order.paidAfterAllBecause !== null && {
              name: t('Chắc chắn tiền chưa đi vì', 'Certain that no money went because'),
              value: order.paidAfterAllBecause,
            },
          ]}
        />
      </Card>
      <Card title={t('Vào đợt chi bổ sung', 'Into follow-up batches')} id="went" isFlush>
        <Into names={names} into={into} />
      </Card>
      {left > 0 && (
        <Card title={t('Ở lại, và vì sao', 'Stayed, and why')} id="stayed" isFlush>
          <Table
            caption={t('Số khoản ở lại theo lý do', 'What stayed, by reason')}
            columns={[
              {
                head: t('Lý do', 'Reason'),
                isName: true,
                cell: ({ stayed: why }) => t(notYetWords(why)),
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
              {
                head: t('Việc cần làm', 'What to do'),
                cell: ({ stayed: why }) => t(notYetWords(why).todo),
              },
            ]}
            rows={because}
          />
          <StayedTable names={names} stayed={stayed} />
          <Pager nextCursor={nextCursor} />
        </Card>
      )}
    </>
  );
}

function Into({ names, into }: Pick<Props, 'names' | 'into'>) {
  const t = useText();
  if (into.length === 0) {
    return (
      <div class="card-body">
        <Callout tone="warning" title={t('Chưa khoản nào đi được', 'Nothing could go')}>
          {t(
            'Không lập đợt bổ sung nào. Xem lý do và việc cần làm bên dưới, sửa rồi làm lại.',
            'No follow-up batch was made. See the reasons below, mend them and do it again.',
          )}
        </Callout>
      </div>
    );
  }
  return (
    <Table
      caption={t('Đợt chi bổ sung', 'Follow-up batches')}
      columns={[
        {
          head: t('Đợt bổ sung', 'Follow-up batch'),
          isName: true,
          cell: ({ batchId, batchNumber }) => <a href={`/batches/${batchId}`}>{batchNumber}</a>,
        },
        {
          head: t('Chế độ, kỳ', 'Programme, period'),
          cell: ({ programme, period }) =>
            `${t(names.programme(programme))}, ${names.period(period)}`,
        },
        { head: t('Số khoản', 'Count'), isNumber: true, cell: ({ count }) => <Count of={count} /> },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ total }) => <Money amount={total} />,
        },
        {
          head: t('Tình trạng', 'State'),
          cell: ({ batchState }) => <State of="batch" is={batchState} />,
        },
        {
          head: t('Việc tiếp theo', 'Next'),
          cell: ({ batchId, batchState }) =>
            batchState === 'draft' ? (
              <a href={`/batches/${batchId}`}>{t('Xem và trình ký', 'Look and propose')}</a>
            ) : (
              <a href={`/batches/${batchId}`}>{t('Xem', 'Look')}</a>
            ),
        },
      ]}
      rows={into}
    />
  );
}

function StayedTable({ names, stayed }: Pick<Props, 'names' | 'stayed'>) {
  const t = useText();
  return (
    <Table
      caption={t('Từng khoản ở lại', 'Each payment that stayed')}
      showCaption
      columns={[
        {
          head: t('Người hưởng', 'Beneficiary'),
          isName: true,
          cell: ({ paymentId, payeeName }) => (
            <a href={`/mending/payments/${paymentId}`}>{payeeName}</a>
          ),
        },
        {
          head: t('Xã, phường', 'Commune'),
          cell: ({ communeCode }) => names.commune(communeCode),
        },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} />,
        },
        {
          head: t('Hỏng vì', 'Failed for'),
          cell: ({ reasonCode }) => reasonCode && t(names.reason(reasonCode)),
        },
        { head: t('Ở lại vì', 'Stayed for'), cell: ({ stayed: why }) => t(notYetWords(why)) },
      ]}
      rows={stayed}
    />
  );
}
