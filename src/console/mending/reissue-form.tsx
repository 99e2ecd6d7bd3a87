import type { ComponentChildren } from 'preact';
import {
  Disclosure,
  Field,
  Form,
  formatCount,
  formatMoney,
  Submit,
  TextArea,
  TickAll,
  useText,
} from '../kit/index.js';

/**
 * A table of failed payments with boxes, and two ways on: what is ticked, or all of it on every page. The form carries
 * the count and the amount that the officer sees; another one by then is refused.
 */
export function ReissueForm(props: {
  readonly chosen: Readonly<Record<string, string | undefined>>;
  readonly all: { readonly count: number; readonly total: string };
  readonly children: ComponentChildren;
}) {
  const t = useText();
  const { all } = props;
  return (
    <Form
      action="/mending/reissues"
      label={t('Đưa vào đợt chi bổ sung', 'Put into a follow-up batch')}
    >
      {Object.entries(props.chosen).map(
        ([name, value]) => value && <input type="hidden" name={name} value={value} />,
      )}
      <input type="hidden" name="seenCount" value={all.count} />
      <input type="hidden" name="seenTotal" value={all.total} />
      <TickAll name="payment" />
      {props.children}
      <div class="table-form-foot">
        <p>
          {t(
            'Mỗi đợt chi gốc có một đợt bổ sung (bản nháp), phải trình và ký như đợt thường. Khoản nào chưa chi lại được thì ở lại, kèm lý do.',
            'Each batch gets one follow-up batch (a draft), which is proposed and signed like any other. What cannot go stays, and you are told why.',
          )}
        </p>
        <Disclosure
          summary={t(
            'Thêm lựa chọn: chi vào tài khoản cũ, hẹn ngày chi',
            'More: the same account, a day to pay on',
          )}
        >
          <TextArea
            name="sameAccountBecause"
            label={t('Vì sao chi lại vào tài khoản cũ được', 'Why the same account will do')}
            hint={t(
              'Chỉ ghi khi tài khoản cũ đã dùng được. Ví dụ: ngân hàng đã mở phong tỏa, công văn 12/NH. Ghi thì áp dụng cho mọi khoản đã chọn.',
              'Only when the same account works again, for example: unblocked, letter 12/NH. It then holds for all that is chosen.',
            )}
            maxLength={1000}
            rows={2}
          />
          <Field
            name="payOn"
            type="date"
            label={t(
              'Ngày chi (để trống: chi ngay khi ký đủ)',
              'Pay on (empty: as soon as it is signed)',
            )}
            width="short"
          />
        </Disclosure>
        <div class="button-row">
          <Submit name="scope" value="ticked">
            {t(
              'Đưa các khoản đã chọn vào đợt bổ sung',
              'Put the ticked ones into a follow-up batch',
            )}
          </Submit>
          <Submit name="scope" value="all" tone="secondary">
            {t(
              `Đưa cả ${formatCount(all.count)} khoản, trên mọi trang (${formatMoney(all.total)})`,
              `Put all ${formatCount(all.count)}, on every page (${formatMoney(all.total)})`,
            )}
          </Submit>
        </div>
      </div>
    </Form>
  );
}
