import type { SignableBatch } from '../../approvals/index.js';
import { amountInWords, formatPeriod, Money as Amount } from '../../kernel/index.js';
import { ChangeFigures } from '../batches/batch-changes.page.js';
import { Parts, Warnings } from '../batches/batch-figures.js';
import { groupedDigest } from '../batches/batch.words.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Facts,
  formatCount,
  href,
  Moment,
  Money,
  useText,
  useNames,
} from '../kit/index.js';
import { SignatureChain } from './signature-chain.js';
import { AccountFigures, FundTable } from './signing-figures.js';
import { SigningForms } from './signing-forms.js';
import type { Sealed, SigningProps } from './signing.props.js';
import { MaySign, NotWaiting } from './signing-standing.js';

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
      <Warnings
        batchId={batch.id}
        concerns={props.concerns}
        accounts={sealed.accountChecks?.counts ?? []}
      />
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
          `Thêm ${formatCount(newLines)} dòng, bớt ${formatCount(goneLines)} dòng, sửa ${formatCount(changedLines)} dòng. Dưới đây là bản hiện tại; xin xem lại trước khi ký.`,
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
              `Từ đó: thêm ${formatCount(lines.newLines)} dòng, bớt ${formatCount(lines.goneLines)} dòng, sửa ${formatCount(lines.changedLines)} dòng`,
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
  const isBegun = round.steps.some(({ signed }) => signed !== null);
  return (
    <Card title={t('Những người khác đã ký', 'What the others signed')}>
      <SignatureChain round={round} people={people} />
      {isBegun && (
        <p class="form-hint mb-0">
          {t(
            'Mỗi chữ ký trên đều ký đúng mã niêm phong, số dòng và tổng tiền của trang này.',
            'Each of these signatures stands under the digest, count and total of this page.',
          )}
        </p>
      )}
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
