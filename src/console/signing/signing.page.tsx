import type { BatchFunds, Competence, RoundDetail, SignableBatch } from '../../approvals/index.js';
import type {
  Basis,
  BatchDetail,
  BatchWarnings,
  ChangeCounts,
  LineChanges,
  NamedParts,
  ProposedRound,
} from '../../batches/index.js';
import { amountInWords, Money as Amount, formatPeriod } from '../../kernel/index.js';
import { ChangeFigures } from '../batches/batch-changes.page.js';
import { Parts, Warnings } from '../batches/batch.page.js';
import { groupedDigest, SIGNATURES } from '../batches/batch.words.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Facts,
  href,
  Moment,
  Money,
  useConsole,
  useText,
  useNames,
} from '../kit/index.js';
import { SignatureChain } from './signature-chain.js';
import { AccountFigures, FundTable } from './signing-figures.js';
import { SigningForms } from './signing-forms.js';

export interface SigningProps {
  readonly batch: BatchDetail;
  readonly round: RoundDetail;
  readonly competence: Competence | null;
  readonly funds: BatchFunds;
  readonly parts: NamedParts;
  readonly warnings: BatchWarnings;
  readonly changes: { readonly comparedWith: Basis; readonly counts: ChangeCounts };
  /** The last round that was returned, and how many lines differ from it. */
  readonly lastReturn: { readonly round: ProposedRound; readonly lines: LineChanges | null } | null;
  /** What differs from what the person had before them when they pressed the button. */
  readonly sinceSeen: LineChanges | null;
  readonly people: ReadonlyMap<string, string>;
}

/** A batch that lies before its signers, with its digest. */
type Sealed = SignableBatch & { readonly digest: string };

/** What is signed, all of it on one page: what it is, what it comes to, what changed, who signed before. */
export function SigningPage(props: SigningProps) {
  const { batch, round } = props;
  const sealed = sealedOf(round.batch);
  if (!sealed) return <NotWaiting {...props} />;
  return (
    <>
      <MaySign {...props} />
      <Seen {...props} />
      <WhatIsSigned {...props} sealed={sealed} />
      <Warnings batchId={batch.id} warnings={props.warnings} />
      <SinceReturn {...props} />
      <FundTable {...props} />
      <ChangeFigures batchId={batch.id} {...props.changes} />
      <div class="columns">
        <AccountFigures {...props} />
        <OtherSignatures {...props} />
      </div>
      <Totals {...props} />
      <SigningForms {...props} sealed={sealed} />
    </>
  );
}

function sealedOf(batch: SignableBatch): Sealed | null {
  const { digest } = batch;
  return batch.state === 'proposed' && digest !== null ? { ...batch, digest } : null;
}

function NotWaiting({ batch, people }: SigningProps) {
  const t = useText();
  const returned = batch.history.findLast(({ happened }) => happened === 'returned');
  return (
    <Callout
      tone="info"
      title={t('Đợt chi này hiện không chờ chữ ký', 'This batch waits for no signature now')}
    >
      {batch.state === 'draft' && (
        <p>
          {returned
            ? t(
                `${people.get(returned.actorName) ?? returned.actorName} đã trả lại để sửa: “${returned.reason}”. Người lập sẽ trình lại.`,
                `${people.get(returned.actorName) ?? returned.actorName} returned it: “${returned.reason}”. Its preparer will propose it again.`,
              )
            : t('Người lập chưa trình ký.', 'Its preparer has not proposed it yet.')}
        </p>
      )}
      {batch.state === 'approved' && <p>{t('Đã đủ chữ ký.', 'It is fully signed.')}</p>}
      {batch.state === 'cancelled' && (
        <p>{t(`Đã hủy: “${batch.cancelReason}”.`, `It was cancelled: “${batch.cancelReason}”.`)}</p>
      )}
      <div class="button-row">
        <a class="btn" href={`/batches/${batch.id}`}>
          {t('Xem đợt chi', 'See the batch')}
        </a>
        {batch.state === 'approved' && (
          <a class="btn" href={`/batches/${batch.id}/proof`}>
            {t('Bản xác nhận chữ ký', 'Proof of signatures')}
          </a>
        )}
      </div>
    </Callout>
  );
}

/** Said first, so that nobody reads a page for a button that is not theirs. */
function MaySign({ competence, funds, round }: SigningProps) {
  const t = useText();
  const { viewer } = useConsole();
  if (!competence) return null;
  const { ruling, why, mayReturn } = competence;
  if (!ruling.may) {
    return (
      <Callout
        tone="info"
        title={t('Bạn chỉ xem, không ký đợt chi này', 'You may look, but not sign')}
      >
        {why && <p>{t(why)}</p>}
        {round.next && (
          <p>
            {t('Đang chờ: ', 'Awaited: ')}
            {t(SIGNATURES[round.next.signature])}.
          </p>
        )}
        {mayReturn && (
          <p>
            <a href="#return">{t('Bạn vẫn có thể trả lại để sửa', 'You may still return it')}</a>
          </p>
        )}
      </Callout>
    );
  }
  const isShort = ruling.isLast && funds.funds.some(({ short }) => !short.isZero());
  return (
    <Callout
      tone={isShort ? 'danger' : 'info'}
      title={
        isShort
          ? t(
              'Chưa ký được: nguồn kinh phí không đủ',
              'It cannot be signed yet: the funds do not suffice',
            )
          : t(
              `Bạn ký ở đây: ${SIGNATURES[ruling.step.signature].vi}`,
              `You sign here: ${SIGNATURES[ruling.step.signature].en}`,
            )
      }
    >
      <p>
        {viewer?.displayName}.{' '}
        {ruling.isLast
          ? t(
              'Chữ ký của bạn là chữ ký cuối: ký xong, tiền được giữ lại trong nguồn và lượt chi trả được tạo.',
              'Yours is the last signature: with it the money is reserved and the payment run is made.',
            )
          : t(
              'Sau bạn còn người ký tiếp; chưa có khoản nào được chi.',
              'Somebody signs after you; nothing is paid yet.',
            )}{' '}
        <a href={isShort ? '#funds' : '#sign'}>
          {isShort
            ? t('Xem thiếu bao nhiêu', 'See by how much')
            : t('Đến chỗ ký', 'To the signature')}
        </a>
      </p>
    </Callout>
  );
}

/** Somebody pressed the button over something else: what is different now. */
function Seen({ sinceSeen }: SigningProps) {
  const t = useText();
  if (!sinceSeen) return null;
  const { newLines, goneLines, changedLines } = sinceSeen;
  return (
    <Callout
      tone="warning"
      title={t('Đợt chi đã khác so với lúc bạn xem', 'The batch is not what you had before you')}
    >
      <p>
        {t(
          `Thêm ${newLines} dòng, bớt ${goneLines} dòng, sửa ${changedLines} dòng. Dưới đây là bản hiện tại; xin xem lại trước khi ký.`,
          `${newLines} lines are new, ${goneLines} gone, ${changedLines} changed. Below is what it is now; please look again before you sign.`,
        )}
      </p>
    </Callout>
  );
}

function WhatIsSigned({ batch, round, people, sealed }: SigningProps & { sealed: Sealed }) {
  const t = useText();
  const names = useNames();
  const preparer = batch.proposedBy ?? batch.preparedBy;
  return (
    <Card title={t('Nội dung được ký', 'What is signed')} class="what-is-signed">
      <p class="signed-total">
        <Money amount={sealed.total} />
      </p>
      <p class="signed-words" lang="vi">
        {amountInWords(Amount.of(sealed.total))}
      </p>
      <Facts
        of={[
          { name: t('Chế độ', 'Programme'), value: t(names.programme(sealed.programme)) },
          { name: t('Kỳ', 'Period'), value: formatPeriod(sealed.period) },
          {
            name: t('Số dòng', 'Lines'),
            value: (
              <a href={`/batches/${batch.id}/lines`}>
                <Count of={sealed.lineCount} />
              </a>
            ),
          },
          {
            name: t('Ngày chi', 'Day of payment'),
            value: sealed.payOn ? (
              <Day iso={sealed.payOn} />
            ) : (
              t('khi đủ chữ ký', 'when fully signed')
            ),
          },
          { name: t('Số hiệu đợt chi', 'Number'), value: sealed.number },
          { name: t('Lần trình', 'Round'), value: String(round.batch.round) },
          {
            name: t('Người lập, trình ký', 'Proposed by'),
            value: (
              <>
                {people.get(preparer) ?? t('hệ thống khác', 'another system')},{' '}
                <Moment at={sealed.proposedAt} />
              </>
            ),
          },
          batch.note !== null && { name: t('Ghi chú', 'Note'), value: batch.note },
          {
            name: t('Mã niêm phong của danh sách', 'Digest of the list'),
            value: <span class="digest">{groupedDigest(sealed.digest)}</span>,
          },
        ]}
      />
      <p class="form-hint mb-0">
        {t(
          'Mã niêm phong tính từ mọi dòng (người, tài khoản, số tiền). Đổi một chữ là mã đổi; mọi người ký cùng một mã.',
          'The digest is computed from every line (payee, account, amount). One letter changed, and it is another; all sign the same.',
        )}
      </p>
    </Card>
  );
}

function SinceReturn({ batch, lastReturn, people }: SigningProps) {
  const t = useText();
  if (!lastReturn) return null;
  const { round, lines } = lastReturn;
  const by = round.returnedBy === null ? '' : (people.get(round.returnedBy) ?? round.returnedBy);
  return (
    <Callout
      tone="warning"
      title={t('Đợt chi này đã bị trả lại một lần', 'This batch was returned before')}
    >
      <p>
        {by}, <Moment at={round.returnedAt} />: “{round.reason}”
      </p>
      {lines && (
        <p>
          <a href={href(`/batches/${batch.id}/since-return`, { round: round.round })}>
            {t(
              `Từ đó: thêm ${lines.newLines} dòng, bớt ${lines.goneLines} dòng, sửa ${lines.changedLines} dòng`,
              `Since then: ${lines.newLines} lines new, ${lines.goneLines} gone, ${lines.changedLines} changed`,
            )}
          </a>
        </p>
      )}
    </Callout>
  );
}

function OtherSignatures({ round, people }: SigningProps) {
  const t = useText();
  return (
    <Card title={t('Những người khác đã ký', 'What the others signed')}>
      <SignatureChain round={round} people={people} />
      <p class="form-hint mb-0">
        {t(
          'Mỗi chữ ký trên đều ký đúng mã niêm phong, số dòng và tổng tiền của trang này.',
          'Each of these signatures stands under the digest, count and total of this page.',
        )}
      </p>
    </Card>
  );
}

function Totals({ batch, parts }: SigningProps) {
  const t = useText();
  return (
    <Parts
      title={t('Theo ngân hàng của người hưởng', 'By bank of the payees')}
      parts={parts.banks}
      link={(code) => href(`/batches/${batch.id}/lines`, { bankBin: code })}
    />
  );
}
