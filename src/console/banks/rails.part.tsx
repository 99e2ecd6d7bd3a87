import type { Opening, Rail } from '../../banks/index.js';
import { Badge, Count, Moment, Money, Table, useText } from '../kit/index.js';
import { CLOSED, railText } from './bank.words.js';

export interface RailNow {
  readonly rail: Rail;
  readonly opening: Opening;
}

/** Open now, or when it opens and why it is shut. */
export function RailOpening({ of: { opening } }: { of: RailNow }) {
  const t = useText();
  if (opening.isOpen) return <Badge tone="good" text={{ vi: 'Đang mở', en: 'Open' }} />;
  return (
    <>
      <Badge tone="waiting" text={{ vi: 'Đang đóng', en: 'Shut' }} /> {t(CLOSED[opening.why])};{' '}
      {t('mở lúc', 'opens at')} <Moment at={opening.until} />
      {opening.isProjected && ` (${t('lịch nghỉ dự kiến', 'by the projected calendar')})`}
    </>
  );
}

/** Every rail of a bank, in a line each. */
export function RailLines({ rails }: { rails: readonly RailNow[] }) {
  const t = useText();
  return (
    <ul class="list-unstyled mb-0">
      {rails.map((rail) => (
        <li>
          {t(railText(rail.rail.code))}: <RailOpening of={rail} />
        </li>
      ))}
    </ul>
  );
}

export function RailTable({ rails }: { rails: readonly RailNow[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Kênh chuyển tiền', 'Rails')}
      rows={rails}
      columns={[
        {
          head: t('Kênh', 'Rail'),
          isName: true,
          cell: ({ rail }) => t(railText(rail.code)),
        },
        { head: t('Lúc này', 'Now'), cell: (rail) => <RailOpening of={rail} /> },
        { head: t('Giờ nhận', 'Hours'), cell: ({ rail }) => <Hours of={rail} /> },
        {
          head: t('Số tiền một khoản', 'Amount of one payment'),
          cell: ({ rail }) => <Amounts of={rail} />,
        },
        { head: t('Hạn mức', 'Limits'), cell: ({ rail }) => <Limits of={rail} /> },
      ]}
    />
  );
}

function Hours({ of: { open } }: { of: Rail }) {
  const t = useText();
  if (open === 'always') return <>{t('Mọi lúc', 'Always')}</>;
  const days =
    open.days === 'daily' ? t('Mọi ngày', 'Every day') : t('Ngày làm việc', 'Working days');
  const cutOff = open.cutOff;
  return (
    <>
      {days} {open.from}–{open.to}
      {cutOff !== undefined && `, ${t('chốt', 'cut-off')} ${cutOff}`}
    </>
  );
}

function Amounts({ of: { minAmount, maxAmount } }: { of: Rail }) {
  const t = useText();
  if (minAmount === undefined && maxAmount === undefined) return <>{t('Không giới hạn', 'Any')}</>;
  return (
    <>
      {minAmount !== undefined && (
        <>
          {t('từ', 'from')} <Money amount={minAmount} />{' '}
        </>
      )}
      {maxAmount !== undefined && (
        <>
          {t('đến', 'up to')} <Money amount={maxAmount} />
        </>
      )}
    </>
  );
}

function Limits({ of: { limits } }: { of: Rail }) {
  const t = useText();
  const lines = [
    { name: t('một lần gửi', 'a message'), of: limits.perMessage },
    { name: t('một ngày', 'a day'), of: limits.perDay },
  ].filter(({ of }) => of.payments !== undefined || of.amount !== undefined);
  if (lines.length === 0) return <>{t('Không giới hạn', 'None')}</>;
  return (
    <ul class="list-unstyled mb-0">
      {lines.map(({ name, of }) => (
        <li>
          {of.payments !== undefined && (
            <>
              <Count of={of.payments} /> {t('khoản', 'payments')}{' '}
            </>
          )}
          {of.amount !== undefined && <Money amount={of.amount} />} / {name}
        </li>
      ))}
    </ul>
  );
}
