import type { RulingEvent, RulingItem, RulingSummary } from '../../payments/index.js';
import {
  Card,
  Count,
  Disclosure,
  Facts,
  Form,
  Moment,
  Money,
  State,
  stateText,
  Submit,
  Table,
  TextArea,
  Timeline,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { OUTCOMES, RESULTS } from './doubts.words.js';

interface Props {
  readonly names: CodeNames;
  readonly ruling: RulingSummary;
  readonly items: readonly RulingItem[];
  readonly history: readonly RulingEvent[];
}

/** What is to be signed about doubts: the ending, the evidence, the payments; who may do what now. */
export function RulingPage({ names, ruling, items, history }: Props) {
  const t = useText();
  return (
    <>
      <Card>
        <Facts
          of={[
            {
              name: t('Kết luận', 'How it ends'),
              value: <strong>{t(OUTCOMES[ruling.outcome])}</strong>,
            },
            ruling.reasonCode !== null && {
              name: t('Vì sao tiền không đi', 'Why no money went'),
              value: t(names.reason(ruling.reasonCode)),
            },
            { name: t('Tình trạng', 'State'), value: <State of="ruling" is={ruling.state} /> },
            { name: t('Ngân hàng', 'Bank'), value: names.bank(ruling.bankCode) },
            {
              name: t('Số khoản, số tiền', 'Payments, amount'),
              value: (
                <>
                  <Count of={ruling.payments} /> {t('khoản', 'payments')},{' '}
                  <Money amount={ruling.total} />
                </>
              ),
            },
            { name: t('Bằng chứng', 'Evidence'), value: <Evidence ruling={ruling} /> },
            {
              name: t('Người đề nghị', 'Proposed by'),
              value: (
                <>
                  {ruling.proposedLogin}, <Moment at={ruling.proposedAt} />
                </>
              ),
            },
            ruling.decidedLogin !== null && {
              name: t('Người quyết định', 'Decided by'),
              value: (
                <>
                  {ruling.decidedLogin}, <Moment at={ruling.decidedAt} />
                  {ruling.decisionReason && <span class="side-note">{ruling.decisionReason}</span>}
                </>
              ),
            },
            {
              name: t('Mã niêm phong nội dung', 'Digest of what is signed'),
              value: <span class="digest">{ruling.digest}</span>,
            },
          ]}
        />
      </Card>
      {ruling.state === 'proposed' && <Decision ruling={ruling} />}
      <Card title={t('Các khoản chi', 'The payments')} isFlush>
        <Items items={items} />
      </Card>
      <Card title={t('Quá trình', 'What happened')}>
        <Timeline
          of={history.map((event) => ({
            at: event.at,
            by: event.actorName,
            title: t(stateText('ruling', event.happened)),
            children: event.reason && <p class="side-note">{event.reason}</p>,
          }))}
        />
      </Card>
    </>
  );
}

function Evidence({ ruling }: Pick<Props, 'ruling'>) {
  const t = useText();
  return (
    <>
      {ruling.evidenceReference}
      {ruling.fileName !== null && (
        <span class="side-note">
          <a href={`/doubts/rulings/${ruling.id}/evidence`} download>
            {t('Tải tệp', 'Download')} {ruling.fileName}
          </a>
        </span>
      )}
      <span class="side-note">
        {t('Bằng chứng tính đến', 'As of')} <Moment at={ruling.evidenceAsOf} />
      </span>
      {ruling.evidenceNote && <span class="side-note">{ruling.evidenceNote}</span>}
    </>
  );
}

function Decision({ ruling }: Pick<Props, 'ruling'>) {
  const t = useText();
  const { viewer, may } = useConsole();
  const isOwn = viewer?.id === ruling.proposedBy;
  const maySign = may('batch.sign') && !isOwn && viewer?.signature !== null;
  return (
    <Card title={t('Quyết định', 'The decision')}>
      {maySign ? (
        <SignOrRefuse ruling={ruling} />
      ) : (
        <p>
          {isOwn
            ? t(
                'Bạn là người đề nghị nên không tự ký; người có chữ ký khác ký.',
                'You proposed it, so another signatory signs.',
              )
            : t(
                'Người có mẫu chữ ký (kế toán trưởng, chủ tài khoản) ký hoặc không đồng ý.',
                'A registered signatory (chief accountant, account holder) signs or refuses.',
              )}
        </p>
      )}
      {may('doubt.propose') && (
        <Disclosure summary={t('Rút lại đề nghị', 'Withdraw the proposal')}>
          <Form
            action={`/doubts/rulings/${ruling.id}/withdrawals`}
            label={t('Rút lại đề nghị', 'Withdraw the proposal')}
          >
            <TextArea
              id="field-reason-withdraw"
              name="reason"
              label={t('Vì sao rút', 'Why')}
              rows={2}
              maxLength={1000}
              required
            />
            <Submit tone="secondary">{t('Rút lại', 'Withdraw')}</Submit>
          </Form>
        </Disclosure>
      )}
    </Card>
  );
}

function SignOrRefuse({ ruling }: Pick<Props, 'ruling'>) {
  const t = useText();
  return (
    <>
      <Disclosure summary={t('Ký kết luận này', 'Sign it')} tone="primary">
        <p>
          {t('Bạn ký rằng: ', 'You sign that: ')}
          <strong>{t(OUTCOMES[ruling.outcome])}</strong>,{' '}
          {t(`${ruling.payments} khoản, `, `${ruling.payments} payments, `)}
          <Money amount={ruling.total} />.{' '}
          {t(
            'Không đảo lại được. Xin mở bằng chứng xem trước khi ký.',
            'It cannot be undone. Please open the evidence before you sign.',
          )}
        </p>
        <Form
          action={`/doubts/rulings/${ruling.id}/signatures`}
          label={t('Ký kết luận', 'Sign the ruling')}
        >
          <input type="hidden" name="digest" value={ruling.digest} />
          <Submit>{t('Tôi đã xem bằng chứng và ký', 'I have seen the evidence and sign')}</Submit>
        </Form>
      </Disclosure>
      <Disclosure summary={t('Không đồng ý', 'Refuse')} tone="danger">
        <Form action={`/doubts/rulings/${ruling.id}/refusals`} label={t('Không đồng ý', 'Refuse')}>
          <TextArea
            id="field-reason-refuse"
            name="reason"
            label={t('Vì sao không đồng ý', 'Why')}
            rows={2}
            maxLength={1000}
            required
          />
          <Submit tone="danger">{t('Không đồng ý', 'Refuse')}</Submit>
        </Form>
      </Disclosure>
    </>
  );
}

function Items({ items }: Pick<Props, 'items'>) {
  const t = useText();
  return (
    <Table
      caption={t('Các khoản chi', 'The payments')}
      columns={[
        {
          head: t('Khoản chi', 'Payment'),
          isName: true,
          cell: ({ paymentId, reference }) => <a href={`/doubts/${paymentId}`}>{reference}</a>,
        },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} />,
        },
        {
          head: t('Gửi lần cuối', 'Last sent'),
          cell: ({ lastSentAt }) => <Moment at={lastSentAt} />,
        },
        { head: t('Hiện nay', 'Now'), cell: ({ state }) => <State of="payment" is={state} /> },
        {
          head: t('Đề nghị này', 'This proposal'),
          cell: ({ result }) => {
            const text = RESULTS[result];
            return text ? t(text) : result;
          },
        },
      ]}
      rows={items}
    />
  );
}
