import type { ComponentChildren } from 'preact';
import type { ExceptionRow } from '../../reconciliation/index.js';
import { EXCEPTION_TEXTS } from '../../reconciliation/index.js';
import {
  Day,
  Money,
  None,
  Table,
  Tick,
  useAge,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';

export const EXCEPTION_STATE_TEXTS = {
  open: { vi: 'Chưa giải trình', en: 'Open', look: 'bad' },
  explained: { vi: 'Đã giải trình', en: 'Explained', look: 'good' },
  ended: { vi: 'Tự hết', en: 'Gone by itself', look: 'over' },
} as const;

export const EXCEPTION_STATE_CHOICES = Object.entries(EXCEPTION_STATE_TEXTS).map(
  ([value, { vi, en }]) => ({ value, text: { vi, en } }),
);

export function ExceptionState({ is }: { is: ExceptionRow['state'] }) {
  const t = useText();
  const state = EXCEPTION_STATE_TEXTS[is];
  return <span class={`state state-${state.look}`}>{t(state)}</span>;
}

/** What does not fit, one row each, oldest first. */
export function ExceptionTable(props: {
  readonly names: CodeNames;
  readonly rows: readonly ExceptionRow[];
  readonly empty: ComponentChildren;
  /** Boxes to tick those that are open. */
  readonly isTicked?: boolean;
}) {
  const t = useText();
  const columns = useExceptionColumns(props.names);
  const tick: Column<ExceptionRow> = {
    head: t('Chọn', 'Tick'),
    cell: ({ id, kind, state }) =>
      state === 'open' && (
        <Tick
          name="exception"
          value={id}
          label={t(`Chọn: ${EXCEPTION_TEXTS[kind].vi}`, `Tick: ${EXCEPTION_TEXTS[kind].en}`)}
        />
      ),
  };
  return (
    <Table
      caption={t('Sai lệch, cũ nhất trước', 'Exceptions, the oldest first')}
      columns={props.isTicked ? [tick, ...columns] : columns}
      rows={props.rows}
      empty={props.empty}
    />
  );
}

function useExceptionColumns(names: CodeNames): readonly Column<ExceptionRow>[] {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  return [
    {
      head: t('Sai lệch', 'Exception'),
      isName: true,
      cell: ({ id, kind }) => (
        <a href={`/reconciliation/exceptions/${id}`}>{t(EXCEPTION_TEXTS[kind])}</a>
      ),
    },
    {
      head: t('Ngân hàng, ngày', 'Bank, day'),
      cell: ({ bank, from, to }) => (
        <>
          {names.bank(bank)}
          <span class="side-note">
            <Day iso={from} />
            {to !== from && (
              <>
                {' '}
                – <Day iso={to} />
              </>
            )}
          </span>
        </>
      ),
    },
    {
      head: t('Khoản chi', 'Payment'),
      cell: ({ paymentId, paymentReference }) =>
        paymentId ? <a href={`/payments/${paymentId}`}>{paymentReference}</a> : <None />,
    },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: ({ amount, direction }) =>
        amount === null ? (
          <None />
        ) : (
          <>
            <Money amount={amount} />
            {direction && (
              <span class="side-note">
                {direction === 'debit' ? t('ghi nợ', 'debit') : t('ghi có', 'credit')}
              </span>
            )}
          </>
        ),
    },
    { head: t('Đã', 'Age'), cell: ({ openedAt, endedAt }) => age(openedAt, endedAt ?? now) },
    {
      head: t('Người nhận xử lý', 'Owner'),
      cell: ({ owner }) => owner ?? t('Chưa ai nhận', 'Nobody'),
    },
    { head: t('Tình trạng', 'State'), cell: ({ state }) => <ExceptionState is={state} /> },
  ];
}
