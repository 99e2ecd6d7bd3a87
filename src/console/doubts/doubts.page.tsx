import type { DoubtAge, DoubtRow } from '../../payments/index.js';
import {
  Card,
  Count,
  Empty,
  ExportFoot,
  FilterBar,
  href,
  Moment,
  Money,
  NameFilter,
  None,
  Pager,
  Select,
  Table,
  Tabs,
  Tick,
  TickAll,
  useAge,
  useConsole,
  useText,
  type Column,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { AGE_TEXTS, AGES, ANSWERS, OUTCOMES, type DoubtAgeGroup } from './doubts.words.js';

export interface ShownDoubt extends DoubtRow {
  /** Before it nobody may conclude that the payment never happened; null when the bank is no longer ours. */
  readonly windowUntil: Date | null;
}

interface Props {
  readonly names: CodeNames;
  readonly filter: { readonly bank?: string; readonly age?: DoubtAgeGroup };
  readonly ages: readonly DoubtAge[];
  readonly openRulings: number;
  readonly rows: readonly ShownDoubt[];
  readonly nextCursor: string | null;
}

/** Payments whose outcome nobody knows: by age, what was asked and answered, who does what. */
export function DoubtsPage(props: Props) {
  const t = useText();
  const { may } = useConsole();
  const { filter, rows } = props;
  const table = <DoubtTable {...props} isTicked={may('doubt.propose')} />;
  return (
    <>
      <DoubtTabs openRulings={props.openRulings} />
      <AgesCard {...props} />
      <FilterBar action="/doubts">
        <NameFilter of="ourBank" value={filter.bank} />
        <Select
          name="age"
          label={t('Đã bao lâu', 'For how long')}
          any={t('Bất kỳ', 'Any')}
          value={filter.age}
          choices={AGES.map((age) => ({ value: age, text: AGE_TEXTS[age] }))}
        />
      </FilterBar>
      <Card title={t('Khoản chi chưa rõ kết quả', 'Payments in doubt')} isFlush>
        {may('doubt.propose') && rows.length > 0 ? (
          <form method="get" action="/doubts/rulings/new">
            <TickAll name="payment" />
            {table}
            <Pager nextCursor={props.nextCursor} />
            <div class="table-form-foot">
              <p>
                {t(
                  'Có văn bản, sao kê của ngân hàng? Chọn các khoản cùng một ngân hàng rồi lập đề nghị kết luận; người thứ hai ký thì mới có hiệu lực. Không khoản nào được gửi lại khi chưa rõ.',
                  'Is there a letter or statement of the bank? Tick payments of one bank and propose how the doubt ends; it holds when a second person signs. Nothing is sent again in doubt.',
                )}
              </p>
              <button type="submit" class="btn btn-primary">
                {t('Lập đề nghị kết luận', 'Propose how it ends')}
              </button>
            </div>
          </form>
        ) : (
          <>
            {table}
            <Pager nextCursor={props.nextCursor} />
          </>
        )}
        <ExportFoot path="/doubts" isEmpty={rows.length === 0} />
      </Card>
    </>
  );
}

export function DoubtTabs({ openRulings }: { openRulings: number }) {
  const t = useText();
  return (
    <Tabs
      of={[
        { href: '/doubts', text: t('Khoản chưa rõ', 'In doubt') },
        {
          href: '/doubts/rulings',
          text: t('Đề nghị kết luận', 'Proposed endings'),
          count: openRulings > 0 ? String(openRulings) : undefined,
        },
      ]}
    />
  );
}

function AgesCard({ names, ages }: Props) {
  const t = useText();
  if (ages.length === 0) return null;
  const cell =
    (age: DoubtAgeGroup, of: (row: DoubtAge) => number) =>
    (row: DoubtAge): preact.JSX.Element =>
      of(row) === 0 ? (
        <None />
      ) : (
        <a href={href('/doubts', { bank: row.bankCode, age })}>
          <Count of={of(row)} />
        </a>
      );
  return (
    <Card title={t('Theo ngân hàng và thời gian', 'By bank and age')} isFlush>
      <Table
        caption={t('Số khoản chưa rõ theo thời gian', 'Payments in doubt by age')}
        columns={[
          {
            head: t('Ngân hàng', 'Bank'),
            isName: true,
            cell: ({ bankCode }) => (
              <a href={href('/doubts', { bank: bankCode })}>{names.bank(bankCode)}</a>
            ),
          },
          { head: AGE_TEXTS.hour, isNumber: true, cell: cell('hour', (a) => a.underHour) },
          { head: AGE_TEXTS.day, isNumber: true, cell: cell('day', (a) => a.underDay) },
          {
            head: AGE_TEXTS['three-days'],
            isNumber: true,
            cell: cell('three-days', (a) => a.underThreeDays),
          },
          { head: AGE_TEXTS.older, isNumber: true, cell: cell('older', (a) => a.older) },
          {
            head: t('Cộng', 'All'),
            isNumber: true,
            cell: ({ count, total }) => (
              <>
                <Count of={count} /> · <Money amount={total} />
              </>
            ),
          },
          {
            head: t('Đang chờ ký kết luận', 'Waiting for a signature'),
            isNumber: true,
            cell: ({ ruled }) => (ruled === 0 ? <None /> : <Count of={ruled} />),
          },
        ]}
        rows={ages}
      />
    </Card>
  );
}

function DoubtTable({ names, rows, isTicked }: Props & { isTicked: boolean }) {
  const t = useText();
  const tick: Column<ShownDoubt> = {
    head: t('Chọn', 'Tick'),
    cell: ({ paymentId, reference, openRulingId }) =>
      openRulingId === null && (
        <Tick
          name="payment"
          value={paymentId}
          label={t(`Chọn khoản ${reference}`, `Tick payment ${reference}`)}
        />
      ),
  };
  const columns = useDoubtColumns(names);
  return (
    <Table
      caption={t('Khoản chi chưa rõ kết quả, lâu nhất trước', 'Payments in doubt, oldest first')}
      columns={isTicked ? [tick, ...columns] : columns}
      rows={rows}
      empty={
        <Empty title={t('Không có khoản nào chưa rõ', 'Nothing is in doubt')} guide="doubts">
          {t(
            'Khi ngân hàng không trả lời, khoản chi hiện ở đây; hệ thống tự hỏi lại và không bao giờ tự gửi lại.',
            'When a bank does not answer, the payment appears here; the system asks again, and never sends again by itself.',
          )}
        </Empty>
      }
    />
  );
}

function useDoubtColumns(names: CodeNames): readonly Column<ShownDoubt>[] {
  const t = useText();
  const age = useAge();
  const { now } = useConsole();
  return [
    {
      head: t('Khoản chi', 'Payment'),
      isName: true,
      cell: (row) => (
        <>
          <a href={`/doubts/${row.paymentId}`}>{row.reference}</a>
          <span class="side-note">
            {names.commune(row.communeCode)} · {names.period(row.period)}
          </span>
        </>
      ),
    },
    { head: t('Ngân hàng', 'Bank'), cell: ({ bankCode }) => names.bank(bankCode) },
    {
      head: t('Số tiền', 'Amount'),
      isNumber: true,
      cell: ({ amount }) => <Money amount={amount} />,
    },
    {
      head: t('Chưa rõ đã', 'In doubt for'),
      cell: ({ unknownSince }) =>
        unknownSince ? (
          <>
            {age(unknownSince, now)}
            <span class="side-note">
              {t('từ', 'since')} <Moment at={unknownSince} />
            </span>
          </>
        ) : (
          <None />
        ),
    },
    { head: t('Đã hỏi và trả lời', 'Asked and answered'), cell: (row) => <LastAnswer row={row} /> },
    {
      head: t('Ai làm gì, đến khi nào', 'Who does what, until when'),
      cell: (row) => <NextStep row={row} />,
    },
  ];
}

export function LastAnswer({ row }: { row: DoubtRow }) {
  const t = useText();
  if (row.lastAnswer === null) {
    return <>{t('Chưa hỏi lần nào', 'Not asked yet')}</>;
  }
  const answer = ANSWERS[row.lastAnswer];
  return (
    <>
      {answer ? t(answer) : row.lastAnswer}
      <span class="side-note">
        {t(`hỏi ${row.enquiries} lần, lần cuối`, `asked ${row.enquiries} times, last`)}{' '}
        <Moment at={row.lastAnswerAt} />
      </span>
    </>
  );
}

/** Whose turn it is, and until when. */
export function NextStep({ row }: { row: ShownDoubt }) {
  const t = useText();
  const { now } = useConsole();
  if (row.openRulingId !== null) {
    return (
      <>
        <strong>{t('Người có chữ ký thứ hai', 'A second signatory')}</strong>{' '}
        {t('ký hoặc không đồng ý với đề nghị của', 'signs or refuses the proposal of')}{' '}
        {row.openRulingBy}:{' '}
        <a href={`/doubts/rulings/${row.openRulingId}`}>
          {row.openRulingOutcome && t(OUTCOMES[row.openRulingOutcome])}
        </a>
      </>
    );
  }
  const asksAt = row.nextEnquiryAt && (
    <span class="side-note">
      {t('Hệ thống hỏi lại lúc', 'The system asks again at')} <Moment at={row.nextEnquiryAt} />
    </span>
  );
  if (row.windowUntil !== null && row.windowUntil > now) {
    return (
      <>
        <strong>{t('Hệ thống', 'The system')}</strong>{' '}
        {t('đang chờ ngân hàng', 'waits for the bank')}
        {asksAt}
        <span class="side-note">
          {t('Chưa được kết luận “không chi” trước', '“Not paid” is not concluded before')}{' '}
          <Moment at={row.windowUntil} />
        </span>
      </>
    );
  }
  return (
    <>
      <strong>{t('Người lập bảng, kế toán trưởng', 'Preparer, chief accountant')}</strong>{' '}
      {t('hỏi ngân hàng, rồi lập đề nghị kết luận', 'asks the bank and proposes how it ends')}
      {asksAt}
    </>
  );
}
