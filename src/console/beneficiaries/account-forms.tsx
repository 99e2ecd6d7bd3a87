import type { AccountCheck, AccountOfPayee, BeneficiaryFile } from '../../beneficiaries/index.js';
import type { Bank } from '../../organisation/index.js';
import {
  Check,
  Disclosure,
  Field,
  Form,
  Select,
  Submit,
  TextArea,
  useFormBesideOthers,
  useText,
} from '../kit/index.js';

/** A person answers for the account with a paper. */
export function ConfirmForm(props: {
  readonly id: string;
  readonly account: AccountOfPayee;
  readonly checks: readonly AccountCheck[];
}) {
  const t = useText();
  const action = `/beneficiaries/${props.id}/account-confirmations`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const seen = props.checks.find(
    ({ accountId, source, verdict }) =>
      accountId === props.account.id && source === 'bank' && verdict !== 'cannot-tell',
  );
  const label = t('Xác nhận tài khoản bằng giấy tờ', 'Confirm the account with a paper');
  return (
    <Disclosure summary={label} isOpen={wasRefused}>
      <Form action={action} label={label}>
        <p>
          {t(
            'Bạn xác nhận đã đối chiếu giấy tờ với tài khoản và tên ngân hàng đưa ra ở trên. Người nhập tài khoản không tự xác nhận.',
            'You confirm that you compared a paper with the account and with the bank’s name above. Whoever entered the account does not confirm it.',
          )}
        </p>
        <input type="hidden" name="accountId" value={props.account.id} />
        <input type="hidden" name="checkId" value={seen?.id ?? ''} />
        <Field
          name="reference"
          id={idOf('reference')}
          required
          maxLength={140}
          label={t('Loại và số giấy tờ', 'Kind and number of the paper')}
          hint={t(
            'Ví dụ: giấy xác nhận số 12 của Agribank ngày 05/11/2026',
            'For example: letter no. 12 of Agribank of 05/11/2026',
          )}
        />
        <TextArea
          name="note"
          id={idOf('note')}
          maxLength={1000}
          rows={2}
          label={t('Ghi chú thêm', 'Note')}
        />
        <Submit>{t('Xác nhận tài khoản này', 'Confirm this account')}</Submit>
      </Form>
    </Disclosure>
  );
}

/** Closes the present account and opens another one. */
export function ReplaceForm(props: {
  readonly file: BeneficiaryFile;
  readonly banks: readonly Bank[];
  readonly hasAccount: boolean;
}) {
  const t = useText();
  const action = `/beneficiaries/${props.file.id}/account`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const label = props.hasAccount
    ? t('Đổi tài khoản', 'Replace the account')
    : t('Nhập tài khoản', 'Enter an account');
  return (
    <Disclosure summary={label} tone={props.hasAccount ? 'plain' : 'primary'} isOpen={wasRefused}>
      <Form action={action} label={label}>
        <p>
          {t(
            'Tài khoản cũ được giữ lại trong hồ sơ. Các đợt chi đã ký vẫn chi vào tài khoản đã ký.',
            'The former account stays in the file. Batches that were signed pay to the account they were signed with.',
          )}
        </p>
        <input type="hidden" name="version" value={props.file.version} />
        <Select
          name="bank"
          id={idOf('bank')}
          required
          label={t('Ngân hàng', 'Bank')}
          any={t('Chọn ngân hàng', 'Choose a bank')}
          choices={props.banks.map(({ bin, shortName, name }) => ({
            value: bin,
            text: `${shortName} – ${name}`,
          }))}
        />
        <Field
          name="accountNumber"
          id={idOf('accountNumber')}
          required
          inputMode="numeric"
          maxLength={40}
          label={t('Số tài khoản', 'Account number')}
        />
        <Field
          name="accountName"
          id={idOf('accountName')}
          required
          maxLength={140}
          label={t('Tên chủ tài khoản', 'Name of the account')}
          hint={t('Như ngân hàng ghi, ví dụ NGUYEN VAN A', 'As the bank writes it')}
        />
        <Check
          name="otherNameConfirmed"
          id={idOf('otherNameConfirmed')}
          label={t(
            'Tài khoản mang tên người khác; tôi đã xem giấy tờ và muốn chi vào tài khoản này',
            'The account bears another name; I have seen the papers and want it so',
          )}
        />
        <Check
          name="verified"
          id={idOf('verified')}
          label={t('Đã đối chiếu bằng giấy tờ hoặc điện thoại', 'Compared by paper or telephone')}
        />
        <TextArea
          name="reason"
          id={idOf('reason')}
          required
          rows={2}
          maxLength={500}
          label={t('Lý do, giấy tờ kèm theo', 'Reason and paper')}
        />
        <Submit>{t('Lưu tài khoản', 'Save the account')}</Submit>
      </Form>
    </Disclosure>
  );
}
