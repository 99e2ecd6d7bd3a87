import { isChecked } from '../../batches/index.js';
import { formatPeriod } from '../../kernel/index.js';
import { ACCOUNT_WORDS } from '../batches/batch.words.js';
import { Callout, Card, Count, href, Money, None, Table, useText, useNames } from '../kit/index.js';
import type { SigningProps } from './signing.props.js';

/** What the batch takes of each fund, and whether there is enough. */
export function FundTable({ funds }: Pick<SigningProps, 'funds'>) {
  const t = useText();
  const names = useNames();
  const month = formatPeriod(funds.month);
  const title = t(`Nguồn kinh phí, tháng ${month}`, `Funds, ${month}`);
  const short = funds.funds.filter((one) => !one.short.isZero());
  return (
    <Card id="funds" title={title} isFlush>
      {short.length > 0 && (
        <div class="card-body">
          <Callout tone="danger" title={t('Nguồn kinh phí không đủ', 'The funds do not suffice')}>
            {short.map((one) => (
              <p>
                {t(names.fund(one.fund))}: {t('thiếu ', 'short by ')}
                <strong>
                  <Money amount={one.short} />
                </strong>
              </p>
            ))}
            <p>
              {t(
                'Xin bổ sung dự toán cho nguồn này, hoặc trả lại để giảm đợt chi.',
                'Allot more to the fund, or return the batch to be made smaller.',
              )}
            </p>
          </Callout>
        </div>
      )}
      <Table
        caption={title}
        rows={funds.funds}
        columns={[
          { head: t('Nguồn', 'Fund'), isName: true, cell: ({ fund }) => t(names.fund(fund)) },
          {
            head: t('Đợt này cần', 'Needed'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
          {
            head: t('Còn được chi', 'Available'),
            isNumber: true,
            cell: ({ available }) => <Money amount={available} />,
          },
          {
            head: t('Thiếu', 'Short'),
            isNumber: true,
            cell: (one) => (one.short.isZero() ? <None /> : <Money amount={one.short} />),
          },
        ]}
      />
    </Card>
  );
}

/** What was known of the accounts when it was proposed: frozen with the batch. */
export function AccountFigures({ batch, round }: Pick<SigningProps, 'batch' | 'round'>) {
  const t = useText();
  const { accountChecks } = round.batch;
  const title = t('Tài khoản lúc trình ký', 'Accounts when it was proposed');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={accountChecks?.counts ?? []}
        empty={t(
          'Chế độ này không yêu cầu kiểm tra tài khoản.',
          'This programme checks no accounts.',
        )}
        columns={[
          {
            head: t('Kết quả kiểm tra', 'Result'),
            isName: true,
            cell: ({ state }) => (
              <a href={href(`/batches/${batch.id}/accounts`, { state })}>
                {isChecked(state) ? '✓ ' : '! '}
                {t(ACCOUNT_WORDS[state])}
              </a>
            ),
          },
          {
            head: t('Số dòng', 'Lines'),
            isNumber: true,
            cell: ({ state, lines }) => (
              <a href={href(`/batches/${batch.id}/accounts`, { state })}>
                <Count of={lines} />
              </a>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
        ]}
      />
    </Card>
  );
}
