import type { ExceptionKind, ExceptionRow } from '../../reconciliation/index.js';
import { EXCEPTION_KINDS, EXCEPTION_TEXTS } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Empty,
  ExportFoot,
  Field,
  FilterBar,
  Form,
  NameFilter,
  Pager,
  Select,
  Submit,
  TextArea,
  TickAll,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { EXCEPTION_STATE_CHOICES, ExceptionTable } from './exception-table.js';
import { ReconciliationTabs } from './reconciliation-tabs.js';

export interface ExceptionsFilter {
  readonly bank?: string;
  readonly kind?: ExceptionKind;
  readonly state?: ExceptionRow['state'];
  readonly owner?: 'me' | 'none';
  readonly days?: number;
  readonly run?: string;
  readonly from?: string;
  readonly to?: string;
}

/** All that does not fit, filtered; many explained at once. */
export function ExceptionsPage(props: {
  readonly names: CodeNames;
  readonly filter: ExceptionsFilter;
  readonly rows: readonly ExceptionRow[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  const { may } = useConsole();
  const { names, filter, rows } = props;
  const canExplain = may('reconciliation.operate') && rows.some(({ state }) => state === 'open');
  const table = (
    <>
      <ExceptionTable
        names={names}
        rows={rows}
        isTicked={canExplain}
        empty={
          <Empty
            title={t('Không có sai lệch nào', 'There are no exceptions')}
            guide="reconciliation"
          >
            {t(
              'Khi sao kê không khớp sổ, điều không khớp hiện ở đây cùng việc cần làm.',
              'What does not fit between statements and our books appears here, with what to do.',
            )}
          </Empty>
        }
      />
      <Pager nextCursor={props.nextCursor} />
    </>
  );
  return (
    <>
      <ReconciliationTabs />
      <ExceptionsFilterBar filter={filter} />
      <Card isFlush>
        {canExplain ? (
          <Form
            action="/reconciliation/exceptions/explanations"
            label={t('Giải trình các dòng đã chọn', 'Explain the ticked ones')}
          >
            <TickAll name="exception" />
            {table}
            <div class="table-form-foot">
              <ExplanationFields />
              <Submit>{t('Giải trình các dòng đã chọn', 'Explain the ticked ones')}</Submit>
            </div>
          </Form>
        ) : (
          table
        )}
        <ExportFoot path="/reconciliation/exceptions" isEmpty={rows.length === 0} />
      </Card>
    </>
  );
}

/** The words and the paper of an explanation. */
export function ExplanationFields() {
  const t = useText();
  return (
    <>
      <TextArea
        name="text"
        label={t('Giải trình', 'Explanation')}
        hint={t(
          'Điều gì đã xảy ra, ví dụ: phí chuyển tiền tháng 11. Giải trình xong thì không sửa lại được.',
          'What happened, for example: fees of November. It cannot be changed afterwards.',
        )}
        rows={2}
        maxLength={2000}
        required
      />
      <Field
        name="evidence"
        label={t('Số văn bản, chứng từ', 'Number of a letter or voucher')}
        hint={t(
          'Bắt buộc khi tiền đã đi sai (khác số tiền, ghi nợ hai lần, mâu thuẫn …)',
          'Needed where money moved that should not have',
        )}
        maxLength={255}
      />
    </>
  );
}

function ExceptionsFilterBar({ filter }: { filter: ExceptionsFilter }) {
  const t = useText();
  return (
    <>
      {(filter.run !== undefined || filter.from !== undefined) && (
        <Callout tone="info">
          {t('Chỉ sai lệch của một số ngày. ', 'Only exceptions of some days. ')}
          <a href="/reconciliation/exceptions?state=open">{t('Xem tất cả', 'See all')}</a>
        </Callout>
      )}
      <FilterBar action="/reconciliation/exceptions">
        {filter.run && <input type="hidden" name="run" value={filter.run} />}
        {filter.from && <input type="hidden" name="from" value={filter.from} />}
        {filter.to && <input type="hidden" name="to" value={filter.to} />}
        <Select
          name="state"
          label={t('Tình trạng', 'State')}
          any={t('Tất cả', 'All')}
          value={filter.state}
          choices={EXCEPTION_STATE_CHOICES}
        />
        <Select
          name="kind"
          label={t('Loại', 'Kind')}
          any={t('Tất cả', 'All')}
          value={filter.kind}
          choices={EXCEPTION_KINDS.map((kind) => ({ value: kind, text: EXCEPTION_TEXTS[kind] }))}
        />
        <NameFilter of="ourBank" value={filter.bank} />
        <Select
          name="owner"
          label={t('Người nhận', 'Owner')}
          any={t('Bất kỳ', 'Anybody')}
          value={filter.owner}
          choices={[
            { value: 'me', text: t('Tôi', 'Me') },
            { value: 'none', text: t('Chưa ai nhận', 'Nobody') },
          ]}
        />
        <Field
          name="days"
          type="number"
          label={t('Đã ít nhất (ngày)', 'At least (days)')}
          value={filter.days === undefined ? undefined : String(filter.days)}
          width="short"
        />
      </FilterBar>
    </>
  );
}
