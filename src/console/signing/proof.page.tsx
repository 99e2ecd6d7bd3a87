import type { GivenSignature, RoundDetail } from '../../approvals/index.js';
import type { BatchSummary } from '../../batches/index.js';
import { amountInWords, formatPeriod, Money as Amount } from '../../kernel/index.js';
import { groupedDigest, SIGNATURES } from '../batches/batch.words.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Facts,
  Moment,
  Money,
  None,
  Table,
  useText,
  useNames,
} from '../kit/index.js';

interface ProofProps {
  readonly batch: BatchSummary;
  readonly round: RoundDetail;
  readonly people: ReadonlyMap<string, string>;
}

/** What was signed, by whom and when: a page to be printed and filed. */
export function SigningProof({ batch, round, people }: ProofProps) {
  const t = useText();
  const names = useNames();
  const given = round.steps.flatMap(({ signed }) => (signed ? [signed] : []));
  return (
    <div class="paper">
      {round.approval === null && (
        <Callout tone="warning" title={t('Chưa đủ chữ ký', 'Not fully signed')}>
          {t(
            'Trang này ghi các chữ ký đã có; đợt chi chưa được duyệt.',
            'This page shows the signatures there are; the batch is not approved.',
          )}
        </Callout>
      )}
      <Card title={t('Nội dung đã ký', 'What was signed')}>
        <Facts
          of={[
            { name: t('Số hiệu đợt chi', 'Batch'), value: batch.number },
            { name: t('Chế độ', 'Programme'), value: t(names.programme(batch.programme)) },
            { name: t('Kỳ', 'Period'), value: formatPeriod(batch.period) },
            {
              name: t('Ngày chi', 'Day of payment'),
              value: batch.payOn ? (
                <Day iso={batch.payOn} />
              ) : (
                t('khi đủ chữ ký', 'when fully signed')
              ),
            },
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
              name: t('Bằng chữ', 'In words'),
              value: <span lang="vi">{amountInWords(Amount.of(batch.total))}</span>,
            },
            {
              name: t('Người lập, trình ký', 'Proposed by'),
              value: (
                <>
                  {people.get(batch.proposedBy ?? batch.preparedBy) ?? '–'},{' '}
                  <Moment at={batch.proposedAt} />
                </>
              ),
            },
            {
              name: t('Mã niêm phong (SHA-256)', 'Digest (SHA-256)'),
              value: <span class="digest">{groupedDigest(batch.digest ?? '')}</span>,
            },
            round.approval !== null && {
              name: t('Đủ chữ ký lúc', 'Fully signed at'),
              value: <Moment at={round.approval.approvedAt} />,
            },
            round.approval !== null && {
              name: t('Giữ kinh phí của tháng', 'Money reserved of'),
              value: formatPeriod(round.approval.budgetMonth),
            },
          ]}
        />
      </Card>
      <Signatures given={given} people={people} />
    </div>
  );
}

function Signatures(props: {
  given: readonly GivenSignature[];
  people: ReadonlyMap<string, string>;
}) {
  const t = useText();
  const { given, people } = props;
  const title = t('Các chữ ký', 'Signatures');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={given}
        empty={t('Chưa có chữ ký nào.', 'There are no signatures yet.')}
        columns={[
          {
            head: t('Người ký', 'Signer'),
            isName: true,
            cell: ({ signerId, signerLogin }) => (
              <>
                {people.get(signerId) ?? signerLogin}
                <div class="text-secondary">{signerLogin}</div>
              </>
            ),
          },
          { head: t('Chữ ký', 'Signature'), cell: ({ signature }) => t(SIGNATURES[signature]) },
          { head: t('Lúc', 'At'), cell: ({ signedAt }) => <Moment at={signedAt} /> },
          {
            head: t('Đã ký nội dung', 'What they signed'),
            cell: ({ lineCount, total, digest }) => (
              <>
                <Count of={lineCount} /> {t('dòng', 'lines')}, <Money amount={total} />
                <div class="digest">{groupedDigest(digest)}</div>
              </>
            ),
          },
          { head: t('Ý kiến', 'Comment'), cell: ({ comment }) => comment ?? <None /> },
        ]}
      />
    </Card>
  );
}
