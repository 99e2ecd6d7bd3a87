import {
  Card,
  Checks,
  Disclosure,
  Field,
  Form,
  KIND_CHOICES,
  Select,
  Submit,
  useNames,
  useText,
} from '../kit/index.js';

/** Building a batch: what it gathers, and when it is paid. */
export function NewBatch() {
  const t = useText();
  const names = useNames();
  return (
    <Card>
      <Form action="/batches">
        <Select
          name="programme"
          label={t('Chế độ', 'Programme')}
          choices={names.choices('programme')}
          any={t('– Chọn chế độ –', '– Choose a programme –')}
          required
        />
        <Field
          name="period"
          label={t('Kỳ chi', 'Period')}
          hint={t(
            'Tháng viết 11/2026; năm viết 2026; đợt viết 2026-D1.',
            'A month as 11/2026, a year as 2026, a round as 2026-D1.',
          )}
          width="short"
          required
        />
        <Field
          name="payOn"
          type="date"
          label={t('Ngày chi', 'Day of payment')}
          hint={t(
            'Để trống: chi ngay khi đủ chữ ký.',
            'Leave empty to pay as soon as everybody has signed.',
          )}
          width="medium"
        />
        <Field
          name="note"
          label={t('Ghi chú', 'Note')}
          hint={t('Người ký cũng đọc được.', 'The signers read it, too.')}
          maxLength={500}
        />
        <Disclosure
          summary={t(
            'Chỉ lấy một phần (xã, ngân hàng, nguồn…)',
            'Only a part of it (communes, banks, fund …)',
          )}
        >
          <Narrowing />
        </Disclosure>
        <div class="button-row">
          <Submit>{t('Lập đợt chi', 'Build the batch')}</Submit>
          <a class="btn" href="/batches">
            {t('Quay lại', 'Back')}
          </a>
        </div>
        <p class="form-hint mt-3">
          {t(
            'Lập xong vẫn là bản đang soạn: xem lại, rút dòng hay hủy đều được trước khi trình ký.',
            'What is built is a draft: look at it, take lines out or cancel it before it is proposed.',
          )}
        </p>
      </Form>
    </Card>
  );
}

function Narrowing() {
  const t = useText();
  const names = useNames();
  return (
    <>
      <Select
        name="fund"
        label={t('Nguồn kinh phí', 'Fund')}
        choices={names.choices('fund')}
        any={t('Mọi nguồn', 'Every fund')}
      />
      <Select
        name="kind"
        label={t('Loại khoản', 'Kind')}
        choices={KIND_CHOICES}
        any={t('Mọi loại', 'Every kind')}
      />
      <div class="choice-box">
        <Checks
          name="communeCodes"
          label={t('Xã, phường (không chọn: tất cả)', 'Communes (none ticked: all)')}
          choices={names.choices('commune')}
        />
      </div>
      <div class="choice-box">
        <Checks
          name="bankBins"
          label={t(
            'Ngân hàng của người hưởng (không chọn: tất cả)',
            'Banks of the payees (none ticked: all)',
          )}
          choices={names.choices('bank')}
        />
      </div>
    </>
  );
}
