import type { BatchSummary, LineSinceReturn, ProposedRound } from '../../batches/index.js';
import { Callout, Card, Money, Moment, None, Pager, Table, useText } from '../kit/index.js';

/** Line by line, what changed since a round was returned. */
export function SinceReturn(props: {
  readonly batch: BatchSummary;
  readonly round: ProposedRound;
  readonly lines: readonly LineSinceReturn[];
  readonly nextCursor: string | null;
  readonly people: ReadonlyMap<string, string>;
}) {
  const { round, lines, people } = props;
  const t = useText();
  const title = t('Các dòng khác với lần trình đó', 'Lines that differ from that round');
  return (
    <>
      <Callout tone="info" title={t('Lý do trả lại', 'Why it was returned')}>
        <p>
          {round.returnedBy !== null && (people.get(round.returnedBy) ?? round.returnedBy)},{' '}
          <Moment at={round.returnedAt} />: “{round.reason}”
        </p>
      </Callout>
      <Card title={title} isFlush>
        <Table
          caption={title}
          rows={lines}
          empty={t('Không dòng nào khác.', 'No line differs.')}
          columns={[
            {
              head: t('Người hưởng', 'Beneficiary'),
              isName: true,
              cell: ({ beneficiaryId, payeeName }) =>
                beneficiaryId === null ? (
                  payeeName
                ) : (
                  <a href={`/beneficiaries/${beneficiaryId}`}>{payeeName}</a>
                ),
            },
            { head: t('Thay đổi', 'Change'), cell: (line) => <What line={line} /> },
            {
              head: t('Lần trước', 'Before'),
              isNumber: true,
              cell: ({ amountBefore }) =>
                amountBefore === null ? <None /> : <Money amount={amountBefore} />,
            },
            {
              head: t('Bây giờ', 'Now'),
              isNumber: true,
              cell: ({ amountNow }) =>
                amountNow === null ? <None /> : <Money amount={amountNow} />,
            },
          ]}
        />
        <Pager nextCursor={props.nextCursor} />
      </Card>
    </>
  );
}

function What({ line }: { line: LineSinceReturn }) {
  const t = useText();
  if (line.amountBefore === null) return <>{t('Dòng mới', 'New')}</>;
  if (line.amountNow === null) return <>{t('Đã bỏ ra', 'Gone')}</>;
  const said = [
    line.amountBefore !== line.amountNow && t('đổi số tiền', 'another amount'),
    line.otherAccount && t('đổi tài khoản', 'another account'),
    line.otherName && t('đổi họ tên', 'another name'),
  ];
  return <>{said.filter(Boolean).join(', ')}</>;
}
