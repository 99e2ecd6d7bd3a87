import type { AttemptEntry, HistoryEntry } from '../../payments/index.js';
import type { NoticeOfPayment } from '../../settlements/index.js';
import { Card, Disclosure, Moment, Money, None, stateText, Table, useText } from '../kit/index.js';

export interface BankWordsProps {
  readonly history: readonly HistoryEntry[];
  readonly attempts: readonly AttemptEntry[];
  /** Null for whoever may not read notices. */
  readonly notices: readonly NoticeOfPayment[] | null;
}

/** What the bank itself wrote, as far as it is kept, behind a disclosure: codes and foreign words live here only. */
export function BankWords(props: BankWordsProps) {
  const t = useText();
  return (
    <Card class="no-print">
      <Disclosure
        summary={t(
          'Nguyên văn của ngân hàng (cho quản trị)',
          'The bank’s own words (for administrators)',
        )}
      >
        <Moves {...props} />
        <Calls attempts={props.attempts} />
        {props.notices && <Notices notices={props.notices} />}
        <p class="form-hint mb-0">
          {t(
            'Bản gốc có chữ ký số của thông báo được giữ làm chứng cứ và không hiển thị.',
            'The signed bytes of a notice are kept as evidence and are not shown.',
          )}
        </p>
      </Disclosure>
    </Card>
  );
}

function Moves({ history }: BankWordsProps) {
  const t = useText();
  const said = history.filter(({ reasonCode, reasonText, bankReference, bankAt }) =>
    [reasonCode, reasonText, bankReference, bankAt].some((part) => part !== null),
  );
  const title = t('Kèm theo mỗi lần chuyển tình trạng', 'With each change of state');
  return (
    <Table
      caption={title}
      showCaption
      rows={said}
      empty={t('Ngân hàng không ghi gì thêm.', 'The bank wrote nothing more.')}
      columns={[
        { head: t('Lúc', 'At'), isName: true, cell: ({ at }) => <Moment at={at} /> },
        { head: t('Tình trạng', 'State'), cell: ({ to }) => t(stateText('payment', to)) },
        { head: t('Mã', 'Code'), cell: ({ reasonCode }) => reasonCode ?? <None /> },
        { head: t('Nguyên văn', 'Text'), cell: ({ reasonText }) => reasonText ?? <None /> },
        {
          head: t('Mã ngân hàng', 'Bank reference'),
          cell: ({ bankReference }) => bankReference ?? <None />,
        },
        {
          head: t('Giờ của ngân hàng', 'Bank’s time'),
          cell: ({ bankAt }) => <Moment at={bankAt} />,
        },
      ]}
    />
  );
}

function Calls({ attempts }: Pick<BankWordsProps, 'attempts'>) {
  const t = useText();
  return (
    <Table
      caption={t('Các lần gọi ngân hàng', 'Calls to the bank')}
      showCaption
      rows={attempts}
      empty={t('Chưa gọi ngân hàng lần nào.', 'The bank was not called yet.')}
      columns={[
        {
          head: t('Lúc', 'At'),
          isName: true,
          cell: ({ startedAt }) => <Moment at={startedAt} />,
        },
        {
          head: t('Việc', 'What'),
          cell: ({ kind }) => (kind === 'pay' ? t('gửi lệnh', 'sent') : t('tra soát', 'asked')),
        },
        { head: t('Xong lúc', 'Ended'), cell: ({ endedAt }) => <Moment at={endedAt} /> },
        {
          head: t('Nguyên văn kết quả', 'Outcome'),
          cell: ({ outcome, answer, why }) =>
            [answer ?? outcome, why].filter((part) => part !== null).join(': ') || <None />,
        },
      ]}
    />
  );
}

function Notices({ notices }: { notices: readonly NoticeOfPayment[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Thông báo của ngân hàng về khoản này', 'The bank’s notices about it')}
      showCaption
      rows={notices}
      empty={t('Không có thông báo nào.', 'There are none.')}
      columns={[
        {
          head: t('Nhận lúc', 'Received'),
          isName: true,
          cell: ({ bankNoticeId, receivedAt }) => (
            <a href={`/admin/notices/${bankNoticeId}`}>
              <Moment at={receivedAt} />
            </a>
          ),
        },
        { head: t('Số thông báo', 'Notice'), cell: ({ noticeId }) => noticeId },
        { head: t('Báo', 'Says'), cell: ({ fact, why }) => fact ?? why ?? <None /> },
        {
          head: t('Mã và nguyên văn', 'Code and text'),
          cell: ({ reasonCode, reasonText }) =>
            [reasonCode, reasonText].filter((part) => part !== null).join(': ') || <None />,
        },
        {
          head: t('Số tiền', 'Amount'),
          isNumber: true,
          cell: ({ amount }) => (amount === null ? <None /> : <Money amount={amount} />),
        },
      ]}
    />
  );
}
