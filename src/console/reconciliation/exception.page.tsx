import type {
  EntryRow,
  ExceptionHistoryRow,
  ExceptionRow,
  NoteRow,
} from '../../reconciliation/index.js';
import type { Colleague } from '../../identity/index.js';
import { BUCKET_TEXTS, EXCEPTION_TEXTS, wantsEvidence } from '../../reconciliation/index.js';
import {
  ActionButton,
  Card,
  Day,
  Disclosure,
  Facts,
  Form,
  GiveTo,
  Moment,
  Money,
  Submit,
  TextArea,
  Timeline,
  useAge,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { ExceptionState } from './exception-table.js';
import { ExplanationFields } from './exceptions.page.js';

interface Props {
  readonly names: CodeNames;
  readonly row: ExceptionRow;
  readonly entry: EntryRow | null;
  readonly notes: readonly NoteRow[];
  readonly history: readonly ExceptionHistoryRow[];
  /** Names of those who had it, by id. */
  readonly owners: ReadonlyMap<string, string>;
  /** Whoever may deal with exceptions. */
  readonly colleagues: readonly Colleague[];
}

/** One fact that does not fit: whose it is, what was found out, how it ends. */
export function ExceptionPage(props: Props) {
  const { names, row, entry, notes, history, owners } = props;
  const t = useText();
  const age = useAge();
  const { now, may } = useConsole();
  const text = EXCEPTION_TEXTS[row.kind];
  return (
    <>
      <Card>
        <Facts
          of={[
            { name: t('Sai lệch', 'What does not fit'), value: <strong>{t(text)}</strong> },
            { name: t('Việc cần làm', 'What to do'), value: t(text.todo) },
            { name: t('Tình trạng', 'State'), value: <ExceptionState is={row.state} /> },
            {
              name: t('Ngân hàng, ngày', 'Bank, days'),
              value: (
                <>
                  {names.bank(row.bank)}, <Day iso={row.from} />
                  {row.to !== row.from && (
                    <>
                      {' '}
                      – <Day iso={row.to} />
                    </>
                  )}{' '}
                  {row.reconciliationId && (
                    <a href={`/reconciliation/${row.reconciliationId}`}>
                      {t('Xem ngày này', 'See the day')}
                    </a>
                  )}
                </>
              ),
            },
            row.amount !== null && {
              name: t('Số tiền', 'Amount'),
              value: <Money amount={row.amount} />,
            },
            row.paymentId !== null && {
              name: t('Khoản chi', 'Payment'),
              value: <a href={`/payments/${row.paymentId}`}>{row.paymentReference}</a>,
            },
            {
              name: t('Đã', 'Age'),
              value: (
                <>
                  {age(row.openedAt, row.endedAt ?? now)} ({t('từ', 'since')}{' '}
                  <Moment at={row.openedAt} />)
                </>
              ),
            },
            {
              name: t('Người nhận xử lý', 'Owner'),
              value: row.owner ?? t('Chưa ai nhận', 'Nobody'),
            },
            row.explanation !== null && {
              name: t('Giải trình', 'Explanation'),
              value: (
                <>
                  {row.explanation}
                  {row.evidence && (
                    <span class="side-note">
                      {t('Chứng từ:', 'Paper:')} {row.evidence}
                    </span>
                  )}
                  <span class="side-note">
                    {row.endedBy}, <Moment at={row.endedAt} />
                  </span>
                </>
              ),
            },
          ]}
        />
        {row.state === 'open' && may('reconciliation.operate') && (
          <>
            <OwnerButton row={row} />
            <GiveTo
              action={`/reconciliation/exceptions/${row.id}/assignments`}
              colleagues={props.colleagues}
              noteMaxLength={2000}
              fields={{ version: row.version }}
            />
          </>
        )}
      </Card>
      {entry && <EntryCard entry={entry} />}
      {may('reconciliation.operate') && <Acts row={row} />}
      <div class="columns">
        <Notes notes={notes} />
        <Card title={t('Quá trình', 'What happened')}>
          <Timeline
            of={history.map(({ at, by, happened, detail }) => ({
              at,
              by: by === 'system' ? t('Hệ thống', 'System') : by,
              title: `${t(HAPPENINGS[happened] ?? { vi: happened, en: happened })}${happened === 'owned' ? `: ${owners.get(String(detail['owner'])) ?? by}` : ''}`,
            }))}
          />
        </Card>
      </div>
    </>
  );
}

const HAPPENINGS: Readonly<Record<string, { vi: string; en: string }>> = {
  opened: { vi: 'Phát hiện', en: 'Found' },
  owned: { vi: 'Người xử lý', en: 'Owner' },
  'given-up': { vi: 'Người nhận thôi xử lý', en: 'Given up' },
  explained: { vi: 'Đã giải trình', en: 'Explained' },
  ended: { vi: 'Tự hết', en: 'Gone by itself' },
};

function OwnerButton({ row }: { row: ExceptionRow }) {
  const t = useText();
  const { viewer } = useConsole();
  const action = `/reconciliation/exceptions/${row.id}/owner`;
  const isMine = row.ownerId !== null && row.ownerId === viewer?.id;
  return isMine ? (
    <ActionButton action={action} tone="secondary" fields={{ version: row.version, act: 'drop' }}>
      {t('Thôi xử lý', 'Give it up')}
    </ActionButton>
  ) : (
    <ActionButton action={action} fields={{ version: row.version, act: 'take' }}>
      {row.ownerId === null
        ? t('Tôi nhận xử lý', 'I take it on')
        : t(`Nhận thay ${row.owner ?? ''}`, `Take it over from ${row.owner ?? ''}`)}
    </ActionButton>
  );
}

function EntryCard({ entry }: { entry: EntryRow }) {
  const t = useText();
  return (
    <Card title={t('Bút toán của ngân hàng', 'The bank’s entry')}>
      <Facts
        of={[
          { name: t('Mã giao dịch', 'Entry'), value: entry.entryId },
          { name: t('Hạch toán lúc', 'Booked'), value: <Moment at={entry.bookedAt} /> },
          {
            name: t('Số tiền', 'Amount'),
            value: (
              <>
                {entry.direction === 'debit' ? t('Ghi nợ', 'Debit') : t('Ghi có', 'Credit')}{' '}
                <Money amount={entry.amount} />
              </>
            ),
          },
          { name: t('Tham chiếu', 'Reference'), value: entry.reference ?? t('không có', 'none') },
          { name: t('Nhóm', 'Bucket'), value: t(BUCKET_TEXTS[entry.bucket ?? 'waiting']) },
        ]}
      />
    </Card>
  );
}

function Acts({ row }: { row: ExceptionRow }) {
  const t = useText();
  return (
    <Card title={t('Xử lý', 'Deal with it')}>
      {row.state === 'open' && (
        <Disclosure summary={t('Giải trình và kết thúc', 'Explain and end it')} tone="primary">
          {wantsEvidence(row) && (
            <p>
              {t(
                'Tiền đã đi sai: cần ít nhất ba từ và số văn bản.',
                'Money moved that should not have: at least three words and a paper’s number.',
              )}
            </p>
          )}
          <Form
            action={`/reconciliation/exceptions/${row.id}/explanations`}
            label={t('Giải trình', 'Explain')}
          >
            <ExplanationFields />
            <Submit>{t('Ghi giải trình', 'Write it down')}</Submit>
          </Form>
        </Disclosure>
      )}
      <Disclosure summary={t('Ghi chú', 'Add a note')}>
        <Form action={`/reconciliation/exceptions/${row.id}/notes`} label={t('Ghi chú', 'Note')}>
          <TextArea
            id="field-note-text"
            name="text"
            label={t('Đã hỏi ai, biết được gì', 'Whom you asked, what you learned')}
            rows={2}
            maxLength={2000}
            required
          />
          <Submit>{t('Lưu ghi chú', 'Save the note')}</Submit>
        </Form>
      </Disclosure>
    </Card>
  );
}

function Notes({ notes }: Pick<Props, 'notes'>) {
  const t = useText();
  return (
    <Card title={t('Ghi chú', 'Notes')}>
      {notes.length === 0 ? (
        <p class="mb-0">{t('Chưa có ghi chú nào.', 'There are no notes.')}</p>
      ) : (
        <Timeline of={notes.map(({ at, by, text }) => ({ at, by, title: text }))} />
      )}
    </Card>
  );
}
