import type {
  Deadline,
  FailureRow,
  Home,
  MonthMoney,
  RunUnderWay,
  WaitingItem,
} from '../../reports/index.js';
import { formatPeriod } from '../../kernel/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Empty,
  formatCount,
  href,
  Live,
  Money,
  State,
  Table,
  useAge,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { EMPTY_MONTH, FAILURE_STATES, WAITING } from './home.texts.js';
import { MoneyEquation } from './money-equation.js';
import { RunsUnderWay } from './runs-under-way.js';

export { RunsUnderWay };

/** The page after signing in. */
export function HomePage({ home }: { home: Home }) {
  const { may } = useConsole();
  return (
    <>
      <WaitingForYou items={home.waiting} />
      {home.money && <MonthsMoney money={home.money} />}
      <div class="columns">
        {may('payment.read') && <Runs runs={home.runs} />}
        <Deadlines of={home.deadlines} />
      </div>
      {home.money && <Failures rows={home.failures} month={home.money.month} />}
    </>
  );
}

function WaitingForYou({ items }: { items: readonly WaitingItem[] }) {
  const t = useText();
  if (items.length === 0) {
    return (
      <Card title={t('Việc đang chờ bạn', 'Waiting for you')}>
        <Empty title={t('Không có việc nào đang chờ.', 'Nothing waits for you.')}>
          {t(
            'Xem tình hình tháng ở dưới, hoặc đọc hướng dẫn theo vai trò của bạn.',
            'See how the month stands below, or read the guide for your role.',
          )}{' '}
          <a href="/guide">{t('Hướng dẫn', 'Guide')}</a>
        </Empty>
      </Card>
    );
  }
  return (
    <section class="mb-3" aria-labelledby="waiting">
      <h2 class="section-title" id="waiting">
        {t('Việc đang chờ bạn', 'Waiting for you')}
      </h2>
      <ul class="waiting-list">
        {items.map((item) => (
          <WaitingBox item={item} />
        ))}
      </ul>
    </section>
  );
}

function WaitingBox({ item }: { item: WaitingItem }) {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  const texts = WAITING[item.kind];
  return (
    <li class={`waiting-box${item.isYours ? '' : ' is-others'}`}>
      <a href={texts.href}>
        <span class="waiting-count">{formatCount(item.count)}</span>
        <span class="waiting-what">{t(texts.text)}</span>
      </a>
      <p class="waiting-more">
        {item.total !== null && <Money amount={item.total} />}
        {item.total !== null && item.oldest && ' · '}
        {item.oldest && t(`cũ nhất ${age(item.oldest, now)}`, `oldest ${age(item.oldest, now)}`)}
        {item.pressing > 0 && (
          <strong class="waiting-pressing">
            {formatCount(item.pressing)} {t(texts.pressing)}
          </strong>
        )}
        {!item.isYours && (
          <span class="waiting-note">
            {t('Người khác làm, bạn theo dõi.', 'Others’ to do; you watch.')}
          </span>
        )}
      </p>
    </li>
  );
}

function MonthsMoney({ money }: { money: MonthMoney }) {
  const t = useText();
  const names = useNames();
  const title = t(
    `Tiền của tháng ${formatPeriod(money.month)}`,
    `Money of ${formatPeriod(money.month)}`,
  );
  return (
    <Card title={title} actions={<OtherMonths month={money.month} />}>
      {money.all.approved.count === 0 ? (
        <Empty title={t(EMPTY_MONTH.title)} action={<a href="/batches">{t(EMPTY_MONTH.link)}</a>}>
          {t(EMPTY_MONTH.text)}
        </Empty>
      ) : (
        <>
          {!money.all.holds && (
            <Callout tone="danger" title={t('Sổ không cân', 'The books do not balance')}>
              {t('Chênh lệch', 'Difference')}: <Money amount={money.all.difference.total} />,{' '}
              <Count of={money.all.difference.count} /> {t('khoản', 'payments')}.
            </Callout>
          )}
          <MoneyEquation money={money.all} month={money.month} />
          {money.programmes.length > 1 &&
            money.programmes.map((programme) => (
              <>
                <h3 class="sub-title">{t(names.programme(programme.programme ?? ''))}</h3>
                <MoneyEquation money={programme} month={money.month} />
              </>
            ))}
        </>
      )}
    </Card>
  );
}

function OtherMonths({ month }: { month: string }) {
  const t = useText();
  const [year = 0, at = 1] = month.split('-').map(Number);
  const beside = (by: number): string => {
    const there = year * 12 + at - 1 + by;
    return `${Math.floor(there / 12)}-${String((there % 12) + 1).padStart(2, '0')}`;
  };
  return (
    <>
      <a class="btn btn-sm" href={href('/', { month: beside(-1) })}>
        ‹ {formatPeriod(beside(-1))}
      </a>
      <a class="btn btn-sm" href={href('/', { month: beside(1) })}>
        {formatPeriod(beside(1))} ›
      </a>
      <a class="btn btn-sm" href="/reports">
        {t('Báo cáo', 'Reports')}
      </a>
    </>
  );
}

function Runs({ runs }: { runs: readonly RunUnderWay[] }) {
  const t = useText();
  return (
    <Card title={t('Lượt chi đang chạy', 'Runs under way')}>
      <Live src="/live/runs">
        <RunsUnderWay runs={runs} />
      </Live>
    </Card>
  );
}

function Failures({ rows, month }: { rows: readonly FailureRow[]; month: string }) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Không chi được, theo nguyên nhân', 'Failures by cause')} isFlush>
      <Table
        caption={t('Khoản không chi được theo nguyên nhân', 'Failed payments by cause')}
        rows={rows}
        empty={t(
          'Tháng này chưa có khoản nào bị từ chối hay hoàn trả.',
          'Nothing was rejected or returned.',
        )}
        columns={[
          {
            head: t('Nguyên nhân', 'Cause'),
            isName: true,
            cell: (row) => (
              <a href={href('/payments', { month, state: row.state, reason: row.reasonCode })}>
                {t(names.reason(row.reasonCode))}
              </a>
            ),
          },
          {
            head: t('Tình trạng', 'State'),
            cell: (row) => <State of="payment" is={row.state} />,
          },
          {
            head: t('Số khoản', 'Count'),
            isNumber: true,
            cell: (row) => (
              <a href={href('/payments', { month, state: row.state, reason: row.reasonCode })}>
                <Count of={row.count} />
              </a>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: (row) => <Money amount={row.total} />,
          },
        ]}
      />
      {rows.some(({ state }) => FAILURE_STATES.has(state)) && (
        <p class="card-foot-link">
          <a href="/mending">{t('Đến trang “Cần sửa”', 'To “To mend”')}</a>
        </p>
      )}
    </Card>
  );
}

function Deadlines({ of }: { of: readonly Deadline[] }) {
  const t = useText();
  return (
    <Card title={t('Hạn sắp tới', 'Upcoming deadlines')}>
      <ul class="deadline-list">
        {of.map((deadline) => (
          <li class={deadline.daysLeft <= 3 ? 'is-near' : undefined}>
            <p class="deadline-day">
              <Day iso={deadline.dueOn} /> ·{' '}
              {deadline.daysLeft === 0
                ? t('hôm nay', 'today')
                : t(`còn ${deadline.daysLeft} ngày`, `${deadline.daysLeft} days left`)}
            </p>
            <p class="deadline-name">{t(deadline.name)}</p>
            {(deadline.isMoved || deadline.isProjected) && (
              <p class="text-secondary">
                {deadline.isMoved &&
                  t('Sớm hơn vì trùng ngày nghỉ.', 'Earlier, because of days off.')}{' '}
                {deadline.isProjected &&
                  t('Lịch nghỉ dự kiến, chưa công bố.', 'Days off are expected, not announced.')}
              </p>
            )}
          </li>
        ))}
      </ul>
      <p class="mb-0">
        <a href="/admin/calendar">{t('Xem lịch làm việc', 'See the calendar')}</a>
      </p>
    </Card>
  );
}
