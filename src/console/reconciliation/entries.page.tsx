import type { Bucket, EntryRow, ReconciliationRow } from '../../reconciliation/index.js';
import { BUCKET_TEXTS, BUCKETS } from '../../reconciliation/index.js';
import {
  Card,
  ExportFoot,
  FilterBar,
  Moment,
  Money,
  None,
  Pager,
  Select,
  Table,
  useText,
} from '../kit/index.js';

/** The entries of a statement, in the order of booking. */
export function EntriesPage(props: {
  readonly run: ReconciliationRow;
  readonly bucket?: Bucket;
  readonly rows: readonly EntryRow[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  return (
    <>
      <FilterBar action={`/reconciliation/${props.run.id}/entries`}>
        <Select
          name="bucket"
          label={t('Nhóm', 'Bucket')}
          any={t('Tất cả', 'All')}
          value={props.bucket}
          choices={BUCKETS.map((bucket) => ({ value: bucket, text: BUCKET_TEXTS[bucket] }))}
        />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Bút toán của sao kê', 'Entries of the statement')}
          columns={[
            {
              head: t('Mã giao dịch của ngân hàng', 'The bank’s entry'),
              isName: true,
              cell: ({ entryId }) => entryId,
            },
            {
              head: t('Hạch toán lúc', 'Booked'),
              cell: ({ bookedAt }) => <Moment at={bookedAt} />,
            },
            {
              head: t('Nợ/Có', 'Debit/credit'),
              cell: ({ direction, reversal }) => (
                <>
                  {direction === 'debit' ? t('Nợ', 'Debit') : t('Có', 'Credit')}
                  {reversal && <span class="side-note">{t('bút toán đảo', 'reversal')}</span>}
                </>
              ),
            },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: ({ amount }) => <Money amount={amount} />,
            },
            {
              head: t('Tham chiếu', 'Reference'),
              cell: ({ reference, paymentId }) => {
                if (reference === null) return <None />;
                return paymentId ? <a href={`/payments/${paymentId}`}>{reference}</a> : reference;
              },
            },
            {
              head: t('Nhóm', 'Bucket'),
              cell: ({ bucket }) => t(BUCKET_TEXTS[bucket ?? 'waiting']),
            },
          ]}
          rows={props.rows}
          empty={t('Không có bút toán nào.', 'There are no entries.')}
        />
        <Pager nextCursor={props.nextCursor} />
        <ExportFoot
          path={`/reconciliation/${props.run.id}/entries`}
          isEmpty={props.rows.length === 0}
        />
      </Card>
    </>
  );
}
