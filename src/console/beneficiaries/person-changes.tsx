import type { BeneficiaryFile } from '../../beneficiaries/index.js';
import {
  Card,
  Disclosure,
  Field,
  Form,
  Submit,
  TextArea,
  useConsole,
  useFormBesideOthers,
  useText,
} from '../kit/index.js';

/** Somebody has looked: what was held may be paid again. */
export function ReleaseHoldForm({ id }: { id: string }) {
  const t = useText();
  const { may } = useConsole();
  const action = `/beneficiaries/${id}/hold-releases`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  if (!may('beneficiary.write')) return null;
  const label = t('Bỏ tạm dừng', 'Release the hold');
  return (
    <Disclosure summary={label} tone="primary" isOpen={wasRefused}>
      <Form action={action} label={label}>
        <p>
          {t(
            'Chỉ bỏ tạm dừng khi đã xác minh: người hưởng còn sống và tài khoản dùng được. Các khoản đang chờ sẽ được chi ở đợt sau.',
            'Only when it is clear that the person lives and the account works. What is open is paid with the next batch.',
          )}
        </p>
        <TextArea
          name="reason"
          id={idOf('reason')}
          required
          rows={2}
          maxLength={500}
          label={t('Đã xác minh thế nào', 'How this was cleared up')}
        />
        <Submit>{t('Bỏ tạm dừng', 'Release the hold')}</Submit>
      </Form>
    </Disclosure>
  );
}

/** A name corrected, a death recorded or taken back: each with its paper. */
export function Changes({ file, today }: { file: BeneficiaryFile; today: string }) {
  const t = useText();
  const { may } = useConsole();
  if (!may('beneficiary.write')) return null;
  return (
    <Card title={t('Sửa hồ sơ', 'Change the file')} class="no-print">
      <CorrectName file={file} />
      <Death file={file} today={today} />
      {file.deceasedOn !== null && <TakeBack file={file} />}
    </Card>
  );
}

function CorrectName({ file }: { file: BeneficiaryFile }) {
  const t = useText();
  const action = `/beneficiaries/${file.id}/name`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const label = t('Sửa họ tên', 'Correct the name');
  return (
    <Disclosure summary={label} isOpen={wasRefused}>
      <Form action={action} label={label}>
        <input type="hidden" name="version" value={file.version} />
        <Field
          name="fullName"
          id={idOf('fullName')}
          required
          maxLength={140}
          label={t('Họ tên như trên giấy tờ', 'Name as on the papers')}
          value={file.fullName}
        />
        <TextArea
          name="reason"
          id={idOf('reason')}
          required
          rows={2}
          maxLength={500}
          label={t('Lý do, giấy tờ kèm theo', 'Reason and paper')}
        />
        <Submit>{t('Lưu họ tên', 'Save the name')}</Submit>
      </Form>
    </Disclosure>
  );
}

function Death({ file, today }: { file: BeneficiaryFile; today: string }) {
  const t = useText();
  const action = `/beneficiaries/${file.id}/deaths`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const isKnown = file.deceasedOn !== null;
  const label = isKnown
    ? t('Sửa ngày mất', 'Correct the day of death')
    : t('Ghi nhận đã mất', 'Record a death');
  return (
    <Disclosure summary={label} tone={isKnown ? 'plain' : 'danger'} isOpen={wasRefused}>
      <Form action={action} label={label}>
        <p>
          {t(
            'Từ tháng sau ngày mất không chi cho người này nữa. Ghi nhầm thì thu hồi được.',
            'From the month after nothing is paid to this person. A mistake can be taken back.',
          )}
        </p>
        <Field
          name="diedOn"
          id={idOf('diedOn')}
          type="date"
          required
          width="medium"
          label={t('Ngày mất', 'Day of death')}
          hint={t('Không sau hôm nay', 'Not after today')}
          value={file.deceasedOn ?? today}
        />
        <TextArea
          name="reason"
          id={idOf('reason')}
          required
          rows={2}
          maxLength={500}
          label={t(
            'Giấy tờ (giấy chứng tử, văn bản của xã)',
            'Paper (death certificate, letter of the commune)',
          )}
        />
        <Submit tone="danger">{label}</Submit>
      </Form>
    </Disclosure>
  );
}

function TakeBack({ file }: { file: BeneficiaryFile }) {
  const t = useText();
  const action = `/beneficiaries/${file.id}/deaths/withdrawals`;
  const { wasRefused, idOf } = useFormBesideOthers(action);
  const label = t('Thu hồi: ghi nhầm là đã mất', 'Take back: recorded by mistake');
  return (
    <Disclosure summary={label} isOpen={wasRefused}>
      <Form action={action} label={label}>
        <TextArea
          name="reason"
          id={idOf('reason')}
          required
          rows={2}
          maxLength={500}
          label={t('Lý do', 'Reason')}
        />
        <Submit>{t('Thu hồi', 'Take back')}</Submit>
      </Form>
    </Disclosure>
  );
}
