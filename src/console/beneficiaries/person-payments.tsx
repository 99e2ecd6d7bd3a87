import { formatPeriod, maskTail } from '../../kernel/index.js';
import type { PaymentState, PersonPayment } from '../../payments/index.js';
import type { Page } from '../../platform/http/index.js';
import {
  Card,
  Count,
  formatCount,
  Moment,
  Money,
  None,
  Pager,
  State,
  Table,
  useNames,
  useText,
} from '../kit/index.js';

export type PersonTotals = readonly {
  readonly state: PaymentState;
  readonly count: number;
  readonly amount: string;
}[];

/** Every payment that was ever made for this person. */
export function Payments({ page, totals }: { page: Page<PersonPayment>; totals: PersonTotals }) {
  const t = useText();
  const names = useNames();
  return (
    <>
      <Card title={t('Mọi khoản đã chi', 'Every payment')} id="payments" isFlush>
        {totals.length > 0 && (
          <p class="card-note">
            {totals.map(({ state, count, amount }) => (
              <span class="me-3">
                <State of="payment" is={state} /> <Count of={count} /> {t('khoản', 'payments')},{' '}
                <Money amount={amount} />
              </span>
            ))}
          </p>
        )}
        <Table
          caption={t('Mọi khoản đã chi, mới nhất trước', 'Every payment, the newest first')}
          rows={page.items}
          empty={t('Chưa chi khoản nào.', 'Nothing was paid yet.')}
          columns={[
            {
              head: t('Chế độ, kỳ', 'Programme, period'),
              isName: true,
              cell: (row) => (
                <a href={`/payments/${row.id}`}>
                  {t(names.programme(row.programme))}, {formatPeriod(row.period)}
                </a>
              ),
            },
            {
              head: t('Tài khoản', 'Account'),
              cell: (row) => `${maskTail(row.accountNumber)} ${names.bank(row.bankBin)}`,
            },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: (row) => <Money amount={row.amount} />,
            },
            {
              head: t('Tình trạng', 'State'),
              cell: (row) => (
                <>
                  <State of="payment" is={row.state} />
                  {row.reasonCode && (
                    <span class="cell-note">{t(names.reason(row.reasonCode))}</span>
                  )}
                  {row.reissueOf && (
                    <span class="cell-note">
                      <a href={`/payments/${row.reissueOf}`}>
                        {t('chi lại khoản trước', 'pays an earlier one again')}
                      </a>
                    </span>
                  )}
                </>
              ),
            },
            { head: t('Lập lúc', 'Made'), cell: (row) => <Moment at={row.createdAt} /> },
            {
              head: t('Vào tài khoản lúc', 'Credited'),
              cell: (row) => (row.settledAt ? <Moment at={row.settledAt} /> : <None />),
            },
          ]}
        />
      </Card>
      {page.nextCursor !== null && (
        <p class="only-print">
          {t(
            `Chỉ gồm ${formatCount(page.items.length)} khoản trên trang này; các khoản khác không in.`,
            `Only the ${formatCount(page.items.length)} payments of this page; others are not printed.`,
          )}
        </p>
      )}
      <Pager nextCursor={page.nextCursor} />
    </>
  );
}
