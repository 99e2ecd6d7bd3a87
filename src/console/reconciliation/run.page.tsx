import { Money as Amount } from '../../kernel/index.js';
import type { ReconciliationRow, StatementRow } from '../../reconciliation/index.js';
import { BUCKET_TEXTS } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Empty,
  Equation,
  Facts,
  formatMoney,
  href,
  Moment,
  Money,
  State,
  Table,
  useText,
} from '../kit/index.js';
import { Closing } from './closing.js';
import { ExceptionTable } from './exception-table.js';
import type { RunPageProps } from './run.props.js';

/** A bank's day (or days): its statement as an equation, what fits, what does not, and its closing. */
export function RunPage(props: RunPageProps) {
  const t = useText();
  const { names, run, statement, exceptions } = props;
  const open = props.hindering.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Card>
        <Facts
          of={[
            { name: t('Ngân hàng', 'Bank'), value: names.bank(run.bank) },
            {
              name: t('Ngày', 'Days'),
              value:
                run.from === run.to ? (
                  <Day iso={run.from} />
                ) : (
                  <>
                    <Day iso={run.from} /> – <Day iso={run.to} />
                  </>
                ),
            },
            { name: t('Tình trạng', 'State'), value: <State of="reconciliation" is={run.state} /> },
            {
              name: t('Sao kê', 'Statement'),
              value: statement ? (
                <>
                  {statement.statementId},{' '}
                  {run.source === 'file'
                    ? t('nộp bằng tệp', 'brought as a file')
                    : t('ngân hàng gửi', 'given by the bank')}
                  , <Moment at={run.endedAt ?? run.requestedAt} />
                </>
              ) : (
                t('Chưa có', 'None yet')
              ),
            },
            run.closedAt !== null && {
              name: t('Khóa sổ', 'Closed'),
              value: (
                <>
                  {run.closedBy}, <Moment at={run.closedAt} />
                </>
              ),
            },
          ]}
        />
      </Card>
      {run.failure !== null && (
        <Callout tone="danger" title={t('Không lấy được sao kê', 'No statement could be had')}>
          <p>{run.failure}</p>
          <a href="/reconciliation#fetch">{t('Hỏi lại ngân hàng', 'Ask the bank again')}</a> ·{' '}
          <a href="/statements">{t('Nộp tệp sao kê', 'Bring a file')}</a>
        </Callout>
      )}
      {run.state === 'requested' && (
        <Callout tone="info">
          {t(
            'Hệ thống đang lấy sao kê và đối chiếu; tải lại trang sau ít phút.',
            'The statement is being fetched and compared; load the page again in a few minutes.',
          )}
        </Callout>
      )}
      {statement && <StatementEquation run={run} statement={statement} />}
      {statement && <Buckets run={run} buckets={props.buckets} />}
      {run.state !== 'requested' && (
        <Card
          title={t('Sai lệch của những ngày này', 'Exceptions of these days')}
          id="exceptions"
          isFlush
        >
          <ExceptionTable
            names={names}
            rows={exceptions}
            empty={
              <Empty title={t('Không có sai lệch nào', 'Everything fits')}>
                {t('Mọi bút toán khớp hoặc đã được giải trình.', 'All fits or is explained.')}
              </Empty>
            }
          />
          {open > exceptions.length && (
            <div class="table-form-foot">
              <a href={href('/reconciliation/exceptions', { run: run.id, state: 'open' })}>
                {t(`Xem cả ${open} sai lệch`, `See all ${open}`)}
              </a>
            </div>
          )}
        </Card>
      )}
      <Closing {...props} open={open} />
      {props.others.length > 0 && <OtherRuns {...props} />}
    </>
  );
}

function StatementEquation({
  run,
  statement,
}: {
  run: ReconciliationRow;
  statement: StatementRow;
}) {
  const t = useText();
  const debits = Amount.zero().minus(Amount.of(statement.debitTotal));
  return (
    <Card title={t('Số dư và phát sinh', 'Balances and entries')}>
      <Equation
        whole={{
          label: t('Số dư cuối', 'Closing balance'),
          figure: <Money amount={statement.closing} />,
        }}
        parts={[
          {
            label: t('Số dư đầu', 'Opening balance'),
            figure: <Money amount={statement.opening} />,
          },
          {
            label: t('Ghi có', 'Credits'),
            figure: <Money amount={statement.creditTotal} />,
            href: `/reconciliation/${run.id}/entries`,
          },
          {
            label: t('Ghi nợ', 'Debits'),
            figure: <Money amount={debits} />,
            href: `/reconciliation/${run.id}/entries`,
          },
        ]}
        holds={Amount.of(statement.difference).isZero()}
        fault={t(
          `Sao kê không cân, lệch ${formatMoney(statement.difference)}: xin ngân hàng gửi sao kê đúng.`,
          `The statement does not add up, by ${formatMoney(statement.difference)}: ask the bank for a right one.`,
        )}
      />
    </Card>
  );
}

function Buckets({ run, buckets }: Pick<RunPageProps, 'run' | 'buckets'>) {
  const t = useText();
  return (
    <Card
      title={t('Bút toán thuộc về đâu', 'Where the entries belong')}
      actions={
        <a class="btn btn-sm" href={`/reconciliation/${run.id}/entries`}>
          {t('Xem từng bút toán', 'See each entry')}
        </a>
      }
      isFlush
    >
      <Table
        caption={t('Bút toán theo nhóm', 'Entries by bucket')}
        columns={[
          {
            head: t('Nhóm', 'Bucket'),
            isName: true,
            cell: ({ bucket }) =>
              bucket === null ? (
                t(BUCKET_TEXTS.waiting)
              ) : (
                <a href={href(`/reconciliation/${run.id}/entries`, { bucket })}>
                  {t(BUCKET_TEXTS[bucket])}
                </a>
              ),
          },
          {
            head: t('Số bút toán', 'Entries'),
            isNumber: true,
            cell: ({ bucket, entries }) =>
              bucket === null ? (
                <Count of={entries} />
              ) : (
                <a href={href(`/reconciliation/${run.id}/entries`, { bucket })}>
                  <Count of={entries} />
                </a>
              ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
        ]}
        rows={buckets}
        empty={t('Không có bút toán nào trong sao kê này.', 'This statement holds no entries.')}
      />
    </Card>
  );
}

function OtherRuns({ others }: RunPageProps) {
  const t = useText();
  return (
    <Card
      title={t('Lần đối chiếu khác của những ngày này', 'Other runs over these days')}
      isFlush
      class="no-print"
    >
      <Table
        caption={t('Lần đối chiếu khác', 'Other runs')}
        columns={[
          {
            head: t('Ngày', 'Days'),
            isName: true,
            cell: ({ id, from, to }) => (
              <a href={`/reconciliation/${id}`}>
                <Day iso={from} /> – <Day iso={to} />
              </a>
            ),
          },
          {
            head: t('Tình trạng', 'State'),
            cell: ({ state }) => <State of="reconciliation" is={state} />,
          },
          {
            head: t('Yêu cầu lúc', 'Asked'),
            cell: ({ requestedAt }) => <Moment at={requestedAt} />,
          },
        ]}
        rows={others}
      />
    </Card>
  );
}
