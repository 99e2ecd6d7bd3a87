import { EXCLUSION_REASONS, type BatchDetail, type ExclusionView } from '../../batches/index.js';
import { formatDate, type Bilingual, lastDayOf } from '../../kernel/index.js';
import {
  formatMoney,
  FilterBar,
  Money,
  None,
  Pager,
  Select,
  Table,
  useText,
  useNames,
  type NamesOf,
} from '../kit/index.js';
import { BatchFrame } from './batch-frame.js';
import { LEFT_OUT_WORDS, wordOf } from './batch.words.js';

interface LeftOutProps {
  readonly batch: BatchDetail;
  readonly people: readonly ExclusionView[];
  readonly reason?: string;
  readonly nextCursor: string | null;
}

/** Who is left out of a batch, why, and what to do. */
export function BatchLeftOut(props: LeftOutProps) {
  const { batch, people, reason, nextCursor } = props;
  const t = useText();
  const names = useNames();
  return (
    <BatchFrame batch={batch}>
      <FilterBar action={`/batches/${batch.id}/left-out`}>
        <Select
          name="reason"
          label={t('Lý do', 'Reason')}
          value={reason}
          any={t('Mọi lý do', 'Every reason')}
          choices={batch.leftOut.map((left) => ({
            value: left.reason,
            text: wordOf(LEFT_OUT_WORDS, left.reason),
          }))}
        />
      </FilterBar>
      <div class="card mb-3">
        <Table
          caption={t('Không đưa vào đợt chi', 'Left out of the batch')}
          rows={people}
          empty={t('Không có khoản nào bị để ngoài.', 'Nothing is left out.')}
          columns={[
            {
              head: t('Người hưởng', 'Beneficiary'),
              isName: true,
              cell: ({ beneficiaryId, payeeName, personalNumber }) => (
                <>
                  <a href={`/beneficiaries/${beneficiaryId}`}>{payeeName}</a>
                  <div class="text-secondary">{personalNumber}</div>
                </>
              ),
            },
            {
              head: t('Xã, phường', 'Commune'),
              cell: ({ communeCode }) => names.commune(communeCode, lastDayOf(batch.period)),
            },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: ({ amount }) => <Money amount={amount} />,
            },
            {
              head: t('Lý do và việc cần làm', 'Why, and what to do'),
              cell: (left) => <Why left={left} />,
            },
          ]}
        />
        <Pager nextCursor={nextCursor} />
      </div>
    </BatchFrame>
  );
}

function Why({ left }: { left: ExclusionView }) {
  const t = useText();
  const explanation = EXCLUSION_REASONS[left.reason];
  const batchId = textOf(left.detail['batchId']);
  return (
    <>
      {explanation ? t(explanation) : <None />}
      <Particulars left={left} />
      {batchId !== null && (
        <div>
          <a href={`/batches/${batchId}`}>{t('Xem đợt chi đó', 'See that batch')}</a>
        </div>
      )}
    </>
  );
}

function Particulars({ left }: { left: ExclusionView }) {
  const t = useText();
  const names = useNames();
  const said = particularsOf(left, names);
  return said === null ? null : <div class="text-secondary">{t(said)}</div>;
}

/** What the books add to the reason: a date, a bank, a limit, the officer's own words. */
function particularsOf({ reason, detail }: ExclusionView, names: NamesOf): Bilingual | null {
  const said = (key: string, write: (value: string) => Bilingual): Bilingual | null => {
    const value = textOf(detail[key]);
    return value === null ? null : write(value);
  };
  switch (reason) {
    case 'deceased':
      return said('on', (day) => ({
        vi: `Mất ngày ${formatDate(day)}`,
        en: `Died on ${formatDate(day)}`,
      }));
    case 'recipient_expired':
      return said('until', (day) => ({
        vi: `Giấy có giá trị đến ${formatDate(day)}`,
        en: `Valid until ${formatDate(day)}`,
      }));
    case 'over_ceiling':
      return said('ceiling', (most) => ({
        vi: `Mức tối đa ${formatMoney(most)}`,
        en: `Ceiling ${formatMoney(most)}`,
      }));
    case 'no_route':
    case 'no_rail':
      return said('bankBin', (bin) => ({ vi: names.bank(bin), en: names.bank(bin) }));
    case 'removed':
      return said('because', (words) => ({ vi: `“${words}”`, en: `“${words}”` }));
    default:
      return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
