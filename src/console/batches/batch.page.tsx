import type { BatchDetail } from '../../batches/index.js';
import { formatPeriod, lastDayOf } from '../../kernel/index.js';
import {
  Card,
  Count,
  Day,
  Facts,
  href,
  kindText,
  Moment,
  Money,
  State,
  Table,
  useNames,
  useText,
} from '../kit/index.js';
import { NextAct } from './batch-acts.js';
import { Parts, Warnings } from './batch-figures.js';
import { BatchFrame } from './batch-frame.js';
import type { OverviewProps } from './batch.props.js';
import { groupedDigest, LEFT_OUT_WORDS, wordOf } from './batch.words.js';

/** One batch at a glance: what it comes to, what it waits for, and what may be done. */
export function BatchOverview(props: OverviewProps) {
  const { batch, parts, concerns, accounts } = props;
  const t = useText();
  return (
    <BatchFrame batch={batch}>
      <NextAct {...props} />
      {concerns && <Warnings batchId={batch.id} concerns={concerns} accounts={accounts} />}
      <div class="columns">
        <Figures {...props} />
        <LeftOut batch={batch} />
      </div>
      <div class="columns">
        <Parts
          title={t('Theo nguồn kinh phí', 'By fund')}
          parts={parts.funds}
          link={(code) => href(`/batches/${batch.id}/lines`, { fund: code })}
        />
        <Parts
          title={t('Theo chế độ', 'By programme')}
          parts={parts.programmes}
          link={() => `/batches/${batch.id}/lines`}
        />
        <Parts
          title={t('Theo ngân hàng của người hưởng', 'By bank of the payees')}
          parts={parts.banks}
          link={(code) => href(`/batches/${batch.id}/lines`, { bankBin: code })}
        />
        <Parts
          title={t('Theo xã, phường', 'By commune')}
          parts={parts.communes}
          link={(code) => href(`/batches/${batch.id}/lines`, { communeCode: code })}
        />
      </div>
    </BatchFrame>
  );
}

function Figures({ batch, run, followUps, people }: OverviewProps) {
  const t = useText();
  const by = (id: string): string => people.get(id) ?? t('hệ thống khác', 'another system');
  return (
    <Card title={t('Đợt chi', 'The batch')}>
      <Facts
        of={[
          { name: t('Số hiệu', 'Number'), value: batch.number },
          { name: t('Tình trạng', 'State'), value: <State of="batch" is={batch.state} /> },
          { name: t('Kỳ', 'Period'), value: formatPeriod(batch.period) },
          {
            name: t('Số dòng', 'Lines'),
            value: (
              <a href={`/batches/${batch.id}/lines`}>
                <Count of={batch.lineCount} />
              </a>
            ),
          },
          { name: t('Tổng tiền', 'Total'), value: <Money amount={batch.total} /> },
          {
            name: t('Ngày chi', 'Day of payment'),
            value: batch.payOn ? (
              <Day iso={batch.payOn} />
            ) : (
              t('khi đủ chữ ký', 'when fully signed')
            ),
          },
          { name: t('Phạm vi', 'Takes in'), value: <Narrowed batch={batch} /> },
          { name: t('Người lập', 'Built by'), value: by(batch.preparedBy) },
          { name: t('Lập lúc', 'Built at'), value: <Moment at={batch.createdAt} /> },
          batch.proposedBy !== null && {
            name: t('Trình ký', 'Proposed'),
            value: (
              <>
                {by(batch.proposedBy)}, <Moment at={batch.proposedAt} />
              </>
            ),
          },
          batch.note !== null && { name: t('Ghi chú', 'Note'), value: batch.note },
          batch.followUpOf !== null && {
            name: t('Chi bổ sung cho', 'Follows up'),
            value: (
              <a href={`/batches/${batch.followUpOf}`}>{t('đợt chi trước', 'an earlier batch')}</a>
            ),
          },
          followUps.length > 0 && {
            name: t('Đợt chi bổ sung', 'Follow-up batches'),
            value: followUps.map(({ id, number }) => (
              <div>
                <a href={`/batches/${id}`}>{number}</a>
              </div>
            )),
          },
          run !== null && {
            name: t('Lượt chi trả', 'Payment run'),
            value: (
              <a href={`/runs/${run.id}`}>
                <State of="run" is={run.state} />
              </a>
            ),
          },
          batch.digest !== null && {
            name: t('Mã niêm phong', 'Digest'),
            value: <span class="digest">{groupedDigest(batch.digest)}</span>,
          },
        ]}
      />
    </Card>
  );
}

function Narrowed({ batch }: { batch: BatchDetail }) {
  const t = useText();
  const names = useNames();
  const { fund, kind, communeCodes, bankBins } = batch.filter;
  const said = [
    fund !== undefined && t(names.fund(fund)),
    kind !== undefined && t(kindText(kind)),
    communeCodes?.map((code) => names.commune(code, lastDayOf(batch.period))).join(', '),
    bankBins?.map((bin) => names.bank(bin)).join(', '),
  ].filter(Boolean);
  return (
    <>
      {said.length > 0
        ? said.join('; ')
        : t('tất cả người hưởng của kỳ này', 'everybody of this period')}
    </>
  );
}

function LeftOut({ batch }: { batch: BatchDetail }) {
  const t = useText();
  return (
    <Card title={t('Không đưa vào đợt chi', 'Left out')} isFlush>
      <Table
        caption={t('Lý do không đưa vào', 'Reasons for leaving out')}
        rows={batch.leftOut}
        empty={t('Không ai bị để ngoài.', 'Nobody is left out.')}
        columns={[
          {
            head: t('Lý do', 'Reason'),
            isName: true,
            cell: ({ reason }) => (
              <a href={href(`/batches/${batch.id}/left-out`, { reason })}>
                {t(wordOf(LEFT_OUT_WORDS, reason))}
              </a>
            ),
          },
          {
            head: t('Số khoản', 'Entries'),
            isNumber: true,
            cell: ({ count }) => <Count of={count} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
        ]}
      />
    </Card>
  );
}
