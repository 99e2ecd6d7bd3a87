import {
  Callout,
  Card,
  Disclosure,
  Field,
  Form,
  formatCount,
  formatMoney,
  href,
  Submit,
  TextArea,
  useConsole,
  useText,
} from '../kit/index.js';
import { SIGNATURES } from '../batches/batch.words.js';
import type { SigningProps } from './signing.props.js';

interface FormsProps extends SigningProps {
  readonly sealed: { readonly digest: string; readonly lineCount: number; readonly total: string };
}

/** Signing and returning; whoever may do neither is told why, here as well. */
export function SigningForms(props: FormsProps) {
  const { competence } = props;
  const t = useText();
  if (!competence) return null;
  const { ruling, mayReturn } = competence;
  return (
    <Card id="sign" title={t('Ký hoặc trả lại', 'Sign or return')} class="no-print">
      {ruling.may ? <SignForm {...props} /> : <WhyNot competence={competence} />}
      {mayReturn && <ReturnForm {...props} />}
    </Card>
  );
}

/** Why the person may not sign, in words; whose office it is not at all is not sent to be registered for it. */
export function WhyNot({ competence }: Pick<SigningProps, 'competence'>) {
  const t = useText();
  const { may } = useConsole();
  if (!may('batch.sign')) {
    return (
      <p>
        {t(
          'Ký đợt chi là việc của kế toán trưởng và chủ tài khoản.',
          'Batches are signed by the chief accountant and the account holder.',
        )}
      </p>
    );
  }
  return competence?.why ? <p>{t(competence.why)}</p> : null;
}

/** Carries what the person sees: when the batch is something else by then, nothing is signed. */
function SignForm({ batch, competence, funds, sealed }: FormsProps) {
  const t = useText();
  const ruling = competence?.ruling;
  if (!ruling?.may) return null;
  const isShort = ruling.isLast && funds.funds.some(({ short }) => !short.isZero());
  if (isShort) {
    return (
      <Callout tone="danger">
        <p>
          {t(
            'Bạn là người ký cuối nhưng nguồn kinh phí chưa đủ, nên chưa ký được. ',
            'Yours is the last signature, but the funds do not suffice, so it cannot be given yet. ',
          )}
          <a href="#funds">{t('Xem thiếu bao nhiêu', 'See by how much')}</a>
        </p>
      </Callout>
    );
  }
  const { vi, en } = SIGNATURES[ruling.step.signature];
  const figures = `${formatCount(sealed.lineCount)} ${t('dòng', 'lines')}, ${formatMoney(sealed.total)}`;
  return (
    <Form
      action={`/batches/${batch.id}/signatures`}
      back={href(`/batches/${batch.id}/sign`, { seen: sealed.digest })}
    >
      <input type="hidden" name="digest" value={sealed.digest} />
      <input type="hidden" name="lineCount" value={sealed.lineCount} />
      <input type="hidden" name="total" value={sealed.total} />
      <p>
        {t(`Ký với tư cách: ${vi}.`, `You sign as: ${en}.`)}{' '}
        {t(
          'Chữ ký đã ký không rút lại được; trước khi đủ chữ ký vẫn có thể trả lại đợt chi.',
          'A signature is not taken back; until all have signed, the batch can be returned.',
        )}
      </p>
      <Field
        name="comment"
        label={t('Ý kiến kèm chữ ký (không bắt buộc)', 'A comment with it (optional)')}
        maxLength={1000}
      />
      <Submit tone="success">
        {t('Ký đợt chi: ', 'Sign the batch: ')}
        {figures}
      </Submit>
    </Form>
  );
}

function ReturnForm({ batch }: FormsProps) {
  const t = useText();
  return (
    <div id="return" class="mt-3">
      <Disclosure summary={t('Trả lại để sửa…', 'Return it to be mended …')} tone="danger">
        <p>
          {t(
            'Đợt chi về tay người lập. Mọi chữ ký của lần trình này hết giá trị; lần trình sau ký lại từ đầu.',
            'It goes back to its preparer. All signatures of this round lapse; the next round is signed anew.',
          )}
        </p>
        <Form action={`/batches/${batch.id}/returns`} back={`/batches/${batch.id}/sign`}>
          <TextArea
            name="reason"
            label={t('Lý do trả lại', 'Why it is returned')}
            hint={t(
              'Ghi rõ dòng nào, sai chỗ nào, để người lập sửa đúng.',
              'Say which line and what is wrong, so that it is mended right.',
            )}
            maxLength={1000}
            required
          />
          <Submit tone="danger">{t('Trả lại đợt chi', 'Return the batch')}</Submit>
        </Form>
      </Disclosure>
    </div>
  );
}
