import type { Standing } from '../../banks/index.js';
import {
  waitText,
  type PaymentState,
  type RunPart,
  type RunStanding,
  type RunSummary,
  type WaitingGroup,
} from '../../payments/index.js';
import {
  Callout,
  Card,
  Count,
  Equation,
  href,
  Moment,
  Money,
  None,
  ProgressBar,
  State,
  stateText,
  Table,
  useNames,
  useText,
  type Column,
  type Term,
} from '../kit/index.js';
import { railName } from './rail.words.js';
import { STANDING_WORDS } from './run.words.js';

/** A bank of ours, as far as a run's page tells of it. */
export interface BankSeen {
  readonly code: string;
  readonly name: string;
  readonly standing: Standing;
  readonly nextProbeAt: Date | null;
  readonly pausedUntil: Date | null;
  readonly switchedOffBy: string | null;
  readonly switchedOffReason: string | null;
}

/** All that changes while a run is under way; the server sends it anew when it does. */
export interface RunSeen {
  readonly run: RunSummary;
  readonly standing: RunStanding;
  readonly waiting: readonly WaitingGroup[];
  readonly banks: readonly BankSeen[];
}

const ORDER: readonly PaymentState[] = [
  'settled',
  'accepted',
  'sending',
  'ready',
  'unknown',
  'rejected',
  'returned',
  'cancelled',
];
/** Always in the equation, also when there are none. */
const ALWAYS = new Set<PaymentState>(['settled', 'accepted', 'ready', 'unknown', 'rejected']);

const rowsOf = (run: RunSummary, state?: PaymentState, bank?: string): string =>
  href('/payments', { run: run.id, state, bank });

/** Where a run is: as an equation, by bank, what waits and why. */
export function RunProgress(seen: RunSeen) {
  const { run } = seen;
  const t = useText();
  return (
    <>
      <p class="run-state">
        <State of="run" is={run.state} />{' '}
        {run.cancelRequestedAt !== null && (
          <strong>{t('Đã hủy phần chưa gửi.', 'What was not sent is cancelled.')}</strong>
        )}
      </p>
      <ProgressBar
        done={seen.standing.answered}
        of={run.payments}
        label={t('Số khoản ngân hàng đã trả lời', 'Payments that the bank has answered')}
      />
      <p>
        <Count of={seen.standing.answered} /> / <Count of={run.payments} />{' '}
        {t('khoản ngân hàng đã trả lời', 'payments answered by the bank')}
      </p>
      <RunEquation {...seen} />
      <HeldBanks {...seen} />
      <ByBank {...seen} />
      <Waiting {...seen} />
    </>
  );
}

function RunEquation({ run, standing }: RunSeen) {
  const t = useText();
  const term = (
    label: string,
    part: { count: number; total: { toString(): string } },
    to: string,
  ): Term => ({
    label,
    figure: (
      <>
        <Money amount={part.total.toString()} />
        <span class="equation-count">
          <Count of={part.count} /> {t('khoản', 'payments')}
        </span>
      </>
    ),
    href: to,
  });
  const shown = ORDER.filter((state) => ALWAYS.has(state) || standing.states[state].count > 0);
  return (
    <Equation
      holds={standing.holds}
      whole={term(t('Đã ký', 'Signed'), { count: run.payments, total: run.total }, rowsOf(run))}
      parts={shown.map((state) =>
        term(t(stateText('payment', state)), standing.states[state], rowsOf(run, state)),
      )}
    />
  );
}

/** Banks of this run that cannot be called now, and why. */
function HeldBanks({ standing, banks }: RunSeen) {
  const t = useText();
  const ours = new Set(standing.banks.map(({ bankCode }) => bankCode));
  const held = banks.filter((one) => ours.has(one.code) && one.standing !== 'sending');
  if (held.length === 0) return null;
  return (
    <Callout
      tone="warning"
      title={t('Ngân hàng đang không nhận lệnh', 'Banks that take no orders now')}
    >
      <ul class="mb-0">
        {held.map((bank) => (
          <li>
            <a href={href(`/admin/banks/${bank.code}`)}>{bank.name}</a>:{' '}
            {t(STANDING_WORDS[bank.standing])}
            <Since bank={bank} />
          </li>
        ))}
      </ul>
      <p class="mb-0">
        {t(
          'Khoản chưa gửi sẽ tự gửi khi ngân hàng nhận lại; không khoản nào bị gửi hai lần.',
          'What is not sent goes by itself when the bank takes orders again; nothing is sent twice.',
        )}
      </p>
    </Callout>
  );
}

function Since({ bank }: { bank: BankSeen }) {
  const t = useText();
  switch (bank.standing) {
    case 'off':
      return (
        <>
          {' '}
          ({bank.switchedOffBy}: “{bank.switchedOffReason}”)
        </>
      );
    case 'unreachable':
      return (
        <>
          , {t('thử lại lúc', 'tried again at')} <Moment at={bank.nextProbeAt} />
        </>
      );
    case 'paused':
      return (
        <>
          , {t('đến', 'until')} <Moment at={bank.pausedUntil} />
        </>
      );
    case 'sending':
      return null;
  }
}

function ByBank({ run, standing }: RunSeen) {
  const t = useText();
  const names = useNames();
  type BankPart = RunPart & { readonly bankCode: string };
  const columns: Column<BankPart>[] = ORDER.filter(
    (state) => ALWAYS.has(state) || standing.states[state].count > 0,
  ).map((state) => ({
    head: t(stateText('payment', state)),
    isNumber: true,
    cell: ({ bankCode, states }) =>
      states[state].count === 0 ? (
        <None />
      ) : (
        <a href={rowsOf(run, state, bankCode)}>
          <Count of={states[state].count} />
        </a>
      ),
  }));
  const title = t('Theo ngân hàng chuyển tiền', 'By paying bank');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={standing.banks}
        empty={t('Các khoản chi đang được tạo.', 'The payments are being made.')}
        columns={[
          {
            head: t('Ngân hàng', 'Bank'),
            isName: true,
            cell: ({ bankCode }) => names.ourBank(bankCode),
          },
          ...columns,
          {
            head: t('Tất cả', 'All'),
            isNumber: true,
            cell: ({ bankCode, count }) => (
              <a href={rowsOf(run, undefined, bankCode)}>
                <Count of={count} />
              </a>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ total }) => <Money amount={total} />,
          },
        ]}
      />
    </Card>
  );
}

function Waiting({ run, waiting }: RunSeen) {
  const t = useText();
  const names = useNames();
  if (waiting.length === 0) return null;
  const title = t('Chưa gửi: vì sao, đến khi nào', 'Not sent yet: why, and until when');
  return (
    <Card title={title} isFlush>
      {run.state === 'paused' && (
        <p class="card-body mb-0">
          {t('Lượt chi đang tạm dừng: ', 'The run is paused: ')}“{run.pauseReason}”
        </p>
      )}
      <Table
        caption={title}
        rows={waiting}
        columns={[
          {
            head: t('Ngân hàng, kênh', 'Bank, rail'),
            isName: true,
            cell: ({ bankCode, rail }) => (
              <>
                {names.ourBank(bankCode)}
                <div class="text-secondary">{t(railName(rail))}</div>
              </>
            ),
          },
          { head: t('Vì sao', 'Why'), cell: ({ because }) => t(waitText(because)) },
          {
            head: t('Đến', 'Until'),
            cell: ({ because, until }) =>
              because === 'due' ? t('ngay', 'now') : <Moment at={until} />,
          },
          {
            head: t('Số khoản', 'Payments'),
            isNumber: true,
            cell: ({ bankCode, payments }) => (
              <a href={rowsOf(run, 'ready', bankCode)}>
                <Count of={payments} />
              </a>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ total }) => <Money amount={total} />,
          },
        ]}
      />
    </Card>
  );
}
