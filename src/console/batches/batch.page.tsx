import type { Competence, RoundDetail } from '../../approvals/index.js';
import {
  isChecked,
  type BatchDetail,
  type BatchWarnings,
  type NamedPart,
  type NamedParts,
} from '../../batches/index.js';
import { formatPeriod, type Bilingual, lastDayOf } from '../../kernel/index.js';
import type { RunSummary } from '../../payments/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Facts,
  href,
  Moment,
  Money,
  State,
  Table,
  useText,
  useNames,
} from '../kit/index.js';
import { NextAct } from './batch-acts.js';
import { BatchFrame } from './batch-frame.js';
import { groupedDigest, KINDS, LEFT_OUT_WORDS, OUTDATED_WORDS, wordOf } from './batch.words.js';

export interface OverviewProps {
  readonly batch: BatchDetail;
  readonly parts: NamedParts;
  readonly warnings: BatchWarnings | null;
  readonly round: RoundDetail;
  readonly competence: Competence | null;
  readonly run: RunSummary | null;
  readonly followUps: readonly { id: string; number: string }[];
  readonly people: ReadonlyMap<string, string>;
}

/** One batch at a glance: what it comes to, what it waits for, and what may be done. */
export function BatchOverview(props: OverviewProps) {
  const { batch, parts, warnings } = props;
  const t = useText();
  return (
    <BatchFrame batch={batch}>
      <NextAct {...props} />
      {warnings && <Warnings batchId={batch.id} warnings={warnings} />}
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
          { name: t('Số dòng', 'Lines'), value: <Count of={batch.lineCount} /> },
          { name: t('Tổng tiền', 'Total'), value: <Money amount={batch.total} /> },
          {
            name: t('Ngày chi', 'Day of payment'),
            value: batch.payOn ? (
              <Day iso={batch.payOn} />
            ) : (
              t('khi đủ chữ ký', 'when fully signed')
            ),
          },
          { name: t('Chỉ gồm', 'Only'), value: <Narrowed batch={batch} /> },
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
    kind !== undefined && t(wordOf(KINDS, kind)),
    communeCodes?.map((code) => names.commune(code, lastDayOf(batch.period))).join(', '),
    bankBins?.map((bin) => names.bank(bin)).join(', '),
  ].filter(Boolean);
  return <>{said.length > 0 ? said.join('; ') : t('không giới hạn', 'no limits')}</>;
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

/** Parts of a total; each leads to its lines. */
export function Parts(props: {
  readonly title: string;
  readonly parts: readonly NamedPart[];
  readonly link: (code: string) => string;
}) {
  const t = useText();
  const nameOf = (part: NamedPart): Bilingual => part.name ?? { vi: part.code, en: part.code };
  return (
    <Card title={props.title} isFlush>
      <Table
        caption={props.title}
        rows={props.parts}
        columns={[
          {
            head: t('Tên', 'Name'),
            isName: true,
            cell: (part) => <a href={props.link(part.code)}>{t(nameOf(part))}</a>,
          },
          {
            head: t('Số dòng', 'Lines'),
            isNumber: true,
            cell: ({ lines }) => <Count of={lines} />,
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

/** What is worth a look before anybody signs; nothing when all is well. */
export function Warnings({ batchId, warnings }: { batchId: string; warnings: BatchWarnings }) {
  const t = useText();
  const { outdated, sharedAccounts, accounts } = warnings;
  const unchecked = (accounts?.counts ?? []).filter(({ state }) => !isChecked(state));
  const notChecked = unchecked.reduce((sum, { lines }) => sum + lines, 0);
  if (outdated.count === 0 && sharedAccounts.length === 0 && notChecked === 0) return null;
  const kinds = [...new Set(outdated.lines.map(({ change }) => change))];
  return (
    <Callout tone="warning" title={t('Cần xem trước khi ký', 'Look at this before signing')}>
      <ul class="mb-0">
        {outdated.count > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts#outdated`}>
              {t(
                `${outdated.count} dòng không còn đúng với hồ sơ`,
                `${outdated.count} lines no longer agree with the records`,
              )}
            </a>{' '}
            ({kinds.map((change) => t(wordOf(OUTDATED_WORDS, change)).toLowerCase()).join(', ')})
          </li>
        )}
        {notChecked > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts`}>
              {t(
                `${notChecked} dòng có tài khoản chưa được xác minh đúng tên`,
                `${notChecked} lines have accounts that are not verified`,
              )}
            </a>
          </li>
        )}
        {sharedAccounts.length > 0 && (
          <li>
            <a href={`/batches/${batchId}/accounts#shared`}>
              {t(
                `${sharedAccounts.length} tài khoản nhận tiền của nhiều người`,
                `${sharedAccounts.length} accounts receive for several people`,
              )}
            </a>
          </li>
        )}
      </ul>
    </Callout>
  );
}
