import type { Bank } from '../../banks/index.js';
import { officeDate, officeTime } from '../../kernel/index.js';
import { HAND_OVER_STATES, type HandOverRow } from '../../payments/index.js';
import {
  Card,
  Count,
  Disclosure,
  Empty,
  Field,
  FilterBar,
  Form,
  href,
  Moment,
  Money,
  Pager,
  Select,
  Submit,
  TextArea,
  useAge,
  useConsole,
  useText,
} from '../kit/index.js';
import { LIST_STATES } from './file.words.js';
import { FileTabs } from './files.page.js';
import { BankChoice, bankName } from './notices.page.js';

type Banks = readonly Pick<Bank, 'code' | 'name'>[];

/** Lists that people carry to a bank's portal: what each waits for, and the step to take. */
export function HandOverLists(props: {
  readonly banks: Banks;
  readonly filter: { readonly bank?: string; readonly state?: string };
  readonly lists: readonly HandOverRow[];
  readonly nextCursor: string | null;
}) {
  const { banks, filter, lists, nextCursor } = props;
  const t = useText();
  return (
    <>
      <FileTabs />
      <ol>
        <li>{t('Lập danh sách và tải về.', 'Make the list and download it.')}</li>
        <li>
          {t(
            'Nộp lên trang của ngân hàng, rồi ghi lại ở đây lúc đã nộp.',
            'Upload it at the bank’s portal, then note here when.',
          )}
        </li>
        <li>
          {t(
            'Khi ngân hàng có kết quả, tải tệp kết quả về và gửi vào đây.',
            'When the bank has the result, fetch its file and bring it here.',
          )}
        </li>
      </ol>
      <FilterBar action="/admin/files/lists">
        <BankChoice banks={banks} value={filter.bank} />
        <Select
          name="state"
          label={t('Đang chờ', 'Waits for')}
          any={t('Mọi bước', 'Any step')}
          value={filter.state}
          choices={[
            { value: 'to-carry', text: t('Việc của cơ quan', 'Our own step') },
            ...HAND_OVER_STATES.map((value) => ({ value, text: LIST_STATES[value] })),
          ]}
        />
      </FilterBar>
      {lists.length === 0 && (
        <Card>
          <Empty title={t('Không có danh sách nào đang chờ.', 'No list waits.')} guide="carrying">
            <p>
              {t(
                'Danh sách xuất hiện khi một đợt chi đã ký đủ có khoản đi qua ngân hàng nộp bằng tay.',
                'Lists appear when an approved batch has payments through a bank that is carried to by hand.',
              )}
            </p>
          </Empty>
        </Card>
      )}
      {lists.map((list) => (
        <OneList list={list} bank={bankName(banks, list.bank)} />
      ))}
      <Pager nextCursor={nextCursor} />
    </>
  );
}

function OneList({ list, bank }: { list: HandOverRow; bank: string }) {
  const { now } = useConsole();
  const age = useAge();
  const t = useText();
  return (
    <Card title={`${bank}: ${t(LIST_STATES[list.state])}`}>
      <p>
        <Count of={list.open} /> {t('khoản', 'payments')}, <Money amount={list.openTotal} />,{' '}
        {t('của đợt chi', 'of batch')} <a href={`/batches/${list.batchId}`}>{list.batchNumber}</a>.{' '}
        {t('Số danh sách', 'Number')} <code>{list.messageReference}</code>.
      </p>
      <p class="text-secondary">
        {t('Chờ từ', 'Waiting since')} <Moment at={list.since} /> ({age(list.since, now)})
        {list.file && (
          <>
            {'. '}
            <a href={`/admin/files/${list.file.id}`}>{list.file.name}</a>
          </>
        )}
      </p>
      <NextStep list={list} />
    </Card>
  );
}

function NextStep({ list }: { list: HandOverRow }) {
  const { may } = useConsole();
  const t = useText();
  if (list.state === 'awaiting-result') return <Result list={list} />;
  if (!may('run.operate')) {
    return (
      <p>
        {t(
          'Cán bộ lập bảng, kế toán trưởng hoặc chủ tài khoản làm bước này.',
          'A preparer, chief accountant or account holder takes this step.',
        )}
      </p>
    );
  }
  if (list.state === 'to-make') return <Make list={list} />;
  if (list.state === 'to-download') return <Fetch list={list} />;
  return <NoteUpload list={list} />;
}

function Make({ list }: { list: HandOverRow }) {
  const t = useText();
  return (
    <>
      {list.lastWhy !== null && (
        <Disclosure summary={t('Lần trước chưa lập được', 'It could not be made last time')}>
          <code>{list.lastWhy}</code>
        </Disclosure>
      )}
      <Form action="/admin/files/lists">
        <input type="hidden" name="submissionId" value={list.submissionId} />
        <Submit>{t('Lập danh sách', 'Make the list')}</Submit>
      </Form>
    </>
  );
}

function Fetch({ list }: { list: HandOverRow }) {
  const { url } = useConsole();
  const t = useText();
  return (
    <div class="button-row">
      <form method="post" action={`/admin/files/${list.file?.id ?? ''}/downloads`}>
        <input type="hidden" name="_from" value={url} />
        <Submit>{t('Tải danh sách về', 'Download the list')}</Submit>
      </form>
      <a class="btn" href={url}>
        {t('Đã tải xong: bước tiếp theo', 'Downloaded: what is next')}
      </a>
      <Disclosure summary={t('Bỏ danh sách này…', 'Give this list up…')} tone="danger">
        <p>
          {t(
            'Chưa ai tải về nên bỏ được. Các khoản của nó sẽ vào danh sách khác sau khi hết giờ chờ của ngân hàng.',
            'Nobody has it yet, so it can be given up. Its payments go in another list once the bank’s window has passed.',
          )}
        </p>
        <Form action={`/admin/files/lists/${list.submissionId}/withdrawals`}>
          <TextArea name="reason" label={t('Lý do', 'Why')} maxLength={1000} required />
          <Submit tone="danger">{t('Bỏ danh sách', 'Give it up')}</Submit>
        </Form>
      </Disclosure>
    </div>
  );
}

function NoteUpload({ list }: { list: HandOverRow }) {
  const { now } = useConsole();
  const t = useText();
  const id = list.submissionId;
  return (
    <>
      <Form action={`/admin/files/${list.file?.id ?? ''}/uploads`}>
        <Field
          id={`day-${id}`}
          name="day"
          type="date"
          label={t('Đã nộp ngày', 'Uploaded on')}
          value={officeDate(now)}
          width="short"
          required
        />
        <Field
          id={`time-${id}`}
          name="time"
          label={t('Lúc (giờ:phút)', 'At (hours:minutes)')}
          value={officeTime(now).slice(0, 5)}
          width="short"
          required
        />
        <Field
          id={`note-${id}`}
          name="note"
          label={t('Ghi chú', 'Note')}
          hint={t('Ví dụ: số biên nhận của ngân hàng', 'Such as the number of the bank’s receipt')}
          maxLength={1000}
        />
        <Submit>{t('Ghi nhận đã nộp', 'Note that it was uploaded')}</Submit>
      </Form>
      <form method="post" action={`/admin/files/${list.file?.id ?? ''}/downloads`} class="mt-3">
        <input type="hidden" name="_from" value="/admin/files/lists" />
        <Submit tone="secondary">{t('Tải lại đúng danh sách đó', 'Download it again')}</Submit>
      </form>
    </>
  );
}

function Result({ list }: { list: HandOverRow }) {
  const { may } = useConsole();
  const t = useText();
  if (!may('reconciliation.operate')) {
    return (
      <p>
        {t(
          'Cán bộ lập bảng gửi tệp kết quả vào khi ngân hàng có.',
          'A preparer brings the result when the bank has it.',
        )}
      </p>
    );
  }
  return (
    <a
      class="btn btn-primary"
      href={href('/admin/files/new', { bank: list.bank, answers: list.messageReference })}
    >
      {t('Gửi tệp kết quả vào', 'Bring the result')}
    </a>
  );
}
