import type { Bank } from '../../banks/index.js';
import type { NoticeRow, RefusalRow } from '../../settlements/index.js';
import {
  Card,
  Count,
  Empty,
  FilterBar,
  Moment,
  None,
  Pager,
  Select,
  State,
  Table,
  Tabs,
  useText,
} from '../kit/index.js';
import { FAULT_TEXTS, SHOWINGS } from './notice.words.js';

type Banks = readonly Pick<Bank, 'code' | 'name'>[];

export function NoticeTabs() {
  return (
    <Tabs
      of={[
        { href: '/admin/notices', text: { vi: 'Đã nhận', en: 'Taken in' } },
        {
          href: '/admin/notices/refused',
          text: { vi: 'Không kiểm chứng được', en: 'Refused at the door' },
        },
      ]}
    />
  );
}

export function BankChoice({ banks, value }: { banks: Banks; value: string | undefined }) {
  const t = useText();
  return (
    <Select
      name="bank"
      label={t('Ngân hàng', 'Bank')}
      any={t('Mọi ngân hàng', 'All banks')}
      value={value}
      choices={banks.map(({ code, name }) => ({ value: code, text: name }))}
    />
  );
}

export const bankName = (banks: Banks, code: string): string =>
  banks.find((bank) => bank.code === code)?.name ?? code;

/** What banks told us by themselves. */
export function NoticeList(props: {
  readonly banks: Banks;
  readonly filter: { readonly bank?: string; readonly show?: string };
  readonly notices: readonly NoticeRow[];
  readonly nextCursor: string | null;
}) {
  const { banks, filter, notices, nextCursor } = props;
  const t = useText();
  return (
    <>
      <NoticeTabs />
      <FilterBar action="/admin/notices">
        <BankChoice banks={banks} value={filter.bank} />
        <Select
          name="show"
          label={t('Cho xem', 'Show')}
          any={t('Mọi thông báo', 'All notices')}
          value={filter.show}
          choices={Object.entries(SHOWINGS).map(([value, { text }]) => ({ value, text }))}
        />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Thông báo của ngân hàng, mới nhất trước', 'Notices, the newest first')}
          rows={notices}
          empty={
            <Empty title={t('Không có thông báo nào khớp.', 'No notice matches.')}>
              <p>
                {t(
                  'Ngân hàng tự gửi thông báo khi kết quả thay đổi. Ngân hàng dùng tệp thì xem ở Tệp với ngân hàng.',
                  'Banks send notices by themselves when something changes. Those that use files are under Bank files.',
                )}
              </p>
            </Empty>
          }
          columns={[
            {
              head: t('Nhận lúc', 'Received'),
              isName: true,
              cell: (row) => (
                <a href={`/admin/notices/${row.id}`}>
                  <Moment at={row.receivedAt} />
                </a>
              ),
            },
            { head: t('Ngân hàng', 'Bank'), cell: (row) => bankName(banks, row.bank) },
            {
              head: t('Tình trạng', 'State'),
              cell: (row) => <State of="notice" is={row.state} />,
            },
            {
              head: t('Nói về', 'About'),
              isNumber: true,
              cell: (row) => (
                <>
                  <Count of={row.items} /> {t('khoản', 'payments')}
                </>
              ),
            },
            {
              head: t('Không rõ nghĩa', 'Uncertain'),
              isNumber: true,
              cell: (row) => (row.unread > 0 ? <Count of={row.unread} /> : <None />),
            },
            {
              head: t('Gửi lại', 'Repeated'),
              isNumber: true,
              cell: (row) =>
                row.repeated > 0 ? t(`${row.repeated} lần`, `${row.repeated} times`) : <None />,
            },
          ]}
        />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

/** What came in a bank's name and was not taken in: only how often, and why. */
export function RefusalList(props: {
  readonly banks: Banks;
  readonly bank: string | undefined;
  readonly refusals: readonly RefusalRow[];
  readonly nextCursor: string | null;
}) {
  const { banks, bank, refusals, nextCursor } = props;
  const t = useText();
  return (
    <>
      <NoticeTabs />
      <p>
        {t(
          'Tin mang tên ngân hàng nhưng không kiểm chứng được thì không giữ lại chữ nào, chỉ đếm theo giờ. Vài tin rải rác là chuyện thường; nhiều liên tục thì báo ngân hàng và người quản trị máy chủ.',
          'Nothing is kept of a message in a bank’s name that cannot be verified; it is counted by the hour. A few are usual; if they go on, tell the bank and the server’s administrator.',
        )}
      </p>
      <FilterBar action="/admin/notices/refused">
        <BankChoice banks={banks} value={bank} />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Tin bị từ chối, theo giờ', 'Refused messages, by the hour')}
          rows={refusals}
          empty={<Empty title={t('Chưa từ chối tin nào.', 'Nothing was refused.')} />}
          columns={[
            {
              head: t('Trong giờ từ', 'In the hour from'),
              isName: true,
              cell: ({ hour }) => <Moment at={hour} />,
            },
            { head: t('Mang tên', 'In the name of'), cell: (row) => bankName(banks, row.bank) },
            { head: t('Vì sao không nhận', 'Why'), cell: ({ fault }) => t(FAULT_TEXTS[fault]) },
            {
              head: t('Số tin', 'Messages'),
              isNumber: true,
              cell: ({ times }) => <Count of={times} />,
            },
            { head: t('Lần cuối', 'Last'), cell: ({ lastAt }) => <Moment at={lastAt} /> },
          ]}
        />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}
