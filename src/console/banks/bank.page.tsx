import type { BankFileRow, HealthEntry } from '../../banks/index.js';
import { waitText, type BankCallRow, type CallTally } from '../../payments/index.js';
import {
  Badge,
  Card,
  Count,
  Disclosure,
  Facts,
  Form,
  href,
  Moment,
  None,
  State,
  Submit,
  Table,
  TextArea,
  Timeline,
  useConsole,
  useText,
} from '../kit/index.js';
import { CALL_KINDS, CALL_OUTCOMES, HAPPENED } from './bank.words.js';
import { Doubts, StandingNow, Waiting, type BankSeen } from './banks.page.js';
import { RailTable } from './rails.part.js';

export interface BankPageProps {
  readonly seen: BankSeen;
  readonly history: readonly HealthEntry[];
  readonly calls: readonly BankCallRow[];
  readonly tally: readonly CallTally[];
  readonly files: readonly BankFileRow[];
}

/** One bank: whether it is sent to, what waits for it, how it answered, its files. */
export function BankPage({ seen, history, calls, tally, files }: BankPageProps) {
  const t = useText();
  return (
    <>
      <div class="columns">
        <Now seen={seen} />
        <Switch seen={seen} />
      </div>
      <Card title={t('Kênh chuyển tiền', 'Rails')} isFlush>
        <RailTable rails={seen.rails} />
      </Card>
      <Calls calls={calls} tally={tally} bankCode={seen.bank.code} />
      <div class="columns">
        <History history={history} />
        <Files files={files} bankCode={seen.bank.code} />
      </div>
    </>
  );
}

function Now({ seen }: { seen: BankSeen }) {
  const t = useText();
  const { bank, health, work } = seen;
  return (
    <Card title={t('Lúc này', 'Now')}>
      <Facts
        of={[
          { name: t('Tình trạng', 'State'), value: <StandingNow of={seen} /> },
          {
            name: t('Cách gửi', 'How it is sent to'),
            value:
              bank.settings.mode === 'single'
                ? t('Từng khoản một', 'One payment at a time')
                : t('Nhiều khoản một lần', 'Many payments at once'),
          },
          { name: t('Chờ gửi', 'Waiting'), value: <Waiting work={work} /> },
          work.because !== null && {
            name: t('Vì sao chờ', 'Why they wait'),
            value: t(waitText(work.because)),
          },
          { name: t('Chưa rõ kết quả', 'In doubt'), value: <Doubts work={work} /> },
          health.lastFailedAt !== null && {
            name: t('Lần lỗi gần nhất', 'Last unanswered'),
            value: (
              <>
                <Moment at={health.lastFailedAt} />
                {health.lastWhy && <Raw text={health.lastWhy} />}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}

/** In the words of the program or the bank, for whoever looks after the connection. */
function Raw({ text }: { text: string }) {
  const t = useText();
  return (
    <Disclosure summary={t('Nguyên văn', 'As it was said')}>
      <code>{text}</code>
    </Disclosure>
  );
}

function Switch({ seen: { bank, health } }: { seen: BankSeen }) {
  const { may } = useConsole();
  const t = useText();
  const isOff = health.switchedOffAt !== null;
  const title = isOff ? t('Mở lại việc gửi', 'Switch on') : t('Ngừng gửi', 'Switch off');
  if (!may('bank.operate')) {
    return (
      <Card title={title}>
        <p>
          {t(
            'Chỉ kế toán trưởng và chủ tài khoản ngừng hoặc mở lại được.',
            'Only chief accountants and account holders switch banks.',
          )}
        </p>
      </Card>
    );
  }
  return (
    <Card title={title}>
      <p>
        {isOff
          ? t(
              'Khoản đang chờ sẽ được gửi ngay, trong giờ của từng kênh.',
              'What waits is sent at once, within the hours of its rail.',
            )
          : t(
              'Không gửi thêm gì tới ngân hàng này. Khoản chưa gửi thì chờ, không chuyển sang ngân hàng khác; khoản đã gửi vẫn được hỏi kết quả. Mở lại được bất cứ lúc nào.',
              'Nothing more is sent to this bank. What is not sent waits and never goes another way; what was sent is asked after. It can be switched on again at any time.',
            )}
      </p>
      <Disclosure
        summary={isOff ? t('Mở lại…', 'Switch on…') : t('Ngừng gửi…', 'Switch off…')}
        tone={isOff ? 'primary' : 'danger'}
      >
        <Form action={`/admin/banks/${bank.code}/switches`}>
          <input type="hidden" name="to" value={isOff ? 'on' : 'off'} />
          <TextArea
            name="reason"
            label={t('Lý do', 'Why')}
            hint={t(
              'Đồng nghiệp sẽ đọc lý do này; ví dụ: ngân hàng báo bảo trì đến 15:00.',
              'Your colleagues read it, such as: the bank announced maintenance until 15:00.',
            )}
            maxLength={1000}
            required
          />
          <Submit tone={isOff ? 'primary' : 'danger'}>{title}</Submit>
        </Form>
      </Disclosure>
    </Card>
  );
}

function Calls(props: {
  readonly calls: readonly BankCallRow[];
  readonly tally: readonly CallTally[];
  readonly bankCode: string;
}) {
  const { calls, tally, bankCode } = props;
  const t = useText();
  return (
    <Card
      title={t('Liên lạc gần đây', 'Latest calls')}
      actions={<a href={`/admin/banks/${bankCode}/calls`}>{t('Xem tất cả', 'All of them')}</a>}
      isFlush
    >
      {tally.length > 0 && (
        <p class="card-body mb-0">
          {t('Trong các lần liên lạc gần nhất: ', 'Of the latest calls: ')}
          {tally.map(({ outcome, calls: count }, at) => (
            <>
              {at > 0 && ', '}
              {t(CALL_OUTCOMES[outcome ?? 'open'])} <Count of={count} />
            </>
          ))}
        </p>
      )}
      <CallTable calls={calls} />
    </Card>
  );
}

export function CallTable({ calls }: { calls: readonly BankCallRow[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Các lần liên lạc, mới nhất trước', 'Calls, the newest first')}
      rows={calls}
      empty={t('Chưa gọi ngân hàng này lần nào.', 'This bank was never called.')}
      columns={[
        { head: t('Lúc', 'When'), isName: true, cell: (call) => <Moment at={call.startedAt} /> },
        { head: t('Việc', 'What'), cell: (call) => t(CALL_KINDS[call.kind]) },
        {
          head: t('Số khoản', 'Payments'),
          isNumber: true,
          cell: (call) => <Count of={call.payments} />,
        },
        { head: t('Kết quả', 'Outcome'), cell: (call) => <CallOutcome of={call} /> },
        {
          head: t('Ghi chú', 'Note'),
          cell: (call) => (call.why ? <Raw text={call.why} /> : <None />),
        },
      ]}
    />
  );
}

function CallOutcome({ of }: { of: BankCallRow }) {
  const { tone, vi, en } = CALL_OUTCOMES[of.outcome ?? 'open'];
  return <Badge tone={tone} text={{ vi, en }} />;
}

function History({ history }: { history: readonly HealthEntry[] }) {
  const t = useText();
  return (
    <Card title={t('Sự cố và lần ngừng, mở', 'Outages and switches')}>
      {history.length === 0 ? (
        <p>{t('Chưa có sự cố nào.', 'Nothing has happened yet.')}</p>
      ) : (
        <Timeline
          of={history.map((entry) => ({
            at: entry.at,
            title: t(HAPPENED[entry.happened]),
            by: entry.actorKind === 'user' ? entry.actorName : t('hệ thống', 'the system'),
            children: <Reason of={entry} />,
          }))}
        />
      )}
    </Card>
  );
}

function Reason({ of: { reason, until, actorKind } }: { of: HealthEntry }) {
  const t = useText();
  return (
    <>
      {until && (
        <p>
          {t('Đến', 'Until')} <Moment at={until} />
        </p>
      )}
      {reason && (actorKind === 'user' ? <p>{reason}</p> : <Raw text={reason} />)}
    </>
  );
}

function Files({ files, bankCode }: { files: readonly BankFileRow[]; bankCode: string }) {
  const t = useText();
  return (
    <Card
      title={t('Tệp gần đây', 'Latest files')}
      actions={
        <a href={href('/admin/files', { bank: bankCode })}>{t('Xem tất cả', 'All of them')}</a>
      }
    >
      {files.length === 0 ? (
        <p>{t('Chưa có tệp nào qua lại.', 'No file has passed.')}</p>
      ) : (
        <ul class="list-unstyled">
          {files.map((file) => (
            <li>
              <a href={`/admin/files/${file.id}`}>{file.fileName}</a>{' '}
              <State of="bankFile" is={file.state} /> <Moment at={file.createdAt} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
