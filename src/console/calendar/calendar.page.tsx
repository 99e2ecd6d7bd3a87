import type { CalendarDay } from '../../organisation/index.js';
import type { Bilingual } from '../../kernel/index.js';
import type { Deadline } from '../../reports/index.js';
import { Badge, Callout, Card, Day, Empty, href, Table, useText } from '../kit/index.js';

export interface CalendarProps {
  readonly year: number;
  readonly thisYear: number;
  /** Days that differ from the week's rhythm. */
  readonly days: readonly (CalendarDay & { readonly isProjected: boolean })[];
  readonly isYearProjected: boolean;
  /** The next time of each deadline. */
  readonly deadlines: readonly Deadline[];
}

/** A year's days off and worked Saturdays, and the deadlines to come. */
export function CalendarPage(props: CalendarProps) {
  const { year, days, isYearProjected, deadlines } = props;
  const t = useText();
  return (
    <>
      <Card title={t('Hạn sắp tới', 'Deadlines to come')} isFlush>
        <Deadlines deadlines={deadlines} />
      </Card>
      <YearLinks {...props} />
      {isYearProjected && (
        <Callout tone="warning" title={t('Lịch dự kiến', 'A projected calendar')}>
          {days.length === 0
            ? t(
                `Chưa nhập ngày nghỉ của năm ${year}: hệ thống chỉ coi thứ Bảy và Chủ nhật là ngày nghỉ. Người quản trị thêm vào tệp config/calendars/vn.yaml.`,
                `The days off of ${year} are not entered: only weekends count. The administrator adds them to config/calendars/vn.yaml.`,
              )
            : t(
                `Ngày nghỉ năm ${year} chưa được công bố; hạn và giờ ngân hàng trong năm có thể dịch chuyển. Khi có thông báo chính thức, người quản trị sửa tệp config/calendars/vn.yaml.`,
                `The days off of ${year} are not announced yet; deadlines and bank hours may move. Once they are, the administrator mends config/calendars/vn.yaml.`,
              )}
        </Callout>
      )}
      <Card
        title={t(`Ngày nghỉ và ngày làm bù ${year}`, `Days off and worked Saturdays ${year}`)}
        isFlush
      >
        <Days days={days} />
      </Card>
      <p class="text-secondary">
        {t(
          'Hạn rơi vào ngày nghỉ thì làm xong trước ngày đó. Kênh chuyển tiền chỉ chạy ngày làm việc thì nghỉ đúng các ngày này.',
          'A deadline on a day off is met before it. Rails that work on working days only rest on these days.',
        )}
      </p>
    </>
  );
}

function YearLinks({ year, thisYear }: Pick<CalendarProps, 'year' | 'thisYear'>) {
  const t = useText();
  return (
    <nav class="tabs" aria-label={t('Năm', 'Year')}>
      <ul>
        {[thisYear - 1, thisYear, thisYear + 1].map((one) => (
          <li>
            <a
              href={href('/admin/calendar', { year: one })}
              aria-current={one === year ? 'page' : undefined}
            >
              {t(`Năm ${one}`, String(one))}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Deadlines({ deadlines }: { deadlines: readonly Deadline[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Hạn sắp tới, gần nhất trước', 'Deadlines, the nearest first')}
      rows={deadlines}
      empty={<Empty title={t('Chưa đặt hạn nào.', 'No deadlines are set.')} />}
      columns={[
        { head: t('Việc', 'What'), isName: true, cell: ({ name }) => t(name) },
        { head: t('Trước ngày', 'Before'), cell: ({ before }) => <Day iso={before} /> },
        {
          head: t('Ngày làm việc cuối cùng', 'Last working day'),
          cell: (deadline) => <DueOn of={deadline} />,
        },
        { head: t('Còn', 'Left'), cell: ({ daysLeft }) => <DaysLeft of={daysLeft} /> },
        { head: t('Căn cứ', 'By'), cell: ({ law }) => law ?? '' },
      ]}
    />
  );
}

function DueOn({ of: { dueOn, isMoved, isProjected } }: { of: Deadline }) {
  const t = useText();
  return (
    <>
      <Day iso={dueOn} />
      {isMoved && ` (${t('sớm hơn vì ngày nghỉ', 'earlier, for days off')})`}
      {isProjected && ` (${t('lịch dự kiến', 'projected calendar')})`}
    </>
  );
}

/** Fewer days than this are few. */
const SOON_DAYS = 3;

function DaysLeft({ of: days }: { of: number }) {
  const t = useText();
  if (days === 0) return <Badge tone="bad" text={t('Hôm nay', 'Today')} />;
  const text = t(`${days} ngày`, `${days} days`);
  return days <= SOON_DAYS ? <Badge tone="doubt" text={text} /> : <>{text}</>;
}

const KINDS: Readonly<Record<CalendarDay['kind'], Bilingual>> = {
  holiday: { vi: 'Nghỉ lễ', en: 'Public holiday' },
  compensation: { vi: 'Nghỉ bù', en: 'Day off for a holiday on a weekend' },
  'swap-off': { vi: 'Nghỉ hoán đổi', en: 'Day off, made up on a Saturday' },
  'swap-work': { vi: 'Thứ Bảy đi làm bù', en: 'Worked Saturday' },
};

const WEEKDAYS: readonly Bilingual[] = [
  { vi: 'Chủ nhật', en: 'Sunday' },
  { vi: 'thứ Hai', en: 'Monday' },
  { vi: 'thứ Ba', en: 'Tuesday' },
  { vi: 'thứ Tư', en: 'Wednesday' },
  { vi: 'thứ Năm', en: 'Thursday' },
  { vi: 'thứ Sáu', en: 'Friday' },
  { vi: 'thứ Bảy', en: 'Saturday' },
];

function weekdayOf(date: string): Bilingual {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? { vi: '', en: '' };
}

function Days({ days }: Pick<CalendarProps, 'days'>) {
  const t = useText();
  return (
    <Table
      caption={t('Ngày nghỉ và ngày làm bù', 'Days off and worked Saturdays')}
      rows={days}
      empty={<Empty title={t('Chưa có ngày nào trong lịch.', 'No days are entered.')} />}
      columns={[
        {
          head: t('Ngày', 'Day'),
          isName: true,
          cell: ({ date }) => (
            <>
              <Day iso={date} /> ({t(weekdayOf(date))})
            </>
          ),
        },
        { head: t('Tên', 'Name'), cell: ({ name }) => <span lang="vi">{name}</span> },
        {
          head: t('Loại', 'Kind'),
          cell: ({ kind }) => (
            <Badge tone={kind === 'swap-work' ? 'moving' : 'over'} text={KINDS[kind]} />
          ),
        },
        {
          head: t('Chắc chắn', 'Certain'),
          cell: ({ isProjected }) =>
            isProjected ? (
              <Badge tone="doubt" text={{ vi: 'Dự kiến', en: 'Projected' }} />
            ) : (
              t('Đã công bố', 'Announced')
            ),
        },
      ]}
    />
  );
}
