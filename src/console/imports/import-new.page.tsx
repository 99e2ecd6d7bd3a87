import type { Programme } from '../../organisation/index.js';
import {
  Callout,
  Card,
  Disclosure,
  Field,
  Form,
  Select,
  Submit,
  TextArea,
  useText,
} from '../kit/index.js';

interface Props {
  readonly programmes: readonly Programme[];
  readonly senders: readonly string[];
  /** MiB. */
  readonly largest: number;
}

/** A list is sent with what its office says of it. */
export function ImportNew({ programmes, senders, largest }: Props) {
  const t = useText();
  return (
    <Form action="/imports" hasFile label={t('Gửi danh sách', 'Send a list')}>
      <Card title={t('Tệp danh sách', 'The file')}>
        <Field
          name="file"
          type="file"
          accept=".xlsx,.csv,.json"
          required
          label={t('Tệp Excel hoặc CSV', 'Excel or CSV file')}
          hint={t(
            `Tối đa ${largest} MB. Dòng tiêu đề cột phải nằm trong 30 dòng đầu. Tệp gửi lên được giữ nguyên.`,
            `At most ${largest} MB. The headings must stand in the first 30 rows. The file is kept as it is.`,
          )}
        />
        <Field
          name="sender"
          label={t('Nơi gửi', 'Sender')}
          hint={t(
            'Xã, phường hoặc đơn vị lập danh sách. Cách gọi các cột được nhớ theo nơi gửi.',
            'The office that made the list. What it calls its columns is remembered for it.',
          )}
          list="known-senders"
          maxLength={80}
          width="medium"
        />
        <datalist id="known-senders">
          {senders.map((sender) => (
            <option value={sender} />
          ))}
        </datalist>
        <div class="columns">
          <Select
            name="programme"
            label={t('Chế độ', 'Programme')}
            hint={t(
              'Chọn nếu trong tệp không có cột "Chế độ".',
              'Choose when the file has no such column.',
            )}
            any={t('Theo cột trong tệp', 'As the column says')}
            choices={programmes.map(({ code, name }) => ({ value: code, text: name }))}
          />
          <Field
            name="period"
            label={t('Kỳ chi trả', 'Period')}
            hint={t(
              'Ghi nếu trong tệp không có cột "Kỳ". Ví dụ: 11/2026, 2026, 2026-D1 (đợt 1).',
              'Write it when the file has no such column. For example 11/2026, 2026, 2026-D1 (round 1).',
            )}
            maxLength={40}
          />
        </div>
      </Card>
      <Card title={t('Tổng kiểm soát', 'Control totals')}>
        <p>
          {t(
            'Ghi số liệu trên bản giấy đã ký. Nếu tệp không khớp, hệ thống báo chỗ lệch và không cho nhập.',
            'Write what the signed paper says. Where the file differs, the difference is told and nothing is applied.',
          )}
        </p>
        <div class="columns">
          <Field
            name="controlRows"
            label={t('Số dòng', 'Rows')}
            inputMode="numeric"
            hint={t('Ví dụ 415', 'For example 415')}
          />
          <Field
            name="controlTotal"
            label={t('Tổng số tiền (đồng)', 'Total (đồng)')}
            inputMode="numeric"
            hint={t('Ví dụ 795.340.000', 'For example 795.340.000')}
          />
        </div>
        <Disclosure summary={t('Tổng theo từng xã, phường', 'Totals by commune')}>
          <TextArea
            name="controlByCommune"
            rows={6}
            label={t('Mỗi dòng một xã', 'One commune a line')}
            hint={t(
              'Mã xã 5 chữ số, khoảng trắng, số tiền. Ví dụ: 05983 7.795.000',
              'Its code of 5 digits, a blank, the amount. For example: 05983 7.795.000',
            )}
          />
        </Disclosure>
      </Card>
      <Callout tone="info">
        {t(
          'Gửi xong, từng ô được kiểm tra. Chưa có gì được nhập cho tới khi bạn xem kết quả và bấm nhập.',
          'Then every cell is checked. Nothing is applied before you have seen the result and said so.',
        )}
      </Callout>
      <p>
        <Submit>{t('Gửi và kiểm tra', 'Send and check')}</Submit>
      </p>
    </Form>
  );
}
