import { formatPeriod, lastDayOf, maskTail } from '../../kernel/index.js';
import { waitText, type PaymentRow } from '../../payments/index.js';
import type { StatementProof } from '../../reconciliation/index.js';
import { railName } from '../runs/rail.words.js';
import {
  Callout,
  Card,
  Facts,
  Moment,
  Money,
  State,
  useAge,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { BankWords, type BankWordsProps } from './bank-words.js';
import { Lineage } from './payment-lineage.js';
import { PaymentTimeline, type Told } from './payment-timeline.js';
import { StatementLines } from './statement-lines.js';

/** Whom a payment pays, as the register has them now. */
export interface Payee {
  readonly name: string;
  readonly accountName: string;
}

export interface PaymentProps extends BankWordsProps {
  readonly payment: PaymentRow;
  readonly payee: Payee;
  readonly told: readonly Told[];
  readonly lineage: readonly PaymentRow[];
  readonly proof: readonly StatementProof[];
  readonly people: ReadonlyMap<string, string>;
}

/** One payment: how it stands and what to do, everything that happened to it, and what proves it. */
export function PaymentPage(props: PaymentProps) {
  const t = useText();
  const { payment } = props;
  return (
    <>
      <Standing {...props} />
      <div class="columns">
        <About {...props} />
        <StatementLines payment={payment} proof={props.proof} />
      </div>
      <Lineage payment={payment} lineage={props.lineage} />
      <Card title={t('Mọi việc đã xảy ra', 'Everything that happened')}>
        <PaymentTimeline told={props.told} people={props.people} bank={payment.bankCode} />
      </Card>
      <BankWords {...props} />
    </>
  );
}

/** The state in a sentence, why, and the next step. */
function Standing(props: PaymentProps) {
  switch (props.payment.state) {
    case 'rejected':
    case 'returned':
    case 'cancelled':
      return <Failed {...props} />;
    case 'unknown':
      return <InDoubt {...props} />;
    case 'ready':
      return <Waits {...props} />;
    default:
      return <UnderWay {...props} />;
  }
}

function Failed({ payment }: PaymentProps) {
  const t = useText();
  const names = useNames();
  const { may } = useConsole();
  const reason = payment.reasonCode === null ? null : names.reason(payment.reasonCode);
  const title = {
    rejected: t('Ngân hàng từ chối, tiền chưa đi', 'The bank refused it; no money went out'),
    returned: t('Tiền đã đi rồi bị hoàn trả', 'The money went out and came back'),
    cancelled: t('Đã hủy trước khi gửi', 'Cancelled before it was sent'),
  }[payment.state as 'rejected' | 'returned' | 'cancelled'];
  return (
    <Callout tone={payment.state === 'cancelled' ? 'info' : 'danger'} title={title}>
      {reason && (
        <>
          <p>
            {t('Lý do: ', 'Why: ')}
            <strong>{t(reason)}</strong>
          </p>
          <p>
            {t('Việc cần làm: ', 'What to do: ')}
            {t(reason.nextStep)}
          </p>
        </>
      )}
      <Onward payment={payment} mayMend={may('batch.prepare') || may('beneficiary.write')} />
    </Callout>
  );
}

function Onward({ payment, mayMend }: { payment: PaymentRow; mayMend: boolean }) {
  const t = useText();
  if (payment.reissuedBy !== null) {
    return (
      <p>
        <a href={`/payments/${payment.reissuedBy}`}>
          {t('Đã chi lại bằng khoản khác: xem khoản đó', 'It was paid again: see that payment')}
        </a>
      </p>
    );
  }
  if (payment.state === 'cancelled' || !mayMend) return null;
  return (
    <p>
      <a class="btn" href={`/mending/payments/${payment.id}`}>
        {t('Sửa để chi lại', 'Mend it, to be paid again')}
      </a>
    </p>
  );
}

function InDoubt({ payment }: PaymentProps) {
  const t = useText();
  const { now } = useConsole();
  const age = useAge();
  const since = payment.unknownSince;
  return (
    <Callout tone="warning" title={t('Chưa rõ kết quả', 'The outcome is unknown')}>
      <p>
        {since && t(`Đã ${age(since, now)} chưa rõ. `, `Unknown for ${age(since, now)}. `)}
        {t(
          'Hệ thống hỏi ngân hàng, không gửi lại: gửi lại có thể trả hai lần.',
          'The bank is asked; it is not sent again: that might pay twice.',
        )}
      </p>
      <p>
        {payment.nextEnquiryAt && (
          <>
            {t('Hỏi tiếp lúc ', 'Asked again at ')}
            <Moment at={payment.nextEnquiryAt} />.{' '}
          </>
        )}
        <a href="/doubts">{t('Xem các khoản chưa rõ', 'See what is in doubt')}</a>
      </p>
    </Callout>
  );
}

function Waits({ payment }: PaymentProps) {
  const t = useText();
  const why = payment.waitsBecause;
  return (
    <Callout tone="info" title={t('Chưa gửi ngân hàng', 'Not sent to the bank yet')}>
      <p>
        {why === null
          ? t('Sẽ gửi khi đến lượt trong lượt chi. ', 'It is sent when its turn in the run comes. ')
          : t(waitText(why))}{' '}
        {payment.waitsUntil && (
          <>
            {t('Chờ đến ', 'It waits until ')}
            <Moment at={payment.waitsUntil} />.{' '}
          </>
        )}
        <a href={`/runs/${payment.runId}`}>{t('Xem lượt chi', 'See the run')}</a>
      </p>
    </Callout>
  );
}

function UnderWay({ payment, proof }: PaymentProps) {
  const t = useText();
  if (payment.state !== 'settled') {
    return (
      <Callout tone="info">
        <p>
          <State of="payment" is={payment.state} />{' '}
          {t(
            'Chưa cần làm gì: hệ thống theo dõi đến khi tiền vào tài khoản.',
            'Nothing is to be done: it is followed until the money is credited.',
          )}
        </p>
      </Callout>
    );
  }
  const proven = proof.find(({ proves }) => proves);
  return (
    <Callout tone="success" title={t('Tiền đã vào tài khoản', 'The money was credited')}>
      <p>
        <Moment at={payment.settledAt} />.{' '}
        {proven
          ? t('Sao kê của ngân hàng đã chứng minh.', 'The bank’s statement proves it.')
          : t(
              'Ngân hàng báo; sao kê chưa về để chứng minh.',
              'So the bank says; no statement proves it yet.',
            )}
      </p>
    </Callout>
  );
}

function About({ payment, payee }: PaymentProps) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Khoản chi', 'The payment')}>
      <Facts
        of={[
          {
            name: t('Người hưởng', 'Beneficiary'),
            value: <a href={`/beneficiaries/${payment.beneficiaryId}`}>{payee.name}</a>,
          },
          { name: t('Số tiền', 'Amount'), value: <Money amount={payment.amount} /> },
          { name: t('Tình trạng', 'State'), value: <State of="payment" is={payment.state} /> },
          {
            name: t('Vào tài khoản', 'Paid into'),
            value: (
              <>
                {names.bank(payment.bankBin)} {maskTail(payment.accountNumber)}
                <div class="text-secondary">{payee.accountName}</div>
              </>
            ),
          },
          {
            name: t('Chế độ, kỳ', 'Programme, period'),
            value: `${t(names.programme(payment.programme))}, ${formatPeriod(payment.period)}`,
          },
          { name: t('Nguồn kinh phí', 'Fund'), value: t(names.fund(payment.fund)) },
          {
            name: t('Xã, phường', 'Commune'),
            value: names.commune(payment.communeCode, lastDayOf(payment.period)),
          },
          {
            name: t('Đợt chi', 'Batch'),
            value: (
              <a href={`/batches/${payment.batchId}`}>
                {t(`dòng số ${payment.lineNo}`, `line ${payment.lineNo}`)}
              </a>
            ),
          },
          {
            name: t('Lượt chi', 'Run'),
            value: <a href={`/runs/${payment.runId}`}>{t('xem lượt chi', 'see the run')}</a>,
          },
          {
            name: t('Chuyển qua', 'Through'),
            value: `${names.ourBank(payment.bankCode)}, ${t(railName(payment.rail)).toLowerCase()}`,
          },
          {
            name: t('Mã tham chiếu', 'Our reference'),
            value: <span class="digest">{payment.reference}</span>,
          },
          payment.bankReference !== null && {
            name: t('Mã của ngân hàng', 'The bank’s reference'),
            value: <span class="digest">{payment.bankReference}</span>,
          },
          { name: t('Gửi lần đầu', 'First sent'), value: <Moment at={payment.firstSentAt} /> },
        ]}
      />
    </Card>
  );
}
