import type { BankFileRow } from '../../banks/index.js';
import type { KnownStatementRow } from '../../reconciliation/index.js';
import {
  Callout,
  Card,
  Count,
  Day,
  Disclosure,
  Empty,
  ExportFoot,
  Field,
  FilterBar,
  Form,
  Moment,
  Money,
  NameFilter,
  Pager,
  Select,
  State,
  Submit,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';
import type { CodeNames } from '../naming/code-names.js';
import { ReconciliationTabs } from './reconciliation-tabs.js';

interface Props {
  readonly names: CodeNames;
  readonly bank?: string;
  readonly rows: readonly KnownStatementRow[];
  readonly nextCursor: string | null;
  /** The latest files that banks gave. */
  readonly files: readonly BankFileRow[];
  /** Whether a bank of ours exchanges files in its own form. */
  readonly takesFiles: boolean;
}

/** Statements that are here, the files behind them, and new ones brought in. */
export function StatementsPage(props: Props) {
  const { may } = useConsole();
  const { names, bank } = props;
  return (
    <>
      <ReconciliationTabs />
      {may('reconciliation.operate') && (
        <div class="columns">
          <StatementUpload names={names} bank={bank} />
          {props.takesFiles && <OtherFiles />}
        </div>
      )}
      <FilterBar action="/statements">
        <NameFilter of="ourBank" value={bank} />
      </FilterBar>
      <Statements {...props} />
      {props.files.length > 0 && <Files {...props} />}
    </>
  );
}

function StatementUpload({ names, bank }: { names: CodeNames; bank?: string }) {
  const t = useText();
  return (
    <Card title={t('Nộp sao kê (tệp CSV)', 'Bring a statement (CSV)')}>
      <Form action="/statements" hasFile label={t('Nộp sao kê', 'Bring a statement')}>
        <Select
          id="field-statement-bank"
          name="bank"
          label={t('Ngân hàng', 'Bank')}
          any={t('Chọn ngân hàng', 'Choose a bank')}
          value={bank}
          choices={names.bankChoices()}
          required
        />
        <Field
          name="file"
          type="file"
          label={t('Tệp sao kê', 'The statement')}
          hint={t('Đuôi .csv, lưu dạng UTF-8, tối đa 20 MB', 'Ending .csv, UTF-8, at most 20 MB')}
          accept=".csv"
          required
        />
        <Disclosure summary={t('Tệp phải có những cột nào', 'Which columns it must have')}>
          <p>
            {t(
              'Hàng đầu là tên cột: loại dòng (số dư đầu, phát sinh, số dư cuối), số sao kê, từ ngày, đến ngày, mã giao dịch, ngày hạch toán, nợ/có, số tiền, tham chiếu, mã lý do. Một dòng số dư đầu, một dòng số dư cuối.',
              'The first row names the columns: record (opening, entry, closing), statement_id, from, to, entry_id, booked_at, direction, amount, reference, return_code. One opening row, one closing row.',
            )}
          </p>
          <pre>{SAMPLE}</pre>
        </Disclosure>
        <Submit>{t('Nộp và đối chiếu', 'Send and compare')}</Submit>
      </Form>
    </Card>
  );
}

const SAMPLE = `loại dòng;số sao kê;từ ngày;đến ngày;mã giao dịch;ngày hạch toán;nợ/có;số tiền;tham chiếu
số dư đầu;SK-11;20/11/2026;20/11/2026;;;;100.000.000;
phát sinh;;;;1001;20/11/2026 09:30;Nợ;2.789.000;CT0197F3A2B4C67D8E
số dư cuối;;;;;;;97.211.000;`;

function OtherFiles() {
  const t = useText();
  return (
    <Card title={t('Tệp theo mẫu của ngân hàng', 'Files in a bank’s own form')}>
      <p>
        {t(
          'Báo cáo kết quả, danh sách kết quả, sao kê camt, MT940 hoặc Excel: nộp ở trang tệp ngân hàng, hệ thống tự nhận ra là gì.',
          'Reports, result lists, statements as camt, MT940 or Excel: bring them on the page of bank files; what they are is found out.',
        )}
      </p>
      <a class="btn" href="/admin/files/new">
        {t('Nộp tệp của ngân hàng', 'Bring a bank’s file')}
      </a>
    </Card>
  );
}

function Statements({ names, rows, nextCursor }: Props) {
  const t = useText();
  return (
    <Card title={t('Sao kê đã có', 'Statements that are here')} isFlush>
      <Table
        caption={t('Sao kê, mới nhất trước', 'Statements, the latest first')}
        columns={[
          {
            head: t('Sao kê', 'Statement'),
            isName: true,
            cell: ({ statementId, reconciliationId, from, to, file }) => (
              <>
                {reconciliationId ? (
                  <a href={`/reconciliation/${reconciliationId}`}>
                    <Days from={from} to={to} />
                  </a>
                ) : (
                  <Days from={from} to={to} />
                )}
                <span class="side-note">
                  {t('số', 'No.')} {statementId}
                </span>
                {file && (
                  <span class="side-note">
                    {file.name}, {file.receivedBy}
                  </span>
                )}
              </>
            ),
          },
          { head: t('Ngân hàng', 'Bank'), cell: ({ bank }) => names.bank(bank) },
          {
            head: t('Số dư đầu', 'Opening'),
            isNumber: true,
            cell: ({ opening }) => <Money amount={opening} />,
          },
          {
            head: t('Bút toán', 'Entries'),
            isNumber: true,
            cell: ({ entryCount }) => <Count of={entryCount} />,
          },
          {
            head: t('Số dư cuối', 'Closing'),
            isNumber: true,
            cell: ({ closing, difference }) => (
              <>
                <Money amount={closing} />
                {difference !== '0' && (
                  <span class="side-note">
                    {t('lệch', 'differs by')} <Money amount={difference} />
                  </span>
                )}
              </>
            ),
          },
          { head: t('Nhận lúc', 'Here since'), cell: ({ readAt }) => <Moment at={readAt} /> },
        ]}
        rows={rows}
        empty={
          <Empty
            title={t('Chưa có sao kê nào', 'There are no statements yet')}
            guide="reconciliation"
          >
            {t(
              'Nộp tệp sao kê ở trên, hoặc hỏi ngân hàng ở trang “Theo ngày”.',
              'Bring a file above, or ask a bank on the page “By day”.',
            )}
          </Empty>
        }
      />
      <Pager nextCursor={nextCursor} />
      <ExportFoot path="/statements" isEmpty={rows.length === 0} />
    </Card>
  );
}

function Days({ from, to }: { from: string; to: string }) {
  return (
    <>
      <Day iso={from} />
      {to !== from && (
        <>
          {' – '}
          <Day iso={to} />
        </>
      )}
    </>
  );
}

function Files({ names, files }: Props) {
  const t = useText();
  return (
    <Card
      title={t('Tệp ngân hàng mới nhận', 'Files that banks gave lately')}
      actions={
        <a class="btn btn-sm" href="/admin/files">
          {t('Xem mọi tệp', 'See all files')}
        </a>
      }
      isFlush
    >
      {files.some(({ state }) => state === 'quarantined') && (
        <div class="card-body">
          <Callout tone="warning">
            {t(
              'Có tệp không đọc được: xem lý do, sửa rồi cho đọc lại.',
              'Some cannot be read: see why, mend it, and have them read again.',
            )}
          </Callout>
        </div>
      )}
      <Table
        caption={t('Tệp ngân hàng, mới nhất trước', 'Files of banks, the latest first')}
        columns={[
          {
            head: t('Tệp', 'File'),
            isName: true,
            cell: ({ id, fileName }) => <a href={`/admin/files/${id}`}>{fileName}</a>,
          },
          { head: t('Ngân hàng', 'Bank'), cell: ({ bank }) => names.bank(bank) },
          {
            head: t('Là', 'It is'),
            cell: ({ kind }) => (kind === null ? '' : t(KINDS[kind])),
          },
          {
            head: t('Tình trạng', 'State'),
            cell: ({ state, whyVi, whyEn, place }) => (
              <>
                <State of="bankFile" is={state} />
                {whyVi !== null && whyEn !== null && (
                  <span class="side-note">
                    {t(whyVi, whyEn)} {place}
                  </span>
                )}
              </>
            ),
          },
          { head: t('Nhận lúc', 'Received'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
        ]}
        rows={files}
      />
    </Card>
  );
}

const KINDS = {
  report: { vi: 'Báo cáo kết quả', en: 'A report' },
  statements: { vi: 'Sao kê', en: 'Statements' },
  nothing: { vi: 'Không có gì để áp dụng', en: 'Nothing to apply' },
} as const;
