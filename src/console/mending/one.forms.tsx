import {
  ActionButton,
  Check,
  Disclosure,
  Field,
  Form,
  Select,
  Submit,
  TextArea,
  useConsole,
  useText,
} from '../kit/index.js';
import type { FailedRow } from '../../payments/index.js';
import { notYetWords } from './mending.words.js';
import type { MendOneProps } from './one.props.js';

const pathOf = (row: FailedRow, act: string) => `/mending/payments/${row.paymentId}/${act}`;

/** The form that was refused stands open again. */
function useIsRefused(action: string): boolean {
  const { feedback } = useConsole();
  return feedback?.tone === 'refused' && feedback.form === action;
}

export function ReplaceForm({ row, file, names }: MendOneProps) {
  const t = useText();
  const action = pathOf(row, 'account');
  return (
    <Disclosure
      summary={t('Thay tài khoản', 'Replace the account')}
      tone="primary"
      isOpen={useIsRefused(action)}
    >
      <Form action={action} label={t('Thay tài khoản', 'Replace the account')}>
        <input type="hidden" name="version" value={file.version} />
        <Select
          name="bank"
          label={t('Ngân hàng', 'Bank')}
          any={t('Chọn ngân hàng', 'Choose a bank')}
          choices={names.payeeBankChoices()}
          required
        />
        <Field
          name="accountNumber"
          label={t('Số tài khoản', 'Account number')}
          hint={t(
            '6 đến 19 chữ số hoặc chữ cái, giữ cả số 0 ở đầu',
            '6 to 19 digits or letters, with leading zeros',
          )}
          maxLength={19}
          width="medium"
          required
        />
        <Field
          name="accountName"
          label={t('Tên tài khoản', 'Account name')}
          hint={t('Đúng như ngân hàng ghi', 'As the bank writes it')}
          value={file.fullName}
          maxLength={140}
          required
        />
        <TextArea
          id="field-reason-account"
          name="reason"
          label={t('Căn cứ', 'By which paper')}
          hint={t(
            'Ví dụ: giấy đề nghị của người hưởng ngày 12/11, xã xác nhận',
            'For example: the person’s letter of 12/11, confirmed by the commune',
          )}
          rows={2}
          maxLength={500}
          required
        />
        <Check
          name="verified"
          label={t(
            'Đã đối chiếu với sổ, thẻ hoặc giấy của ngân hàng',
            'Compared with a passbook, card or letter of the bank',
          )}
        />
        <Check
          name="otherNameConfirmed"
          label={t(
            'Tên tài khoản khác tên người hưởng: tôi đã xem và vẫn dùng',
            'The account is in another name: I have seen it and want it so',
          )}
        />
        <Submit>{t('Lưu tài khoản mới', 'Save the new account')}</Submit>
      </Form>
    </Disclosure>
  );
}

export function NameForm({ row, file }: MendOneProps) {
  const t = useText();
  const action = pathOf(row, 'name');
  return (
    <Disclosure summary={t('Sửa họ tên', 'Correct the name')} isOpen={useIsRefused(action)}>
      <Form action={action} label={t('Sửa họ tên', 'Correct the name')}>
        <input type="hidden" name="version" value={file.version} />
        <Field
          name="fullName"
          label={t('Họ tên đúng', 'The right name')}
          value={file.fullName}
          maxLength={140}
          required
        />
        <TextArea
          id="field-reason-name"
          name="reason"
          label={t('Căn cứ', 'By which paper')}
          hint={t(
            'Ví dụ: căn cước công dân, trích lục hộ tịch',
            'An identity card, a civil record',
          )}
          rows={2}
          maxLength={500}
          required
        />
        <Submit>{t('Lưu họ tên', 'Save the name')}</Submit>
      </Form>
    </Disclosure>
  );
}

export function HoldForm({ row, names }: MendOneProps) {
  const t = useText();
  const action = pathOf(row, 'hold-release');
  return (
    <Disclosure summary={t('Bỏ tạm giữ', 'Release the hold')} isOpen={useIsRefused(action)}>
      <p>
        {t(
          'Bỏ tạm giữ thì mọi khoản của người này được chi tiếp. Chỉ bỏ khi đã hỏi rõ.',
          'Everything of this person may be paid again. Release only after asking.',
        )}
        {row.holdReason && (
          <span class="side-note">
            {t('Đang giữ vì:', 'Held for:')} {t(names.reason(row.holdReason))}
          </span>
        )}
      </p>
      <Form action={action} label={t('Bỏ tạm giữ', 'Release the hold')}>
        <TextArea
          id="field-reason-hold"
          name="reason"
          label={t('Đã hỏi ai, biết được gì', 'Whom you asked, and what you learned')}
          rows={2}
          maxLength={500}
          required
        />
        <Submit tone="warning">{t('Bỏ tạm giữ', 'Release the hold')}</Submit>
      </Form>
    </Disclosure>
  );
}

export function ConfirmForm({ row, seenCheckId }: MendOneProps) {
  const t = useText();
  const action = pathOf(row, 'confirmation');
  return (
    <Disclosure
      summary={t('Xác nhận tài khoản bằng giấy tờ', 'Confirm the account by a paper')}
      isOpen={useIsRefused(action)}
    >
      <p>
        {t(
          'Bạn chịu trách nhiệm rằng tài khoản hiện nay là của người hưởng. Người đã nhập tài khoản không tự xác nhận.',
          'You answer for the account being the person’s. Whoever entered it does not confirm it.',
        )}
      </p>
      <Form action={action} label={t('Xác nhận tài khoản', 'Confirm the account')}>
        <input type="hidden" name="accountId" value={row.accountId ?? ''} />
        <input type="hidden" name="checkId" value={seenCheckId ?? ''} />
        <Field
          name="reference"
          label={t('Loại và số giấy tờ', 'Kind and number of the paper')}
          hint={t(
            'Ví dụ: giấy xác nhận số 45/XN của ngân hàng',
            'For example: bank’s letter 45/XN',
          )}
          maxLength={140}
          required
        />
        <TextArea name="note" label={t('Ghi chú', 'Note')} rows={2} maxLength={1000} />
        <Submit>{t('Xác nhận tài khoản', 'Confirm the account')}</Submit>
      </Form>
    </Disclosure>
  );
}

/** Asks the bank whose account it is; the answer comes by itself. */
export function AskBank({ row }: { row: FailedRow }) {
  const t = useText();
  const { may } = useConsole();
  if (!may('beneficiary.write') || row.checkWaitsSince !== null) return null;
  return (
    <ActionButton action={pathOf(row, 'check')} tone="secondary">
      {t('Hỏi ngân hàng tên tài khoản', 'Ask the bank whose it is')}
    </ActionButton>
  );
}

/** This one alone, also where it needs a reason in writing. */
export function ReissueOneForm({ row }: { row: FailedRow }) {
  const t = useText();
  const why = row.notYet;
  const isForWords = why === 'account_not_mended' || why === 'paid_after_all';
  if (why !== null && !isForWords) {
    return (
      <p class="mb-0">
        {t('Chưa đưa vào đợt bổ sung được: ', 'It cannot go into a follow-up batch yet: ')}
        {t(notYetWords(why).todo)}
      </p>
    );
  }
  return (
    <Disclosure
      summary={t('Chi lại khoản này', 'Pay this one again')}
      tone={why === null ? 'primary' : 'plain'}
    >
      <Form action="/mending/reissues" label={t('Chi lại khoản này', 'Pay this one again')}>
        <input type="hidden" name="scope" value="ticked" />
        <input type="hidden" name="payment" value={`${row.paymentId}:${row.amount}`} />
        <input type="hidden" name="seenCount" value="1" />
        <input type="hidden" name="seenTotal" value={row.amount} />
        {(row.paidAfterAll || why === 'paid_after_all') && (
          <TextArea
            name="paidAfterAllBecause"
            label={t('Vì sao chắc chắn tiền chưa đi', 'Why it is certain that no money went')}
            hint={t(
              'Ngân hàng có lúc báo khoản này đã chi. Ghi văn bản của ngân hàng chứng tỏ tiền chưa đi hoặc đã về.',
              'The bank once said it paid. Name its letter that proves otherwise.',
            )}
            rows={2}
            maxLength={1000}
            required
          />
        )}
        {row.accountId === row.oldAccountId && (
          <TextArea
            name="sameAccountBecause"
            label={t('Vì sao chi lại vào tài khoản cũ được', 'Why the same account will do')}
            hint={t(
              'Ví dụ: ngân hàng đã mở phong tỏa, công văn 12/NH',
              'For example: unblocked, letter 12/NH',
            )}
            rows={2}
            maxLength={1000}
            required={why === 'account_not_mended'}
          />
        )}
        <Submit>{t('Đưa vào đợt chi bổ sung', 'Put it into a follow-up batch')}</Submit>
      </Form>
    </Disclosure>
  );
}
