import { formatPeriod, type Bilingual } from '../../kernel/index.js';
import type { HandOverRow, RunEvent, RunSummary } from '../../payments/index.js';
import { wordOf } from '../batches/batch.words.js';
import {
  ActionButton,
  Card,
  Count,
  Disclosure,
  Facts,
  Field,
  Form,
  href,
  Live,
  Moment,
  Money,
  Submit,
  Table,
  TextArea,
  Timeline,
  useConsole,
  useNames,
  useText,
} from '../kit/index.js';
import { RunProgress, type RunSeen } from './run-progress.js';
import { LIST_WORDS, RUN_ACTS } from './run.words.js';

export interface RunProps extends RunSeen {
  readonly history: readonly RunEvent[];
  /** Of banks whose lists people carry; empty for a run that is sent by machine. */
  readonly lists: readonly HandOverRow[];
  readonly people: ReadonlyMap<string, string>;
}

/** A run: how far it is, what waits and why, and what may be done. */
export function RunPage(props: RunProps) {
  const { run } = props;
  return (
    <>
      <Live src={`/runs/${run.id}/live`}>
        <RunProgress {...props} />
      </Live>
      <Lists {...props} />
      <Acts run={run} />
      <div class="columns">
        <About {...props} />
        <History {...props} />
      </div>
    </>
  );
}

function Lists({ lists }: RunProps) {
  const t = useText();
  const names = useNames();
  if (lists.length === 0) return null;
  const title = t('Danh sách mang đến ngân hàng', 'Lists carried to a bank');
  return (
    <Card
      title={title}
      isFlush
      actions={
        <a class="btn btn-sm" href="/admin/files/lists">
          {t('Lập, tải về, nộp kết quả', 'Make, download, bring results')}
        </a>
      }
    >
      <Table
        caption={title}
        rows={lists}
        columns={[
          { head: t('Ngân hàng', 'Bank'), isName: true, cell: ({ bank }) => names.ourBank(bank) },
          { head: t('Tình trạng', 'State'), cell: ({ state }) => t(LIST_WORDS[state]) },
          { head: t('Từ lúc', 'Since'), cell: ({ since }) => <Moment at={since} /> },
          {
            head: t('Khoản chưa xong', 'Open payments'),
            isNumber: true,
            cell: ({ open }) => <Count of={open} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ openTotal }) => <Money amount={openTotal} />,
          },
          {
            head: t('Tệp', 'File'),
            cell: ({ file }) =>
              file ? (
                <a href={`/admin/files/${file.id}`}>{file.name}</a>
              ) : (
                <>{t('chưa lập', 'not made')}</>
              ),
          },
        ]}
      />
    </Card>
  );
}

function Acts({ run }: { run: RunSummary }) {
  const t = useText();
  const { may } = useConsole();
  if (run.state === 'finished') return null;
  if (!may('run.operate')) {
    return (
      <p class="text-secondary">
        {t(
          'Bạn xem được lượt chi này; tạm dừng hay hủy là việc của người lập và người ký.',
          'You may look at this run; pausing and cancelling are for preparers and signers.',
        )}
      </p>
    );
  }
  return (
    <Card title={t('Điều khiển lượt chi', 'Operate the run')} class="no-print">
      <div class="button-row">
        {run.state === 'paused' && run.cancelRequestedAt === null && (
          <ActionButton action={`/runs/${run.id}/resumptions`}>
            {t('Chạy tiếp', 'Resume')}
          </ActionButton>
        )}
        {run.state !== 'paused' && <PauseBox run={run} />}
        {run.cancelRequestedAt === null && <CancelBox run={run} />}
      </div>
    </Card>
  );
}

function PauseBox({ run }: { run: RunSummary }) {
  const t = useText();
  return (
    <Disclosure summary={t('Tạm dừng…', 'Pause …')} tone="primary">
      <p>
        {t(
          'Không gửi thêm khoản nào cho đến khi chạy tiếp. Khoản đã gửi vẫn được theo dõi.',
          'Nothing more is sent until it is resumed. What was sent is followed as before.',
        )}
      </p>
      <Form action={`/runs/${run.id}/pauses`}>
        <Field
          name="reason"
          id="pause-reason"
          label={t('Lý do', 'Why')}
          maxLength={1000}
          required
        />
        <Submit>{t('Tạm dừng lượt chi', 'Pause the run')}</Submit>
      </Form>
    </Disclosure>
  );
}

function CancelBox({ run }: { run: RunSummary }) {
  const t = useText();
  return (
    <Disclosure summary={t('Hủy phần chưa gửi…', 'Cancel what is not sent …')} tone="danger">
      <p>
        {t(
          'Không hoàn tác được. Khoản chưa gửi bị hủy và trở về danh sách chờ chi; khoản đã gửi ngân hàng không gọi lại được và vẫn được theo dõi đến cùng.',
          'This cannot be undone. What is not sent is cancelled and is owed again; what is at the bank cannot be called back and is followed to its end.',
        )}
      </p>
      <Form action={`/runs/${run.id}/cancellations`}>
        <TextArea
          name="reason"
          id="cancel-reason"
          label={t('Lý do hủy', 'Why')}
          maxLength={1000}
          required
        />
        <Submit tone="danger">{t('Hủy phần chưa gửi', 'Cancel what is not sent')}</Submit>
      </Form>
    </Disclosure>
  );
}

function About({ run }: RunProps) {
  const t = useText();
  const names = useNames();
  return (
    <Card title={t('Lượt chi', 'The run')}>
      <Facts
        of={[
          {
            name: t('Đợt chi', 'Batch'),
            value: <a href={`/batches/${run.batchId}`}>{run.batchNumber}</a>,
          },
          { name: t('Chế độ', 'Programme'), value: t(names.programme(run.programme)) },
          { name: t('Kỳ', 'Period'), value: formatPeriod(run.period) },
          {
            name: t('Số khoản', 'Payments'),
            value: (
              <a href={href('/payments', { run: run.id })}>
                <Count of={run.payments} />
              </a>
            ),
          },
          { name: t('Tổng tiền', 'Total'), value: <Money amount={run.total} /> },
          { name: t('Hẹn chi từ', 'Scheduled for'), value: <Moment at={run.scheduledFor} /> },
          { name: t('Hạn xong', 'Due'), value: <Moment at={run.deadlineAt} /> },
          { name: t('Bắt đầu', 'Started'), value: <Moment at={run.startedAt} /> },
          { name: t('Kết thúc', 'Finished'), value: <Moment at={run.finishedAt} /> },
          run.cancelReason !== null && {
            name: t('Lý do hủy', 'Cancelled because'),
            value: run.cancelReason,
          },
        ]}
      />
    </Card>
  );
}

/** The system writes its reasons in both languages, one behind the other; a person wrote theirs in one. */
function saidBy({ actorKind }: RunEvent, reason: string): Bilingual {
  if (actorKind !== 'system') return { vi: `“${reason}”`, en: `“${reason}”` };
  const [vi = reason, en = vi] = reason.split(' / ');
  return { vi, en };
}

function History({ history, people }: RunProps) {
  const t = useText();
  return (
    <Card title={t('Việc đã làm', 'What was done')}>
      <Timeline
        of={history.map((event) => ({
          at: event.at,
          title: t(wordOf(RUN_ACTS, event.happened)),
          by:
            event.actorKind === 'system'
              ? t('Hệ thống', 'The system')
              : (people.get(event.actorName) ?? event.actorName),
          children: event.reason !== null && <p>{t(saidBy(event, event.reason))}</p>,
        }))}
      />
    </Card>
  );
}
