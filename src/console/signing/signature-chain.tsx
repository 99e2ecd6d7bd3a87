import type { RoundDetail } from '../../approvals/index.js';
import { SIGNATURES } from '../batches/batch.words.js';
import { Moment, useText } from '../kit/index.js';

/** The signatures a batch needs, in their order: given by whom and when, or awaited. */
export function SignatureChain(props: {
  readonly round: RoundDetail;
  readonly people: ReadonlyMap<string, string>;
}) {
  const { round, people } = props;
  const t = useText();
  return (
    <ol class="signature-chain">
      {round.steps.map(({ step, signature, signed }) => (
        <li class={signed ? 'is-signed' : undefined}>
          <strong>{t(SIGNATURES[signature])}</strong>
          {signed ? (
            <p class="mb-0">
              ✓ {t('Đã ký: ', 'Signed: ')}
              {people.get(signed.signerId) ?? signed.signerLogin}, <Moment at={signed.signedAt} />
              {signed.comment !== null && <span class="d-block">“{signed.comment}”</span>}
            </p>
          ) : (
            <p class="mb-0">
              {round.next?.step === step
                ? t('○ Đang chờ chữ ký này', '○ This signature is awaited')
                : t('○ Chưa đến lượt', '○ Not its turn yet')}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
