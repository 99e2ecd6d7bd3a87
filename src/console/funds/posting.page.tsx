import type { PostingDetail } from '../../ledger/index.js';
import type { PostedPayment } from '../../payments/index.js';
import {
  Card,
  Facts,
  Moment,
  Money,
  Pager,
  State,
  Table,
  useNames,
  useText,
} from '../kit/index.js';
import { In, Out } from './fund.page.js';
import { STAGE_TEXTS, whyMoved } from './fund.words.js';

export interface PostingPageProps {
  readonly posting: PostingDetail;
  readonly batch: { readonly batchId: string; readonly batchNumber: string } | null;
  readonly payments: readonly PostedPayment[];
  readonly nextCursor: string | null;
}

/** One movement of money as it was posted: out of what, into what, and what stands behind it. */
export function PostingPage({ posting, batch, payments, nextCursor }: PostingPageProps) {
  const t = useText();
  const names = useNames();
  return (
    <>
      <Card>
        <Facts
          of={[
            { name: t('Lúc', 'When'), value: <Moment at={posting.at} /> },
            { name: t('Vì sao', 'Why'), value: t(whyMoved(posting)) },
            batch && {
              name: t('Đợt chi', 'Batch'),
              value: <a href={`/batches/${batch.batchId}`}>{batch.batchNumber}</a>,
            },
            posting.sourceType === 'allotment' &&
              posting.sourceId !== null && {
                name: t('Quyết định', 'Decision'),
                value: (
                  <a href={`/admin/funds/allotments/${posting.sourceId}`}>
                    {t('xem quyết định giao kinh phí', 'the allotment')}
                  </a>
                ),
              },
          ]}
        />
      </Card>
      <Card title={t('Bút toán', 'Entries')} isFlush>
        <Table
          caption={t('Bút toán; tổng bằng không', 'Entries; their sum is zero')}
          rows={posting.entries}
          columns={[
            {
              head: t('Nguồn', 'Fund'),
              isName: true,
              cell: ({ fund }) => t(names.fund(fund)),
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
      </Card>
      {payments.length > 0 && (
        <Card title={t('Khoản chi liên quan', 'The payments behind it')} isFlush>
          <PaymentsBehind payments={payments} />
        </Card>
      )}
      <Pager nextCursor={nextCursor} />
    </>
  );
}

function PaymentsBehind({ payments }: { payments: readonly PostedPayment[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Khoản chi của bút toán này', 'Payments of this posting')}
      rows={payments}
      columns={[
        {
          head: t('Khoản chi', 'Payment'),
          isName: true,
          cell: (row) => <a href={`/payments/${row.paymentId}`}>{row.reference}</a>,
        },
        {
          head: t('Từ', 'From'),
          cell: ({ from }) => (from ? <State of="payment" is={from} /> : null),
        },
        { head: t('Thành', 'To'), cell: ({ to }) => <State of="payment" is={to} /> },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} />,
        },
      ]}
    />
  );
}
