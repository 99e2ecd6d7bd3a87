import type { Bilingual } from '../../kernel/index.js';
import { SIGNATURES } from '../batches/batch.words.js';
import { Callout, useConsole, useText } from '../kit/index.js';
import { WhyNot } from './signing-forms.js';
import type { SigningProps } from './signing.props.js';

/** Why there is nothing to sign here now. */
export function NotWaiting({ batch, people }: SigningProps) {
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
export function MaySign(props: SigningProps) {
  const { competence, funds } = props;
  const t = useText();
  const { viewer } = useConsole();
  if (!competence) return null;
  const { ruling } = competence;
  if (!ruling.may) return <MayNot {...props} because={ruling.because} />;
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
        <a class="no-print" href={isShort ? '#funds' : '#sign'}>
          {isShort
            ? t('Xem thiếu bao nhiêu', 'See by how much')
            : t('Đến chỗ ký', 'To the signature')}
        </a>
      </p>
    </Callout>
  );
}

const MAY_NOT: Readonly<Partial<Record<string, Bilingual>>> = {
  'not-your-turn': { vi: 'Chưa đến lượt bạn ký', en: 'It is not your turn yet' },
  'signed-already': { vi: 'Bạn đã ký đợt chi này', en: 'You have signed this batch' },
};
const LOOK_ONLY: Bilingual = {
  vi: 'Bạn chỉ xem, không ký đợt chi này',
  en: 'You may look, but not sign this batch',
};

function MayNot({ competence, round, because }: SigningProps & { because: string }) {
  const t = useText();
  return (
    <Callout tone="info" title={t(MAY_NOT[because] ?? LOOK_ONLY)}>
      <WhyNot competence={competence} />
      {round.next && (
        <p>
          {t('Đang chờ: ', 'Awaited: ')}
          {t(SIGNATURES[round.next.signature])}.
        </p>
      )}
      {competence?.mayReturn && (
        <p>
          <a href="#return">{t('Bạn vẫn có thể trả lại để sửa', 'You may still return it')}</a>
        </p>
      )}
    </Callout>
  );
}
