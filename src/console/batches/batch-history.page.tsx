import type { RoundDetail } from '../../approvals/index.js';
import type { BatchDetail, ProposedRound } from '../../batches/index.js';
import { Card, Count, Moment, Money, Table, Timeline, useText } from '../kit/index.js';
import { SignatureChain } from '../signing/signature-chain.js';
import { BatchFrame } from './batch-frame.js';
import { ACTS, groupedDigest, SIGNATURES, wordOf } from './batch.words.js';

interface HistoryProps {
  readonly batch: BatchDetail;
  readonly round: RoundDetail;
  readonly rounds: readonly ProposedRound[];
  readonly people: ReadonlyMap<string, string>;
}

/** Who has signed and who is next, the rounds before, and everything that was done. */
export function BatchHistory(props: HistoryProps) {
  const { batch, round, people } = props;
  const t = useText();
  return (
    <BatchFrame batch={batch}>
      <div class="columns">
        <Card title={t('Chữ ký', 'Signatures')}>
          <SignatureChain round={round} people={people} />
        </Card>
        <Card title={t('Việc đã làm', 'What was done')}>
          <Timeline
            of={batch.history.map((event) => ({
              at: event.at,
              title: t(wordOf(ACTS, event.happened)),
              by: people.get(event.actorName) ?? event.actorName,
              tone: event.happened === 'returned' ? 'warning' : undefined,
              children: event.reason !== null && <p>“{event.reason}”</p>,
            }))}
          />
        </Card>
      </div>
      <EarlierRounds {...props} />
    </BatchFrame>
  );
}

function EarlierRounds({ batch, round, rounds, people }: HistoryProps) {
  const t = useText();
  const earlier = rounds.filter((one) => one.returnedAt !== null);
  if (earlier.length === 0) return null;
  const nameOf = (login: string): string => people.get(login) ?? login;
  const title = t('Những lần trình trước', 'Earlier rounds');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={earlier}
        columns={[
          {
            head: t('Lần trình', 'Round'),
            isName: true,
            cell: (one) => (
              <a href={`/batches/${batch.id}/since-return?round=${one.round}`}>
                {t(`Lần ${one.round}`, `Round ${one.round}`)}
              </a>
            ),
          },
          {
            head: t('Trình', 'Proposed'),
            cell: (one) => (
              <>
                {nameOf(one.proposedBy)}, <Moment at={one.proposedAt} />
              </>
            ),
          },
          {
            head: t('Số dòng', 'Lines'),
            isNumber: true,
            cell: (one) => <Count of={one.lineCount} />,
          },
          {
            head: t('Tổng tiền', 'Total'),
            isNumber: true,
            cell: (one) => <Money amount={one.total} />,
          },
          {
            head: t('Chữ ký đã có', 'Signatures given'),
            cell: (one) =>
              round.earlier
                .filter((given) => given.round === one.round)
                .map((given) => (
                  <div>
                    {nameOf(given.signerLogin)}: {t(SIGNATURES[given.signature])}
                  </div>
                )),
          },
          {
            head: t('Trả lại', 'Returned'),
            cell: (one) => (
              <>
                {one.returnedBy !== null && nameOf(one.returnedBy)}, <Moment at={one.returnedAt} />
                <div>“{one.reason}”</div>
              </>
            ),
          },
          {
            head: t('Mã niêm phong', 'Digest'),
            cell: (one) => <span class="digest">{groupedDigest(one.digest)}</span>,
          },
        ]}
      />
    </Card>
  );
}
