import type { BatchDetail, LineView } from '../../batches/index.js';
import { formatPeriod, maskTail, lastDayOf } from '../../kernel/index.js';
import type { PaymentState } from '../../payments/index.js';
import {
  Count,
  Day,
  ExportFoot,
  Field,
  FilterBar,
  Form,
  KIND_CHOICES,
  kindText,
  Money,
  NameFilter,
  None,
  Pager,
  queryOf,
  Select,
  State,
  Submit,
  Table,
  Tick,
  TickAll,
  useConsole,
  useNames,
  useText,
  type Column,
} from '../kit/index.js';
import { BatchFrame } from './batch-frame.js';

export interface LineFilter {
  readonly search?: string;
  readonly bankBin?: string;
  readonly communeCode?: string;
  readonly fund?: string;
  readonly kind?: string;
}

interface LinesProps {
  readonly batch: BatchDetail;
  readonly lines: readonly LineView[];
  readonly payments: ReadonlyMap<string, { id: string; state: PaymentState }>;
  readonly nextCursor: string | null;
  readonly filter: LineFilter;
}

/** The lines of a batch; of a draft, with boxes to take some out. */
export function BatchLines(props: LinesProps) {
  const { batch } = props;
  const { may } = useConsole();
  const mayRemove = batch.state === 'draft' && may('batch.prepare') && props.lines.length > 0;
  return (
    <BatchFrame batch={batch}>
      <Filters {...props} />
      {mayRemove ? <Removal {...props} /> : <Lines {...props} columns={useColumns(props)} />}
    </BatchFrame>
  );
}

function Filters({ batch, filter }: LinesProps) {
  const t = useText();
  return (
    <FilterBar action={`/batches/${batch.id}/lines`}>
      <Field
        name="search"
        type="search"
        label={t('Họ tên, số định danh, tài khoản', 'Name, personal number, account')}
        value={filter.search}
      />
      <NameFilter of="commune" name="communeCode" value={filter.communeCode} />
      <NameFilter of="bank" name="bankBin" label={t('Ngân hàng', 'Bank')} value={filter.bankBin} />
      <NameFilter of="fund" value={filter.fund} />
      <Select
        name="kind"
        label={t('Loại', 'Kind')}
        value={filter.kind}
        choices={KIND_CHOICES}
        any={t('Tất cả', 'All')}
      />
    </FilterBar>
  );
}

function Lines(props: LinesProps & { columns: readonly Column<LineView>[] }) {
  const t = useText();
  return (
    <div class="card mb-3">
      <Table
        caption={t('Các dòng của đợt chi', 'Lines of the batch')}
        rows={props.lines}
        empty={t('Không có dòng nào khớp với bộ lọc.', 'No line fits the filter.')}
        columns={props.columns}
      />
      <Pager nextCursor={props.nextCursor} />
      <ExportFoot path={`/batches/${props.batch.id}/lines`} isEmpty={props.lines.length === 0} />
    </div>
  );
}

function Removal(props: LinesProps) {
  const t = useText();
  const { batch } = props;
  const { url } = useConsole();
  const isPaged = props.nextCursor !== null || queryOf(url).get('cursor') !== null;
  const tick: Column<LineView> = {
    head: t('Chọn', 'Tick'),
    cell: ({ entitlementId, payeeName }) => (
      <Tick
        name="entitlementIds"
        value={entitlementId}
        label={t(`Chọn dòng của ${payeeName}`, `Tick the line of ${payeeName}`)}
      />
    ),
  };
  return (
    <Form
      action={`/batches/${batch.id}/line-removals`}
      label={t('Rút dòng khỏi đợt chi', 'Take lines out of the batch')}
    >
      <input type="hidden" name="version" value={batch.version} />
      <TickAll name="entitlementIds" />
      <Lines {...props} columns={[tick, ...useColumns(props)]} />
      <div class="card mb-3">
        <div class="card-body">
          <h2 class="card-title">
            {t('Rút các dòng đã chọn trên trang này', 'Take out what is ticked on this page')}
          </h2>
          {isPaged && (
            <p>
              <strong>
                {t(
                  'Dấu chọn chỉ giữ trên trang đang xem. Xin rút xong ở trang này rồi mới sang trang khác hoặc đổi bộ lọc.',
                  'Ticks hold on this page only. Take its lines out before you turn to another page or change the filter.',
                )}
              </strong>
            </p>
          )}
          <p class="form-hint">
            {t(
              'Khoản rút ra trở về danh sách chờ chi. Rút xong, nếu muốn lấy lại thì lập đợt chi khác.',
              'What is taken out is owed still, and can go into another batch.',
            )}
          </p>
          <Field name="reason" label={t('Lý do', 'Why')} maxLength={1000} required />
          <Submit tone="warning">{t('Rút khỏi đợt chi', 'Take out')}</Submit>
        </div>
      </div>
    </Form>
  );
}

function useColumns({ batch, payments }: LinesProps): Column<LineView>[] {
  const t = useText();
  const names = useNames();
  const columns: Column<LineView>[] = [
    { head: t('Số', 'No.'), isNumber: true, cell: ({ lineNo }) => <Count of={lineNo} /> },
    {
      head: t('Người hưởng', 'Beneficiary'),
      isName: true,
      cell: (line) => (
        <>
          <a href={`/beneficiaries/${line.beneficiaryId}`}>{line.payeeName}</a>
          <div class="text-secondary">{line.personalNumber}</div>
          {line.recipientName !== null && (
            <div class="text-secondary">
              {t('Nhận thay: ', 'Received by: ')}
              {line.recipientName} (<Day iso={line.authorisedUntil} />)
            </div>
          )}
        </>
      ),
    },
    {
      head: t('Tài khoản', 'Account'),
      cell: ({ bankBin, accountNumber, accountName }) => (
        <>
          {names.bank(bankBin)} {maskTail(accountNumber)}
          <div class="text-secondary">{accountName}</div>
        </>
      ),
    },
    {
      head: t('Xã, phường', 'Commune'),
      cell: ({ communeCode, period }) => names.commune(communeCode, lastDayOf(period)),
    },
    {
      head: t('Loại', 'Kind'),
      cell: ({ kind, period, decisionNumber }) => (
        <>
          {t(kindText(kind))}, {formatPeriod(period)}
          <div class="text-secondary">{decisionNumber}</div>
        </>
      ),
    },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: ({ amount }) => <Money amount={amount} />,
    },
  ];
  if (batch.state !== 'approved') return columns;
  return [
    ...columns,
    {
      head: t('Khoản chi', 'Payment'),
      cell: ({ id }) => {
        const payment = payments.get(id);
        if (!payment) return <None />;
        return (
          <a href={`/payments/${payment.id}`}>
            <State of="payment" is={payment.state} />
          </a>
        );
      },
    },
  ];
}
