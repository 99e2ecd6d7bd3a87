import type { WithheldRow } from '../../payments/index.js';
import { Card, Empty, Moment, Money, Pager, Table, useText } from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';

/** What was taken back before it was sent, because its person died or was put on hold. */
export function WithheldPage(props: {
  readonly names: CodeNames;
  readonly rows: readonly WithheldRow[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  const { names } = props;
  return (
    <Card isFlush>
      <Table
        caption={t('Khoản giữ lại, chưa gửi ngân hàng', 'Payments withheld before they were sent')}
        columns={[
          {
            head: t('Người hưởng', 'Beneficiary'),
            isName: true,
            cell: ({ beneficiaryId, payeeName, personalNumber, communeCode }) => (
              <>
                <a href={`/beneficiaries/${beneficiaryId}`}>{payeeName}</a>
                <span class="side-note">
                  {personalNumber} · {names.commune(communeCode)}
                </span>
              </>
            ),
          },
          {
            head: t('Đợt chi, kỳ', 'Batch, period'),
            cell: ({ batchId, batchNumber, period }) => (
              <>
                <a href={`/batches/${batchId}`}>{batchNumber}</a>
                <span class="side-note">{names.period(period)}</span>
              </>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount, paymentId }) => (
              <a href={`/payments/${paymentId}`}>
                <Money amount={amount} />
              </a>
            ),
          },
          {
            head: t('Lý do', 'Reason'),
            cell: ({ reasonCode, withheldAt }) => (
              <>
                {t(names.reason(reasonCode))}
                <span class="side-note">
                  <Moment at={withheldAt} />
                </span>
              </>
            ),
          },
          {
            head: t('Việc cần làm', 'What to do'),
            cell: ({ held, deceased }) => {
              if (deceased) return t('Đã mất: xem hồ sơ, thôi hưởng', 'Died: look at the file');
              if (held) return t('Hỏi xã/phường, rồi bỏ tạm giữ', 'Ask the commune, then release');
              return t(
                'Đã bỏ tạm giữ: vào đợt chi tiếp theo',
                'Released: goes into the next batch',
              );
            },
          },
        ]}
        rows={props.rows}
        empty={
          <Empty title={t('Không có khoản nào bị giữ lại', 'Nothing is withheld')}>
            {t('Không phải làm gì.', 'There is nothing to do.')}
          </Empty>
        }
      />
      <Pager nextCursor={props.nextCursor} />
    </Card>
  );
}
