import { amountInWords, Money as Amount } from '../../kernel/index.js';
import type { AllotmentRow } from '../../ledger/index.js';
import type { Fund } from '../../organisation/index.js';
import {
  Callout,
  Card,
  Check,
  Day,
  Empty,
  Facts,
  Field,
  FilterBar,
  Form,
  href,
  Moment,
  Money,
  None,
  Pager,
  Radios,
  Select,
  Submit,
  Table,
  TextArea,
  useNames,
  useText,
} from '../kit/index.js';
import { AllotLink } from './funds.page.js';

const periodText = (period: string): string => period.split('-').reverse().join('/');

/** Decisions that gave funds money or took it back. */
export function AllotmentList(props: {
  readonly funds: readonly Fund[];
  readonly fund: string | undefined;
  readonly allotments: readonly AllotmentRow[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  const names = useNames();
  return (
    <>
      <FilterBar action="/admin/funds/allotments">
        <Select
          name="fund"
          label={t('Nguồn kinh phí', 'Fund')}
          any={t('Mọi nguồn', 'All funds')}
          value={props.fund}
          choices={props.funds.map(({ code, name }) => ({ value: code, text: name }))}
        />
      </FilterBar>
      <Card isFlush>
        <Table
          caption={t('Quyết định giao kinh phí, mới nhất trước', 'Allotments, the newest first')}
          rows={props.allotments}
          empty={
            <Empty
              title={t('Chưa ghi quyết định nào.', 'No allotment yet.')}
              action={<AllotLink />}
              guide="setting-up"
            />
          }
          columns={[
            {
              head: t('Quyết định', 'Decision'),
              isName: true,
              cell: (row) => <a href={`/admin/funds/allotments/${row.id}`}>{row.decisionNumber}</a>,
            },
            { head: t('Ngày', 'Dated'), cell: (row) => <Day iso={row.decisionDate} /> },
            { head: t('Nguồn', 'Fund'), cell: (row) => t(names.fund(row.fund)) },
            { head: t('Kỳ', 'For'), cell: (row) => periodText(row.period) },
            {
              head: t('Số tiền', 'Amount'),
              isNumber: true,
              cell: (row) => <Money amount={row.amount} />,
            },
            { head: t('Người ghi', 'Entered by'), cell: (row) => row.enteredByName },
          ]}
        />
      </Card>
      <Pager nextCursor={props.nextCursor} />
    </>
  );
}

/** One decision as it was entered. */
export function AllotmentPage({ of }: { of: AllotmentRow }) {
  const t = useText();
  const names = useNames();
  return (
    <Card>
      <Facts
        of={[
          {
            name: t('Nguồn kinh phí', 'Fund'),
            value: (
              <a href={href(`/admin/funds/${of.fund}`, { year: of.period.slice(0, 4) })}>
                {t(names.fund(of.fund))}
              </a>
            ),
          },
          { name: t('Kỳ', 'For'), value: periodText(of.period) },
          {
            name: t('Số tiền', 'Amount'),
            value: (
              <>
                <Money amount={of.amount} />
                <br />
                <em>{inWords(of.amount)}</em>
              </>
            ),
          },
          { name: t('Số quyết định', 'Decision'), value: of.decisionNumber },
          { name: t('Ngày quyết định', 'Dated'), value: <Day iso={of.decisionDate} /> },
          { name: t('Ghi chú', 'Note'), value: of.note ?? <None /> },
          { name: t('Người ghi', 'Entered by'), value: of.enteredByName },
          { name: t('Ghi lúc', 'Entered at'), value: <Moment at={of.enteredAt} /> },
          {
            name: t('Bút toán', 'Posting'),
            value: (
              <a href={`/admin/funds/postings/${of.transactionId}`}>
                {t('xem bút toán', 'the posting')}
              </a>
            ),
          },
        ]}
      />
      <p class="text-secondary">
        {t(
          'Ghi sai thì không sửa: ghi thêm một quyết định điều chỉnh, số tiền giảm hoặc tăng cho đúng.',
          'A wrong entry is not changed: enter another one that takes back or adds what is wrong.',
        )}
      </p>
    </Card>
  );
}

/** "Bớt: Một triệu đồng chẵn" where money was taken back. */
function inWords(amount: string): string {
  const money = Amount.of(amount);
  if (money.isPositive()) return amountInWords(money);
  return `Bớt: ${amountInWords(Amount.zero().minus(money))}`;
}

/** A decision to be entered. */
export function NewAllotment(props: { readonly funds: readonly Fund[]; readonly year: string }) {
  const t = useText();
  return (
    <Card>
      <Form action="/admin/funds/allotments">
        <Select
          name="fund"
          label={t('Nguồn kinh phí', 'Fund')}
          any={t('Chọn nguồn…', 'Choose…')}
          choices={props.funds.map(({ code, name }) => ({ value: code, text: name }))}
          required
        />
        <Field
          name="period"
          label={t('Giao cho kỳ nào', 'For which period')}
          hint={t(
            `Cả năm: ${props.year}. Một tháng: 11/${props.year}; tiền của tháng được chi từ tháng đó đến hết năm.`,
            `A year: ${props.year}. A month: 11/${props.year}; it may be spent from that month on until the year ends.`,
          )}
          value={props.year}
          width="short"
          required
        />
        <Radios
          name="direction"
          label={t('Giao thêm hay điều chỉnh giảm', 'More money, or less')}
          value="more"
          choices={[
            { value: 'more', text: { vi: 'Giao (thêm) kinh phí', en: 'Allot money' } },
            {
              value: 'less',
              text: { vi: 'Điều chỉnh giảm', en: 'Take some back' },
              hint: {
                vi: 'Chỉ phần chưa giữ cho đợt chi nào và chưa chi; phải ghi lý do.',
                en: 'Only what is neither reserved nor spent; with a reason.',
              },
            },
          ]}
        />
        <Field
          name="amount"
          label={t('Số tiền (đồng)', 'Amount (đồng)')}
          hint={t('Ví dụ: 7.795.000.000', 'Such as 7.795.000.000')}
          inputMode="numeric"
          width="medium"
          required
        />
        <Field
          name="decisionNumber"
          label={t('Số quyết định', 'Number of the decision')}
          hint={t('Ví dụ: 125/QĐ-STC', 'Such as 125/QĐ-STC')}
          maxLength={100}
          width="medium"
          required
        />
        <Field
          name="decisionDate"
          type="date"
          label={t('Ngày quyết định', 'Date of the decision')}
          width="short"
          required
        />
        <TextArea
          name="note"
          label={t('Ghi chú (lý do, nếu điều chỉnh giảm)', 'Note (why, where money is taken back)')}
          maxLength={1000}
          rows={2}
        />
        <Callout tone="warning">
          {t(
            'Ghi rồi không sửa, không xóa được; ghi sai thì bù bằng một quyết định điều chỉnh.',
            'It is neither changed nor deleted afterwards; a mistake is put right by another entry.',
          )}
        </Callout>
        <Check
          name="checked"
          label={t(
            'Tôi đã đối chiếu nguồn, kỳ và số tiền với quyết định',
            'I compared the fund, the period and the amount with the decision',
          )}
          required
        />
        <Submit>{t('Ghi quyết định', 'Enter the decision')}</Submit>
      </Form>
    </Card>
  );
}
