import type { LivingAlerts, ShownAlert } from '../../alerts/index.js';
import {
  Card,
  Count,
  Empty,
  ExportFoot,
  FilterBar,
  Form,
  href,
  Moment,
  NameFilter,
  Pager,
  Select,
  Sides,
  State,
  Submit,
  Table,
  TextArea,
  Tick,
  TickAll,
  useAge,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import { placeOf } from './alert-places.js';
import type { AlertSide } from './alerts.query.js';
import { RULE_CHOICES, SEVERITY_CHOICES, SEVERITY_TEXTS } from './alerts.words.js';

export interface AlertsFilter {
  /** Absent: all that lives. */
  readonly state?: AlertSide;
  readonly severity?: ShownAlert['severity'];
  readonly rule?: ShownAlert['rule'];
  readonly bank?: string;
  readonly mine: boolean;
}

interface Props {
  readonly filter: AlertsFilter;
  readonly living: readonly LivingAlerts[];
  readonly rows: readonly ShownAlert[];
  readonly nextCursor: string | null;
}

/** Everything that should worry somebody: what, since when, whose, and where its rows are. */
export function AlertsPage(props: Props) {
  const t = useText();
  const { may } = useConsole();
  const { rows } = props;
  const canHandle = may('alert.handle') && rows.some(({ state }) => state !== 'resolved');
  const table = (
    <>
      <AlertTable {...props} isTicked={canHandle} />
      <Pager nextCursor={props.nextCursor} />
    </>
  );
  return (
    <>
      <AlertSides {...props} />
      <AlertFilterBar {...props} />
      <Card isFlush>
        {canHandle ? (
          <Form
            action="/alerts/handlings"
            label={t('Xử lý các cảnh báo đã chọn', 'Handle the ticked')}
          >
            <TickAll name="alert" />
            {table}
            <div class="table-form-foot">
              <TextArea
                name="note"
                label={t('Ghi chú cho các cảnh báo đã chọn', 'A note for the ticked ones')}
                hint={t(
                  'Cần ghi khi báo đã xử lý xong: đã làm gì',
                  'Needed when they are resolved: what was done',
                )}
                rows={2}
                maxLength={1000}
              />
              <div class="button-row">
                <Submit name="act" value="acknowledge">
                  {t('Tôi nhận các cảnh báo đã chọn', 'I take the ticked ones on')}
                </Submit>
                <Submit name="act" value="resolve" tone="secondary">
                  {t('Đã xử lý xong các cảnh báo đã chọn', 'The ticked ones are dealt with')}
                </Submit>
              </div>
            </div>
          </Form>
        ) : (
          table
        )}
        <ExportFoot path="/alerts" isEmpty={rows.length === 0} />
      </Card>
    </>
  );
}

function AlertSides({ filter, living }: Props) {
  const t = useText();
  const count = (states: readonly string[]) =>
    living.filter(({ state }) => states.includes(state)).reduce((sum, one) => sum + one.count, 0);
  const to = (state?: AlertSide) =>
    href('/alerts', {
      state,
      severity: filter.severity,
      rule: filter.rule,
      bank: filter.bank,
      mine: filter.mine ? 'yes' : '',
    });
  return (
    <Sides
      of={[
        {
          href: to(),
          text: t('Đang có', 'Living'),
          count: count(['open', 'acknowledged']),
          isCurrent: filter.state === undefined,
        },
        {
          href: to('open'),
          text: t('Chưa ai nhận', 'Open'),
          count: count(['open']),
          isCurrent: filter.state === 'open',
        },
        {
          href: to('acknowledged'),
          text: t('Đang xử lý', 'Acknowledged'),
          count: count(['acknowledged']),
          isCurrent: filter.state === 'acknowledged',
        },
        {
          href: to('resolved'),
          text: t('Đã xử lý', 'Resolved'),
          isCurrent: filter.state === 'resolved',
        },
        { href: to('all'), text: t('Tất cả', 'All'), isCurrent: filter.state === 'all' },
      ]}
    />
  );
}

function AlertFilterBar({ filter }: Props) {
  const t = useText();
  return (
    <FilterBar action="/alerts">
      {filter.state && <input type="hidden" name="state" value={filter.state} />}
      <Select
        name="severity"
        label={t('Mức độ', 'Severity')}
        any={t('Tất cả', 'All')}
        value={filter.severity}
        choices={SEVERITY_CHOICES}
      />
      <Select
        name="rule"
        label={t('Về việc gì', 'About')}
        any={t('Tất cả', 'All')}
        value={filter.rule}
        choices={RULE_CHOICES}
      />
      <NameFilter of="ourBank" value={filter.bank} />
      <Select
        name="mine"
        label={t('Của ai', 'Whose')}
        any={t('Bất kỳ', 'Anybody’s')}
        value={filter.mine ? 'yes' : undefined}
        choices={[{ value: 'yes', text: t('Của tôi', 'Mine') }]}
      />
    </FilterBar>
  );
}

function AlertTable({ rows, filter, isTicked }: Props & { isTicked: boolean }) {
  const t = useText();
  const tick: Column<ShownAlert> = {
    head: t('Chọn', 'Tick'),
    cell: ({ id, title, state }) =>
      state !== 'resolved' && (
        <Tick
          name="alert"
          value={id}
          label={{ vi: `Chọn: ${title.vi}`, en: `Tick: ${title.en}` }}
        />
      ),
  };
  const columns = useAlertColumns();
  return (
    <Table
      caption={t('Cảnh báo, mới nhất trước', 'Alerts, the newest first')}
      columns={isTicked ? [tick, ...columns] : columns}
      rows={rows}
      empty={
        <Empty title={t('Không có cảnh báo nào', 'There are no alerts')} guide="alerts">
          {filter.state === undefined && !filter.mine
            ? t('Không phải làm gì.', 'There is nothing to do.')
            : t('Chọn mục khác hoặc bỏ bớt bộ lọc.', 'Choose another part or clear the filter.')}
        </Empty>
      }
    />
  );
}

export function SeverityBadge({ is }: { is: ShownAlert['severity'] }) {
  const t = useText();
  const text = SEVERITY_TEXTS[is];
  return <span class={`state state-${text.look}`}>{t(text)}</span>;
}

function useAlertColumns(): readonly Column<ShownAlert>[] {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  return [
    { head: t('Mức độ', 'Severity'), cell: ({ severity }) => <SeverityBadge is={severity} /> },
    {
      head: t('Cảnh báo', 'Alert'),
      isName: true,
      cell: ({ id, title, nextStep }) => (
        <>
          <a href={`/alerts/${id}`}>{t(title)}</a>
          <span class="side-note">{t(nextStep)}</span>
        </>
      ),
    },
    {
      head: t('Từ', 'Since'),
      cell: ({ openedAt }) => (
        <>
          {age(openedAt, now)}
          <span class="side-note">
            <Moment at={openedAt} />
          </span>
        </>
      ),
    },
    {
      head: t('Ai xử lý', 'Whose'),
      cell: ({ state, owner, resolvedBy }) => (
        <>
          <State of="alert" is={state} />
          <span class="side-note">{state === 'resolved' ? who(resolvedBy, t) : (owner ?? '')}</span>
        </>
      ),
    },
    {
      head: t('Các dòng', 'Its rows'),
      cell: (alert) => (
        <a href={placeOf(alert)}>
          {t('Xem', 'See')} <Count of={alert.count} /> {t('dòng', 'rows')}
        </a>
      ),
    },
  ];
}

/** The system resolves what is gone. */
export function who(login: string | null, t: ReturnType<typeof useText>): string {
  if (login === null) return '';
  return login === 'system'
    ? t('Hệ thống: nguyên nhân đã hết', 'System: its cause is gone')
    : login;
}
