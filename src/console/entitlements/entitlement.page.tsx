import type { EntitlementView, HistoryView } from '../../entitlements/index.js';
import { formatPeriod, maskTail } from '../../kernel/index.js';
import type { PaymentRow } from '../../payments/index.js';
import {
  Callout,
  Card,
  Day,
  Disclosure,
  Facts,
  Field,
  Form,
  href,
  kindText,
  Moment,
  Money,
  State,
  Submit,
  Table,
  TextArea,
  Timeline,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { stepText } from './entitlement.texts.js';

interface Props {
  readonly entitlement: EntitlementView;
  readonly history: readonly HistoryView[];
  /** Null for who may not see payments. */
  readonly payments: readonly PaymentRow[] | null;
}

/** One thing that is owed: by which decision, how it stands, what was paid of it, and an end to it. */
export function EntitlementPage({ entitlement, history, payments }: Props) {
  const t = useText();
  return (
    <>
      <div class="columns">
        <About of={entitlement} />
        <Card title={t('Diễn biến', 'What happened')}>
          <History of={history} />
        </Card>
      </div>
      {payments && <Payments of={payments} />}
      <Ending of={entitlement} />
    </>
  );
}

function About({ of }: { of: EntitlementView }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Khoản được hưởng', 'The entitlement')}>
      <Facts
        of={[
          {
            name: t('Người hưởng', 'Beneficiary'),
            value: <a href={`/beneficiaries/${of.beneficiaryId}`}>{of.fullName}</a>,
          },
          { name: t('Chế độ', 'Programme'), value: t(names.programme(of.programme)) },
          { name: t('Kỳ', 'Period'), value: formatPeriod(of.period) },
          { name: t('Loại khoản', 'Kind'), value: t(kindText(of.kind)) },
          { name: t('Số tiền', 'Amount'), value: <Money amount={of.amount} /> },
          { name: t('Tình trạng', 'State'), value: <State of="entitlement" is={of.state} /> },
          of.failedCode !== null && {
            name: t('Lần chi trước không thành vì', 'The last payment failed because'),
            value: t(names.reason(of.failedCode)),
          },
          {
            name: t('Quyết định', 'Decision'),
            value: (
              <>
                <a href={href('/entitlements', { decision: of.decisionNumber })}>
                  {of.decisionNumber}
                </a>{' '}
                (<Day iso={of.decisionDate} />)
              </>
            ),
          },
          { name: t('Xã, phường', 'Commune'), value: names.commune(of.communeCode) },
          { name: t('Nguồn kinh phí', 'Fund'), value: t(names.fund(of.fund)) },
          of.recipientName !== null && {
            name: t('Người nhận thay', 'Authorised recipient'),
            value: (
              <>
                {of.recipientName}, {t('giấy ủy quyền đến', 'until')}{' '}
                <Day iso={of.authorisedUntil} />
              </>
            ),
          },
          of.batchId !== null && {
            name: t('Đợt chi', 'Batch'),
            value: <a href={`/batches/${of.batchId}`}>{t('Xem đợt chi', 'See the batch')}</a>,
          },
          {
            name: t('Từ danh sách', 'From the list'),
            value: (
              <a href={`/imports/${of.importId}/rows/${of.row}`}>
                {t(`dòng ${of.row}`, `row ${of.row}`)}
              </a>
            ),
          },
          of.note !== null && { name: t('Ghi chú', 'Note'), value: of.note },
          of.endReason !== null && { name: t('Lý do dừng', 'Why it ended'), value: of.endReason },
        ]}
      />
    </Card>
  );
}

function History({ of }: { of: readonly HistoryView[] }) {
  const t = useText();
  const names = useNames();
  return (
    <Timeline
      of={of.map((step) => ({
        at: step.at,
        title: t(stepText(step)),
        by: step.actorKind === 'system' ? t('hệ thống', 'the system') : step.actorName,
        tone: step.reasonCode === null ? undefined : ('warning' as const),
        children: (
          <>
            {step.reasonCode && <p class="mb-0">{t(names.reason(step.reasonCode))}</p>}
            {step.batchId && (
              <a href={`/batches/${step.batchId}`}>{t('Xem đợt chi', 'See the batch')}</a>
            )}
          </>
        ),
      }))}
    />
  );
}

function Payments({ of }: { of: readonly PaymentRow[] }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Các lần chi', 'Payments')} isFlush>
      <Table
        caption={t('Các lần chi của khoản này', 'Payments of this entitlement')}
        rows={of}
        empty={t('Chưa chi lần nào.', 'Nothing was paid yet.')}
        columns={[
          {
            head: t('Lập lúc', 'Made'),
            isName: true,
            cell: (row) => (
              <a href={`/payments/${row.id}`}>
                <Moment at={row.createdAt} />
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
                {row.reasonCode && <span class="cell-note">{t(names.reason(row.reasonCode))}</span>}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Ending({ of }: { of: EntitlementView }) {
  const t = useText();
  const { may } = useConsole();
  if (of.state === 'ended' || of.state === 'paid' || !may('import.write')) return null;
  if (of.state === 'in_batch') {
    return (
      <Callout tone="info">
        {t(
          'Muốn dừng khoản này, hãy bỏ nó khỏi đợt chi trước.',
          'To end this entitlement, take it out of its batch first.',
        )}
      </Callout>
    );
  }
  const label = t('Dừng khoản này theo quyết định', 'End it by a decision');
  return (
    <Disclosure summary={label} tone="danger">
      <Form action={`/entitlements/${of.id}/endings`} label={label}>
        <p>
          {t(
            'Khoản đã dừng thì không chi nữa và không mở lại được; muốn chi phải gửi một dòng mới trong danh sách.',
            'What has ended is not paid any more and does not open again; paying it takes a new row in a list.',
          )}
        </p>
        <Field
          name="decisionNumber"
          required
          maxLength={140}
          label={t('Số quyết định dừng', 'Number of the decision')}
          hint={t('Ví dụ 45/QĐ-UBND', 'For example 45/QĐ-UBND')}
        />
        <TextArea name="reason" required maxLength={500} label={t('Lý do', 'Reason')} />
        <Submit tone="danger">{t('Dừng khoản này', 'End it')}</Submit>
      </Form>
    </Disclosure>
  );
}
