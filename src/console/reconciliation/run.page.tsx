import { Money as Amount } from '../../kernel/index.js';
import type {
  BucketTotal,
  ExceptionRow,
  KindCount,
  ReconciliationRow,
  RunOfDays,
  StatementRow,
} from '../../reconciliation/index.js';
import { BUCKET_TEXTS, EXCEPTION_TEXTS } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Disclosure,
  Empty,
  Equation,
  Facts,
  Form,
  formatCount,
  formatMoney,
  href,
  Moment,
  Money,
  State,
  Submit,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { ExceptionTable } from './exception-table.js';

export interface RunPageProps {
  readonly names: CodeNames;
  readonly run: ReconciliationRow;
  readonly statement: StatementRow | null;
  readonly buckets: readonly BucketTotal[];
  readonly hindering: readonly KindCount[];
  readonly waiting: number;
  readonly exceptions: readonly ExceptionRow[];
  readonly others: readonly RunOfDays[];
}

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
            { name: t('Trạng thái', 'State'), value: <State of="reconciliation" is={run.state} /> },
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
      />
      {!Amount.of(statement.difference).isZero() && (
        <p class="mb-0">
          {t('Chênh lệch: ', 'They differ by ')}
          {formatMoney(statement.difference)}
        </p>
      )}
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
            cell: ({ entries }) => <Count of={entries} />,
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

function Closing({ run, hindering, waiting, open }: RunPageProps & { open: number }) {
  const t = useText();
  const { may } = useConsole();
  if (run.state !== 'finished') return null;
  const isFree = open === 0 && waiting === 0;
  return (
    <Card title={t('Khóa sổ', 'Closing')} class="no-print">
      {!isFree && (
        <Callout tone="warning" title={t('Chưa khóa được vì', 'It cannot be closed because')}>
          <ul class="mb-0">
            {waiting > 0 && (
              <li>
                {t(
                  `${formatCount(waiting)} bút toán chưa được đối chiếu (hệ thống đang làm)`,
                  `${formatCount(waiting)} entries are not compared yet (under way)`,
                )}
              </li>
            )}
            {hindering.map(({ kind, count }) => (
              <li>
                <a href={href('/reconciliation/exceptions', { run: run.id, state: 'open', kind })}>
                  {formatCount(count)} {t(EXCEPTION_TEXTS[kind]).toLowerCase()}
                </a>
              </li>
            ))}
          </ul>
        </Callout>
      )}
      {isFree && may('reconciliation.operate') && (
        <Disclosure summary={t('Khóa sổ những ngày này', 'Close these days')} tone="primary">
          <p>
            {t(
              'Mọi bút toán đã khớp hoặc được giải trình. Khóa sổ ghi tên bạn và không mở lại được.',
              'Everything is matched or explained. Closing bears your name and cannot be undone.',
            )}
          </p>
          <Form action={`/reconciliation/${run.id}/closings`} label={t('Khóa sổ', 'Close')}>
            <Submit>{t('Tôi đã xem và khóa sổ', 'I have looked and close it')}</Submit>
          </Form>
        </Disclosure>
      )}
      {isFree && !may('reconciliation.operate') && (
        <p class="mb-0">{t('Người lập bảng khóa sổ được.', 'A preparer can close it.')}</p>
      )}
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
            head: t('Trạng thái', 'State'),
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
