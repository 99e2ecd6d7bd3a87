import type { EnquiryEntry, RulingOfPayment, SendingEntry } from '../../payments/index.js';
import {
  Card,
  Empty,
  Facts,
  href,
  Moment,
  Money,
  State,
  Table,
  Timeline,
  useAge,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { NextStep, type ShownDoubt } from './doubts.page.js';
import { ANSWERS, OUTCOMES, RESULTS, SENDINGS } from './doubts.words.js';

/** One payment that is or was in doubt: every sending, every question with its answer, every proposal. */
export function DoubtPage(props: {
  readonly names: CodeNames;
  readonly row: ShownDoubt;
  readonly sent: readonly SendingEntry[];
  readonly asked: readonly EnquiryEntry[];
  readonly rulings: readonly RulingOfPayment[];
}) {
  const t = useText();
  const age = useAge();
  const { now, may } = useConsole();
  const { names, row } = props;
  const isInDoubt = row.state === 'unknown';
  return (
    <>
      <Card>
        <Facts
          of={[
            {
              name: t('Tham chiếu gửi ngân hàng', 'Our reference at the bank'),
              value: <a href={`/payments/${row.paymentId}`}>{row.reference}</a>,
            },
            { name: t('Ngân hàng', 'Bank'), value: names.bank(row.bankCode) },
            { name: t('Số tiền', 'Amount'), value: <Money amount={row.amount} /> },
            {
              name: t('Chế độ, kỳ, xã', 'Programme, period, commune'),
              value: `${t(names.programme(row.programme))}, ${names.period(row.period)}, ${names.commune(row.communeCode)}`,
            },
            { name: t('Tình trạng', 'State'), value: <State of="payment" is={row.state} /> },
            isInDoubt &&
              row.unknownSince !== null && {
                name: t('Chưa rõ từ', 'In doubt since'),
                value: (
                  <>
                    <Moment at={row.unknownSince} /> ({age(row.unknownSince, now)})
                  </>
                ),
              },
            isInDoubt && {
              name: t('Ai làm gì, đến khi nào', 'Who does what, until when'),
              value: <NextStep row={row} />,
            },
          ]}
        />
        {isInDoubt && row.openRulingId === null && may('doubt.propose') && (
          <a
            class="btn btn-primary mt-3"
            href={href('/doubts/rulings/new', { payment: row.paymentId })}
          >
            {t('Lập đề nghị kết luận', 'Propose how it ends')}
          </a>
        )}
      </Card>
      <div class="columns">
        <Card title={t('Đã hỏi ngân hàng', 'Asked of the bank')}>
          {props.asked.length === 0 ? (
            <Empty title={t('Chưa hỏi lần nào', 'Not asked yet')}>
              {t('Hệ thống tự hỏi theo lịch của ngân hàng.', 'The system asks by itself.')}
            </Empty>
          ) : (
            <Timeline
              of={props.asked.map((entry) => ({
                at: entry.askedAt,
                by: names.bank(row.bankCode),
                title: wordsOf(ANSWERS, entry.answer, t),
                children: entry.why && <p class="side-note">{entry.why}</p>,
              }))}
            />
          )}
        </Card>
        <Card title={t('Đã gửi', 'Sent')}>
          <Timeline
            of={props.sent.map((entry) => ({
              at: entry.startedAt,
              by: t(`Lần gửi thứ ${entry.number}`, `Sending ${entry.number}`),
              title:
                entry.outcome === null
                  ? t('Chưa có trả lời', 'No answer yet')
                  : wordsOf(SENDINGS, entry.outcome, t),
              children: entry.why && <p class="side-note">{entry.why}</p>,
            }))}
          />
        </Card>
      </div>
      {props.rulings.length > 0 && (
        <Card title={t('Đề nghị kết luận về khoản này', 'Proposals about it')} isFlush>
          <Table
            caption={t('Đề nghị kết luận', 'Proposals')}
            columns={[
              {
                head: t('Kết luận', 'Ending'),
                isName: true,
                cell: ({ rulingId, outcome }) => (
                  <a href={`/doubts/rulings/${rulingId}`}>{t(OUTCOMES[outcome])}</a>
                ),
              },
              {
                head: t('Tình trạng', 'State'),
                cell: ({ state }) => <State of="ruling" is={state} />,
              },
              {
                head: t('Với khoản này', 'For this payment'),
                cell: ({ result }) => wordsOf(RESULTS, result, t),
              },
              {
                head: t('Đề nghị lúc', 'Proposed'),
                cell: ({ proposedAt }) => <Moment at={proposedAt} />,
              },
              {
                head: t('Quyết định lúc', 'Decided'),
                cell: ({ decidedAt }) => <Moment at={decidedAt} />,
              },
            ]}
            rows={props.rulings}
          />
        </Card>
      )}
    </>
  );
}

function wordsOf(
  texts: Readonly<Record<string, { vi: string; en: string }>>,
  code: string,
  t: ReturnType<typeof useText>,
): string {
  const text = texts[code];
  return text ? t(text) : code;
}
