import type { ComponentChildren } from 'preact';
import type {
  Basis,
  BatchDetail,
  Change,
  ChangeCounts,
  ChangedPerson,
} from '../../batches/index.js';
import { formatPeriod, maskTail } from '../../kernel/index.js';
import {
  Card,
  Count,
  href,
  Money,
  None,
  Pager,
  Table,
  useText,
  useNames,
  type NamesOf,
} from '../kit/index.js';
import { BatchFrame } from './batch-frame.js';
import { CHANGE_WORDS, LEFT_OUT_WORDS, wordOf } from './batch.words.js';

interface ChangesProps {
  readonly batch: BatchDetail;
  readonly comparedWith: Basis;
  readonly counts: ChangeCounts;
  readonly people: readonly ChangedPerson[];
  readonly change?: Change;
  readonly nextCursor: string | null;
}

/** How a batch differs from the period before, person by person. */
export function BatchChanges(props: ChangesProps) {
  const { batch } = props;
  return (
    <BatchFrame batch={batch}>
      <ChangeFigures batchId={batch.id} comparedWith={props.comparedWith} counts={props.counts} />
      <People {...props} />
    </BatchFrame>
  );
}

/** The four kinds of change with their people and money; each leads to its people. */
export function ChangeFigures(props: {
  readonly batchId: string;
  readonly comparedWith: Basis;
  readonly counts: ChangeCounts;
}) {
  const { batchId, comparedWith, counts } = props;
  const t = useText();
  const rows: { change: Change; people: number; amount: string | null; sign: string }[] = [
    { change: 'new', people: counts.newPeople, amount: counts.newAmount, sign: '+' },
    { change: 'gone', people: counts.gonePeople, amount: counts.goneAmount, sign: '−' },
    {
      change: 'other_amount',
      people: counts.otherAmountPeople,
      amount: counts.otherAmountDifference.replace('-', ''),
      sign: counts.otherAmountDifference.startsWith('-') ? '−' : '+',
    },
    { change: 'other_account', people: counts.otherAccountPeople, amount: null, sign: '' },
  ];
  return (
    <Card title={t('Thay đổi', 'What changed')} isFlush>
      <p class="card-body mb-0">
        <Compared with={comparedWith} /> {t('Kỳ trước:', 'Before:')}{' '}
        <Count of={counts.peopleBefore} /> {t('người', 'people')},{' '}
        <Money amount={counts.amountBefore} />. {t('Kỳ này:', 'Now:')}{' '}
        <Count of={counts.peopleNow} /> {t('người', 'people')}, <Money amount={counts.amountNow} />.
      </p>
      <Table
        caption={t('Bốn loại thay đổi', 'The four kinds of change')}
        rows={rows}
        columns={[
          {
            head: t('Thay đổi', 'Change'),
            isName: true,
            cell: ({ change }) => (
              <a href={href(`/batches/${batchId}/changes`, { change })}>
                {t(CHANGE_WORDS[change])}
              </a>
            ),
          },
          {
            head: t('Số người', 'People'),
            isNumber: true,
            cell: ({ change, people }) => (
              <a href={href(`/batches/${batchId}/changes`, { change })}>
                <Count of={people} />
              </a>
            ),
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount, sign }) =>
              amount === null ? <None /> : <Signed amount={amount} sign={sign} />,
          },
        ]}
      />
    </Card>
  );
}

function Signed({ amount, sign }: { amount: string; sign: string }) {
  return (
    <span class="money">
      {amount === '0' ? '' : sign}
      <Money amount={amount} />
    </span>
  );
}

function Compared({ with: basis }: { with: Basis }) {
  const t = useText();
  if ('batchId' in basis) {
    return (
      <>
        {t('So với ', 'Compared with ')}
        <a href={`/batches/${basis.batchId}`}>
          {t('đợt chi được chi lại', 'the batch it follows up')}
        </a>
        .
      </>
    );
  }
  const period = formatPeriod(basis.period);
  return (
    <>
      {t(
        `So với các đợt đã ký của cùng chế độ, kỳ ${period}.`,
        `Compared with the signed batches of the same programme, ${period}.`,
      )}
    </>
  );
}

function People({ batch, people, change, nextCursor }: ChangesProps) {
  const t = useText();
  const names = useNames();
  const title =
    change === undefined
      ? t('Những người có thay đổi', 'People who changed')
      : t(
          `Những người có thay đổi: ${CHANGE_WORDS[change].vi.toLowerCase()}`,
          `People who changed: ${CHANGE_WORDS[change].en.toLowerCase()}`,
        );
  return (
    <Card
      title={title}
      isFlush
      actions={
        change !== undefined && (
          <a class="btn btn-sm" href={`/batches/${batch.id}/changes`}>
            {t('Xem mọi thay đổi', 'See every change')}
          </a>
        )
      }
    >
      <Table
        caption={title}
        rows={people}
        empty={t('Không ai có thay đổi này.', 'Nobody changed so.')}
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
            head: t('Thay đổi', 'Change'),
            cell: ({ changes, leftOutBecause }) => (
              <>
                {changes.map((one) => t(CHANGE_WORDS[one])).join(', ')}
                {leftOutBecause !== null && (
                  <div class="text-secondary">{t(wordOf(LEFT_OUT_WORDS, leftOutBecause))}</div>
                )}
              </>
            ),
          },
          {
            head: t('Kỳ trước', 'Before'),
            isNumber: true,
            cell: (person) => (
              <Side
                amount={person.amountBefore}
                account={accountOf(names, person.bankBinBefore, person.accountBefore)}
              />
            ),
          },
          {
            head: t('Kỳ này', 'Now'),
            isNumber: true,
            cell: (person) => (
              <Side
                amount={person.amountNow}
                account={accountOf(names, person.bankBinNow, person.accountNow)}
              />
            ),
          },
        ]}
      />
      <Pager nextCursor={nextCursor} />
    </Card>
  );
}

function accountOf(names: NamesOf, bin: string | null, number: string | null): string | null {
  return bin === null || number === null ? null : `${names.bank(bin)} ${maskTail(number)}`;
}

function Side({
  amount,
  account,
}: {
  amount: string | null;
  account: string | null;
}): ComponentChildren {
  if (amount === null) return <None />;
  return (
    <>
      <Money amount={amount} />
      <div class="text-secondary">{account}</div>
    </>
  );
}
