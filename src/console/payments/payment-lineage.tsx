import { maskTail } from '../../kernel/index.js';
import type { PaymentRow } from '../../payments/index.js';
import { Card, Moment, Money, State, Table, useNames, useText } from '../kit/index.js';

/** The payments before and after this one, of the same entitlement; nothing when it is the only one. */
export function Lineage(props: { payment: PaymentRow; lineage: readonly PaymentRow[] }) {
  const { payment, lineage } = props;
  const t = useText();
  const names = useNames();
  if (lineage.length < 2) return null;
  const title = t('Các lần chi của khoản này', 'Every time this was paid');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={lineage}
        columns={[
          {
            head: t('Lần', 'Time'),
            isName: true,
            cell: (one) => {
              const at = lineage.indexOf(one) + 1;
              const said = t(`Lần ${at}`, `No. ${at}`);
              return one.id === payment.id ? (
                <strong>
                  {said} {t('(trang này)', '(this page)')}
                </strong>
              ) : (
                <a href={`/payments/${one.id}`}>{said}</a>
              );
            },
          },
          { head: t('Lúc', 'At'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
          {
            head: t('Tài khoản', 'Account'),
            cell: ({ bankBin, accountNumber }) =>
              `${names.bank(bankBin)} ${maskTail(accountNumber)}`,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
          {
            head: t('Kết quả', 'Outcome'),
            cell: ({ state, reasonCode }) => (
              <>
                <State of="payment" is={state} />
                {reasonCode !== null && <div>{t(names.reason(reasonCode))}</div>}
              </>
            ),
          },
          {
            head: t('Đợt chi', 'Batch'),
            cell: ({ batchId }) => (
              <a href={`/batches/${batchId}`}>{t('xem đợt chi', 'see the batch')}</a>
            ),
          },
        ]}
      />
    </Card>
  );
}
