import type { Bilingual } from '../../kernel/index.js';
import type { PaymentRow } from '../../payments/index.js';
import type { StatementProof } from '../../reconciliation/index.js';
import { Card, Day, Moment, Money, useNames, useText } from '../kit/index.js';

const BUCKET_WORDS: Readonly<Record<string, Bilingual>> = {
  matched: { vi: 'Khớp khoản chi này, cả số tiền', en: 'Matches this payment, amount included' },
  returned: { vi: 'Tiền hoàn trả', en: 'The money came back' },
  'amount-differs': { vi: 'Số tiền khác', en: 'Another amount' },
  'debited-twice': { vi: 'Ghi nợ hai lần', en: 'Debited twice' },
  'returned-twice': { vi: 'Hoàn trả hai lần', en: 'Returned twice' },
  contradicts: { vi: 'Mâu thuẫn với sổ của ta', en: 'Contradicts our books' },
};
const WAITING: Bilingual = { vi: 'Chờ đối chiếu', en: 'To be matched' };
const OTHER: Bilingual = { vi: 'Không thuộc khoản chi này', en: 'Not of this payment' };

/** The statement's lines about a payment: the debit that proves it first of all. */
export function StatementLines(props: {
  readonly payment: PaymentRow;
  readonly proof: readonly StatementProof[];
}) {
  const t = useText();
  return (
    <Card title={t('Sao kê của ngân hàng', 'The bank’s statement')}>
      {props.proof.length === 0 ? (
        <p class="mb-0">{t(nothingOf(props.payment))}</p>
      ) : (
        <ul class="proof-list">
          {props.proof.map((line) => (
            <Line line={line} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function nothingOf({ state }: PaymentRow): Bilingual {
  if (state === 'settled') {
    return {
      vi: 'Chưa có dòng sao kê nào về khoản này. Nhận sao kê ở trang Đối chiếu.',
      en: 'No line of a statement is about it yet. Take statements in at Reconciliation.',
    };
  }
  return {
    vi: 'Chưa có dòng sao kê nào về khoản này.',
    en: 'No line of a statement is about this payment.',
  };
}

function Line({ line }: { line: StatementProof }) {
  const t = useText();
  const names = useNames();
  const word = line.bucket === null ? WAITING : (BUCKET_WORDS[line.bucket] ?? OTHER);
  return (
    <li>
      <strong>
        {line.proves ? '✓ ' : ''}
        {line.direction === 'debit' ? t('Ghi nợ ', 'Debit ') : t('Ghi có ', 'Credit ')}
        <Money amount={line.amount} />
      </strong>
      , <Moment at={line.bookedAt} />
      <div>{t(word)}</div>
      {line.returnText !== null && <div>“{line.returnText}”</div>}
      <div class="text-secondary">
        {names.ourBank(line.bank)}, {t('sao kê', 'statement')} <Statement line={line} />,{' '}
        {t('bút toán', 'entry')} {line.entryId}
      </div>
      <div class="text-secondary">
        {t('Số sao kê', 'Its number')}: {line.statementId}
      </div>
    </li>
  );
}

function Statement({ line }: { line: StatementProof }) {
  const days = (
    <>
      <Day iso={line.from} />
      {line.from !== line.to && (
        <>
          –<Day iso={line.to} />
        </>
      )}
    </>
  );
  if (line.reconciliationId === null) return days;
  return <a href={`/reconciliation/${line.reconciliationId}`}>{days}</a>;
}
