import type { BankStanding } from '../../banks/index.js';
import type { BankWork } from '../../payments/index.js';
import {
  Badge,
  Card,
  Count,
  Empty,
  href,
  Moment,
  Money,
  None,
  Table,
  useText,
} from '../kit/index.js';
import { STANDINGS } from './bank.words.js';
import { RailLines, type RailNow } from './rails.part.js';

export interface BankSeen extends BankStanding {
  readonly work: BankWork;
  readonly rails: readonly RailNow[];
}

/** Every bank of this office, and how it stands now. */
export function BankList({ banks }: { banks: readonly BankSeen[] }) {
  const t = useText();
  return (
    <Card isFlush>
      <Table
        caption={t('Ngân hàng', 'Banks')}
        rows={banks}
        empty={
          <Empty title={t('Chưa nối ngân hàng nào.', 'No bank is connected.')} guide="setting-up">
            <p>
              {t(
                'Mỗi ngân hàng là một tệp trong config/banks; người quản trị máy chủ thêm vào.',
                'Each bank is a file in config/banks, which the server’s administrator adds.',
              )}
            </p>
          </Empty>
        }
        columns={[
          {
            head: t('Ngân hàng', 'Bank'),
            isName: true,
            cell: ({ bank }) => <a href={`/admin/banks/${bank.code}`}>{bank.name}</a>,
          },
          { head: t('Tình trạng', 'State'), cell: (seen) => <StandingNow of={seen} /> },
          {
            head: t('Kênh chuyển tiền', 'Rails'),
            cell: ({ rails }) => <RailLines rails={rails} />,
          },
          { head: t('Chờ gửi', 'Waiting'), cell: ({ work }) => <Waiting work={work} /> },
          {
            head: t('Chưa rõ kết quả', 'In doubt'),
            isNumber: true,
            cell: ({ work }) => <Doubts work={work} />,
          },
        ]}
      />
    </Card>
  );
}

/** Whether it is sent to, and if not, why and until when. */
export function StandingNow({ of: { standing, health } }: { of: BankStanding }) {
  const t = useText();
  const { tone, vi, en } = STANDINGS[standing];
  return (
    <>
      <Badge tone={tone} text={{ vi, en }} />
      {standing === 'off' && (
        <p class="mb-0">
          {t('Từ', 'Since')} <Moment at={health.switchedOffAt} />, {t('bởi', 'by')}{' '}
          {health.switchedOffBy}: {health.switchedOffReason}
        </p>
      )}
      {standing === 'unreachable' && (
        <p class="mb-0">
          {t('Từ', 'Since')} <Moment at={health.failingSince ?? health.openedAt} />
          {health.nextProbeAt && (
            <>
              ; {t('tự thử lại lúc', 'tried again at')} <Moment at={health.nextProbeAt} />
            </>
          )}
        </p>
      )}
      {standing === 'paused' && (
        <p class="mb-0">
          {t('Đến', 'Until')} <Moment at={health.pausedUntil} />
        </p>
      )}
    </>
  );
}

/** Payments that wait for this bank; a link to them. */
export function Waiting({ work }: { work: BankWork }) {
  const t = useText();
  if (work.waiting === 0) return <None />;
  return (
    <>
      <a href={href('/payments', { bank: work.bankCode, state: 'ready' })}>
        {work.isMore && t('hơn ', 'more than ')}
        <Count of={work.waiting} /> {t('khoản', 'payments')}
      </a>
      {!work.isMore && (
        <>
          {', '}
          <Money amount={work.total} />
        </>
      )}
      {work.because !== null && work.nextAt && (
        <>
          <br />
          {t('gửi từ', 'goes from')} <Moment at={work.nextAt} />
        </>
      )}
    </>
  );
}

export function Doubts({ work }: { work: BankWork }) {
  if (work.inDoubt === 0) return <None />;
  return (
    <a href={href('/doubts', { bank: work.bankCode })}>
      <Count of={work.inDoubt} />
    </a>
  );
}
