import {
  Callout,
  Card,
  Empty,
  Field,
  Form,
  Moment,
  Money,
  Radios,
  Select,
  Submit,
  Table,
  TextArea,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import type { Choice } from '../kit/index.js';
import { LastAnswer, type ShownDoubt } from './doubts.page.js';
import { OUTCOMES } from './doubts.words.js';

/** A proposal of how doubts end, with its evidence. Nothing moves until a second person has signed. */
export function NewRulingPage(props: {
  readonly names: CodeNames;
  readonly rows: readonly ShownDoubt[];
  readonly reasons: readonly Choice[];
}) {
  const t = useText();
  const { names, rows } = props;
  if (rows.length === 0) {
    return (
      <Empty
        title={t('Chưa chọn khoản nào', 'Nothing is chosen')}
        action={
          <a class="btn btn-primary" href="/doubts">
            {t('Chọn trong danh sách', 'Choose from the list')}
          </a>
        }
      >
        {t('Chọn các khoản cùng một ngân hàng.', 'Tick payments of one bank.')}
      </Empty>
    );
  }
  return (
    <>
      <Card title={t('Các khoản được kết luận', 'What it is about')} isFlush>
        <Table
          caption={t('Các khoản được kết luận', 'What it is about')}
          columns={[
            {
              head: t('Khoản chi', 'Payment'),
              isName: true,
              cell: ({ paymentId, reference }) => <a href={`/doubts/${paymentId}`}>{reference}</a>,
            },
            { head: t('Ngân hàng', 'Bank'), cell: ({ bankCode }) => names.bank(bankCode) },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: ({ amount }) => <Money amount={amount} />,
            },
            {
              head: t('Gửi lần cuối', 'Last sent'),
              cell: ({ lastSentAt }) => <Moment at={lastSentAt} />,
            },
            {
              head: t('Ngân hàng trả lời', 'The bank answered'),
              cell: (row) => <LastAnswer row={row} />,
            },
            {
              head: t('Kết luận “không chi” được từ', '“Not paid” may be concluded from'),
              cell: ({ windowUntil }) => <Moment at={windowUntil} />,
            },
          ]}
          rows={rows}
        />
      </Card>
      <WhatHinders rows={rows} />
      <RulingForm rows={rows} reasons={props.reasons} />
    </>
  );
}

function WhatHinders({ rows }: { rows: readonly ShownDoubt[] }) {
  const t = useText();
  const { now } = useConsole();
  const banks = new Set(rows.map(({ bankCode }) => bankCode));
  const young = rows.filter(({ windowUntil }) => windowUntil !== null && windowUntil > now);
  return (
    <>
      {banks.size > 1 && (
        <Callout tone="warning" title={t('Nhiều ngân hàng', 'Several banks')}>
          {t(
            'Mỗi đề nghị chỉ gồm khoản chi qua một ngân hàng; xin quay lại chọn riêng.',
            'A proposal is about payments through one bank; please go back and choose.',
          )}
        </Callout>
      )}
      {young.length > 0 && (
        <Callout tone="info">
          {t(
            `${young.length} khoản ngân hàng còn có thể ghi nhận: lúc này chỉ kết luận “đã vào tài khoản” được.`,
            `The bank may still book ${young.length} of them: only “arrived” can be concluded now.`,
          )}
        </Callout>
      )}
    </>
  );
}

function RulingForm({
  rows,
  reasons,
}: {
  rows: readonly ShownDoubt[];
  reasons: readonly Choice[];
}) {
  const t = useText();
  return (
    <Card title={t('Đề nghị và bằng chứng', 'The proposal and its evidence')}>
      <Form action="/doubts/rulings" hasFile label={t('Đề nghị kết luận', 'The proposal')}>
        {rows.map(({ paymentId }) => (
          <input type="hidden" name="payment" value={paymentId} />
        ))}
        <Radios
          name="outcome"
          label={t('Kết luận', 'How it ends')}
          choices={[
            { value: 'settled', text: OUTCOMES.settled },
            {
              value: 'rejected',
              text: OUTCOMES.rejected,
              hint: t(
                'Không đảo lại được: khoản này chỉ còn được chi lại trong một đợt mới.',
                'Final: it is only paid again in a new batch.',
              ),
            },
          ]}
          required
        />
        <Select
          name="reasonCode"
          label={t('Vì sao tiền không đi', 'Why no money went')}
          hint={t('Chỉ chọn khi kết luận “tiền không đi”', 'Only for “no money went”')}
          any={t('Không chọn', 'None')}
          choices={reasons}
        />
        <Field
          name="evidenceReference"
          label={t('Số văn bản, trang sao kê của ngân hàng', 'The bank’s letter or statement page')}
          hint={t(
            'Ví dụ: CV 12/NH-2026. Bắt buộc nếu không có tệp.',
            'Such as CV 12/NH-2026. Needed without a file.',
          )}
          maxLength={140}
        />
        <div class="columns">
          <Field
            name="evidenceDay"
            type="date"
            label={t('Ngày của bằng chứng', 'Date of the evidence')}
            hint={t('Ngày ghi trên văn bản hoặc sao kê', 'As written on the paper')}
            width="short"
            required
          />
          <Field
            name="evidenceTime"
            label={t('Giờ (nếu có ghi)', 'Time (when it says one)')}
            hint={t('Ví dụ 14:30', 'Such as 14:30')}
            width="short"
            maxLength={5}
          />
        </div>
        <Field
          name="file"
          type="file"
          label={t('Tệp bằng chứng', 'The evidence as a file')}
          hint={t(
            'PDF, ảnh, Excel không macro, CSV, TXT hoặc EML; tối đa 5 MB',
            'PDF, image, Excel without macros, CSV, TXT or EML; at most 5 MB',
          )}
          accept=".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.txt,.eml"
        />
        <TextArea name="evidenceNote" label={t('Ghi chú', 'Note')} rows={2} maxLength={1000} />
        <Submit>{t('Gửi đề nghị cho người thứ hai ký', 'Send it to be countersigned')}</Submit>
      </Form>
    </Card>
  );
}
