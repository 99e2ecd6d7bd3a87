import type { Colleague } from '../../identity/index.js';
import type { DeliveryRow, HistoryRow, ShownAlert } from '../../alerts/index.js';
import {
  Card,
  Count,
  Disclosure,
  Facts,
  Form,
  GiveTo,
  Moment,
  Money,
  State,
  Submit,
  Table,
  TextArea,
  Timeline,
  useAge,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { placeOf } from './alert-places.js';
import { SeverityBadge, who } from './alerts.page.js';
import {
  CHANNEL_TEXTS,
  DELIVERIES,
  HAPPENINGS,
  RULE_TEXTS,
  SEVERITY_TEXTS,
} from './alerts.words.js';

interface Props {
  readonly names: CodeNames;
  readonly alert: ShownAlert;
  /** Whoever may handle alerts. */
  readonly colleagues: readonly Colleague[];
  readonly history: readonly HistoryRow[];
  readonly deliveries: readonly DeliveryRow[];
}

/** One alert: what to do, whose it is, what happened to it, and whether the outside receiver was told. */
export function AlertPage({ names, alert, colleagues, history, deliveries }: Props) {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  return (
    <>
      <Card
        actions={
          <a class="btn btn-primary" href={placeOf(alert)}>
            {t('Xem các dòng liên quan', 'See its rows')}
          </a>
        }
      >
        <Facts
          of={[
            { name: t('Mức độ', 'Severity'), value: <SeverityBadge is={alert.severity} /> },
            { name: t('Về việc', 'About'), value: t(RULE_TEXTS[alert.rule]) },
            {
              name: t('Việc cần làm', 'What to do'),
              value: (
                <>
                  <strong>{t(alert.nextStep)}</strong>{' '}
                  <a href={alert.runbook}>{t('Cách xử lý', 'How to deal with it')}</a>
                </>
              ),
            },
            {
              name: t('Tình trạng', 'State'),
              value: (
                <>
                  <State of="alert" is={alert.state} />{' '}
                  {alert.state === 'resolved' ? who(alert.resolvedBy, t) : alert.owner}
                </>
              ),
            },
            alert.bank !== null && { name: t('Ngân hàng', 'Bank'), value: names.bank(alert.bank) },
            alert.batchId !== null && {
              name: t('Đợt chi', 'Batch'),
              value: <a href={`/batches/${alert.batchId}`}>{t('Xem đợt chi', 'See the batch')}</a>,
            },
            {
              name: t('Số dòng, số tiền', 'Rows, amount'),
              value: (
                <a href={placeOf(alert)}>
                  <Count of={alert.count} />
                  {alert.amount !== null && (
                    <>
                      , <Money amount={alert.amount} />
                    </>
                  )}
                </a>
              ),
            },
            {
              name: t('Việc cũ nhất, mới nhất', 'Oldest, newest'),
              value: (
                <>
                  <Moment at={alert.firstAt} /> – <Moment at={alert.lastAt} />
                </>
              ),
            },
            {
              name: t('Mở từ', 'Open since'),
              value: (
                <>
                  <Moment at={alert.openedAt} /> ({age(alert.openedAt, alert.resolvedAt ?? now)})
                </>
              ),
            },
          ]}
        />
      </Card>
      <Handling alert={alert} colleagues={colleagues} />
      <Card title={t('Ai đã làm gì', 'Who did what')}>
        <Timeline
          of={history.map((entry) => ({
            at: entry.at,
            by: entry.by === 'system' ? t('Hệ thống', 'System') : entry.by,
            title: `${t(HAPPENINGS[entry.happened] ?? { vi: entry.happened, en: entry.happened })}${entry.owner === null ? '' : `: ${entry.owner}`} – ${t(SEVERITY_TEXTS[entry.severity])}, ${t(`${entry.count} dòng`, `${entry.count} rows`)}`,
            children: entry.note && <p class="side-note">{entry.note}</p>,
          }))}
        />
      </Card>
      {deliveries.length > 0 && <Deliveries deliveries={deliveries} />}
    </>
  );
}

function Handling({ alert, colleagues }: Pick<Props, 'alert' | 'colleagues'>) {
  const t = useText();
  const { may } = useConsole();
  if (alert.state === 'resolved') return null;
  if (!may('alert.handle')) {
    return (
      <Card>
        <p class="mb-0">
          {t('Bạn xem được nhưng không xử lý cảnh báo.', 'You may see alerts, not handle them.')}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t('Xử lý', 'Handle it')}>
      {alert.state === 'open' && (
        <Form
          action={`/alerts/${alert.id}/acknowledgements`}
          label={t('Nhận cảnh báo', 'Take it on')}
        >
          <TextArea
            id="field-note-acknowledge"
            name="note"
            label={t('Sẽ làm gì (không bắt buộc)', 'What you are going to do (optional)')}
            rows={2}
            maxLength={1000}
          />
          <Submit>{t('Tôi nhận xử lý', 'I take it on')}</Submit>
        </Form>
      )}
      <GiveTo action={`/alerts/${alert.id}/owner`} colleagues={colleagues} noteMaxLength={1000} />
      <Disclosure summary={t('Đã xử lý xong', 'It is dealt with')}>
        <p>
          {t(
            'Cùng nguyên nhân này chỉ báo lại khi có việc mới xảy ra.',
            'The same cause alarms again only when something new happens.',
          )}
        </p>
        <Form action={`/alerts/${alert.id}/resolutions`} label={t('Đã xử lý xong', 'Resolve it')}>
          <TextArea
            id="field-note-resolve"
            name="note"
            label={t('Đã làm gì', 'What was done')}
            rows={2}
            maxLength={1000}
            required
          />
          <Submit>{t('Ghi đã xử lý xong', 'Resolve it')}</Submit>
        </Form>
      </Disclosure>
    </Card>
  );
}

function Deliveries({ deliveries }: Pick<Props, 'deliveries'>) {
  const t = useText();
  return (
    <Card title={t('Đã báo cho ai', 'Who was told')} isFlush>
      <Table
        caption={t('Tin báo cho từng nơi nhận', 'Messages to each receiver')}
        columns={[
          {
            head: t('Tin', 'Message'),
            isName: true,
            cell: ({ happened }) => t(HAPPENINGS[happened] ?? { vi: happened, en: happened }),
          },
          {
            head: t('Cho ai, bằng gì', 'To whom, how'),
            cell: ({ receiver, channel }) => (
              <>
                {receiver}
                <span class="side-note">{t(CHANNEL_TEXTS[channel])}</span>
              </>
            ),
          },
          {
            head: t('Tình trạng', 'State'),
            cell: ({ state }) => t(DELIVERIES[state] ?? { vi: state, en: state }),
          },
          {
            head: t('Số lần thử', 'Tries'),
            isNumber: true,
            cell: ({ tries }) => <Count of={tries} />,
          },
          {
            head: t('Từng lần thử', 'Each try'),
            cell: ({ attempts }) =>
              attempts.map((attempt) => (
                <div key={attempt.try}>
                  <Moment at={attempt.at} />
                  <span class="side-note">{attempt.failure ?? attempt.status}</span>
                </div>
              )),
          },
          { head: t('Lập lúc', 'Made'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
        ]}
        rows={deliveries}
      />
    </Card>
  );
}
