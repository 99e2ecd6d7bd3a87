import type { NoticeItemRow, NoticeRow } from '../../settlements/index.js';
import {
  Badge,
  Callout,
  Card,
  Count,
  Disclosure,
  Facts,
  Moment,
  Money,
  None,
  Pager,
  State,
  Table,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { FACT_TEXTS, RESULT_TEXTS } from './notice.words.js';

export interface NoticePageProps {
  readonly notice: NoticeRow;
  readonly bank: string;
  readonly items: readonly NoticeItemRow[];
  readonly nextCursor: string | null;
}

/** One message of a bank: what it says of each payment, and what came of it. */
export function NoticePage({ notice, bank, items, nextCursor }: NoticePageProps) {
  const t = useText();
  return (
    <>
      {notice.state === 'conflict' && (
        <Callout tone="danger" title={t('Không áp dụng', 'Not applied')}>
          {t(
            'Ngân hàng đã gửi số thông báo này trước đó với nội dung khác. Bản đầu tiên được dùng. Xin hỏi ngân hàng bản nào đúng.',
            'The bank had sent this number with another content before. The first counts. Please ask the bank which one it meant.',
          )}
        </Callout>
      )}
      <Card>
        <Facts
          of={[
            {
              name: t('Ngân hàng', 'Bank'),
              value: <a href={`/admin/banks/${notice.bank}`}>{bank}</a>,
            },
            { name: t('Tình trạng', 'State'), value: <State of="notice" is={notice.state} /> },
            {
              name: t('Số của ngân hàng', 'The bank’s number'),
              value: <code>{notice.noticeId}</code>,
            },
            { name: t('Ngân hàng gửi lúc', 'Sent'), value: <Moment at={notice.sentAt} /> },
            { name: t('Nhận lúc', 'Received'), value: <Moment at={notice.receivedAt} /> },
            { name: t('Áp dụng lúc', 'Applied'), value: <Moment at={notice.appliedAt} /> },
            notice.repeated > 0 && {
              name: t('Gửi lại', 'Came again'),
              value: (
                <>
                  <Count of={notice.repeated} /> {t('lần; lần cuối', 'times; last')}{' '}
                  <Moment at={notice.lastSeenAt} />.{' '}
                  {t('Gửi lại không làm gì thêm.', 'Repetitions change nothing.')}
                </>
              ),
            },
            notice.applyFailures > 0 && {
              name: t('Lần áp dụng chưa được', 'Failed to apply'),
              value: <Count of={notice.applyFailures} />,
            },
            notice.fileId !== null && {
              name: t('Nằm trong tệp', 'Of the file'),
              value: <a href={`/admin/files/${notice.fileId}`}>{t('xem tệp', 'the file')}</a>,
            },
          ]}
        />
        <RawLink notice={notice} />
      </Card>
      <Card title={t('Ngân hàng nói gì', 'What the bank says')} isFlush>
        <Items items={items} />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

function RawLink({ notice }: { notice: NoticeRow }) {
  const { may } = useConsole();
  const t = useText();
  return (
    <Disclosure summary={t('Nguyên văn', 'As it was sent')}>
      {may('run.operate') ? (
        <p>
          {t('Mỗi lần xem được ghi vào nhật ký. ', 'Every look at it is recorded. ')}
          <a href={`/admin/notices/${notice.id}/body`}>
            {t('Xem nguyên văn tin ngân hàng gửi', 'Show the message as the bank sent it')}
          </a>
        </p>
      ) : (
        <p>
          {t(
            'Chỉ người điều hành chi trả (lập bảng, kế toán trưởng, chủ tài khoản) xem được nguyên văn.',
            'Only those who operate payments see it: preparers, chief accountants, account holders.',
          )}
        </p>
      )}
    </Disclosure>
  );
}

function Items({ items }: { items: readonly NoticeItemRow[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Từng khoản trong thông báo', 'The items of the notice')}
      rows={items}
      empty={t('Thông báo này không nói về khoản nào.', 'The notice speaks of no payment.')}
      columns={[
        { head: t('Khoản chi', 'Payment'), isName: true, cell: (item) => <Payment of={item} /> },
        { head: t('Ngân hàng nói', 'The bank says'), cell: (item) => <Says of={item} /> },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => (amount === null ? <None /> : <Money amount={amount} />),
        },
        { head: t('Kết quả', 'Result'), cell: (item) => <Result of={item} /> },
      ]}
    />
  );
}

function Payment({ of: { reference, paymentId } }: { of: NoticeItemRow }) {
  const text = reference ?? '…';
  return paymentId ? <a href={`/payments/${paymentId}`}>{text}</a> : <>{text}</>;
}

function Says({ of: { fact, reasonCode, happenedAt, why } }: { of: NoticeItemRow }) {
  const names = useNames();
  const t = useText();
  if (fact === null) {
    return why === null ? (
      <None />
    ) : (
      <Disclosure summary={t('không rõ nghĩa', 'nothing certain')}>
        <code>{why}</code>
      </Disclosure>
    );
  }
  return (
    <>
      {t(FACT_TEXTS[fact])}
      {reasonCode !== null && `: ${t(names.reason(reasonCode))}`}
      {happenedAt && (
        <>
          {', '}
          <Moment at={happenedAt} />
        </>
      )}
    </>
  );
}

function Result({ of: { result } }: { of: NoticeItemRow }) {
  const t = useText();
  if (result === null) return <>{t('Chưa áp dụng', 'Not applied')}</>;
  const { tone, vi, en } = RESULT_TEXTS[result];
  return <Badge tone={tone} text={{ vi, en }} />;
}

/** The bytes that were signed, as text. */
export function NoticeBody({ text }: { text: string }) {
  const t = useText();
  return (
    <Card>
      <p>
        {t(
          'Đúng từng chữ như ngân hàng đã gửi và ký. Nhật ký đã ghi việc bạn xem trang này.',
          'Letter by letter as the bank sent and signed it. The trail holds that you looked at this page.',
        )}
      </p>
      <pre class="raw" tabIndex={0}>
        {text}
      </pre>
    </Card>
  );
}
