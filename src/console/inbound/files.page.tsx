import { BANK_FILE_STATES, type Bank, type BankFileRow } from '../../banks/index.js';
import {
  Card,
  Count,
  Disclosure,
  Empty,
  Field,
  FilterBar,
  Form,
  Moment,
  Pager,
  Select,
  State,
  stateChoices,
  Submit,
  Table,
  Tabs,
  useConsole,
  useText,
} from '../kit/index.js';
import { DIRECTIONS, FILE_KINDS } from './file.words.js';
import { BankChoice, bankName } from './notices.page.js';

type Banks = readonly Pick<Bank, 'code' | 'name'>[];

export function FileTabs() {
  return (
    <Tabs
      of={[
        { href: '/admin/files', text: { vi: 'Mọi tệp', en: 'All files' } },
        {
          href: '/admin/files/lists',
          text: { vi: 'Danh sách phải mang đi', en: 'Lists to be carried' },
        },
        {
          href: '/admin/files/new',
          text: { vi: 'Gửi tệp của ngân hàng vào', en: 'Bring a bank’s file' },
        },
      ]}
    />
  );
}

/** Files to and from the banks. */
export function FileList(props: {
  readonly banks: Banks;
  readonly filter: { readonly bank?: string; readonly direction?: string; readonly state?: string };
  readonly files: readonly BankFileRow[];
  readonly nextCursor: string | null;
}) {
  const { banks, filter, files, nextCursor } = props;
  const t = useText();
  return (
    <>
      <FileTabs />
      <FilterBar action="/admin/files">
        <BankChoice banks={banks} value={filter.bank} />
        <Select
          name="direction"
          label={t('Chiều', 'Direction')}
          any={t('Cả hai chiều', 'Both')}
          value={filter.direction}
          choices={Object.entries(DIRECTIONS).map(([value, text]) => ({ value, text }))}
        />
        <Select
          name="state"
          label={t('Tình trạng', 'State')}
          any={t('Mọi tình trạng', 'Any state')}
          value={filter.state}
          choices={stateChoices('bankFile').filter(({ value }) =>
            BANK_FILE_STATES.some((state) => state === value),
          )}
        />
      </FilterBar>
      <Card isFlush>
        <Files files={files} banks={banks} />
      </Card>
      <Pager nextCursor={nextCursor} />
    </>
  );
}

function Files({ files, banks }: { files: readonly BankFileRow[]; banks: Banks }) {
  const t = useText();
  return (
    <Table
      caption={t('Tệp với ngân hàng, mới nhất trước', 'Bank files, the newest first')}
      rows={files}
      empty={
        <Empty title={t('Không có tệp nào khớp.', 'No file matches.')}>
          <p>
            {t(
              'Chỉ những ngân hàng trao đổi bằng tệp mới có tệp ở đây.',
              'Only banks that exchange files have any here.',
            )}
          </p>
        </Empty>
      }
      columns={[
        {
          head: t('Tệp', 'File'),
          isName: true,
          cell: (file) => <a href={`/admin/files/${file.id}`}>{file.fileName}</a>,
        },
        { head: t('Ngân hàng', 'Bank'), cell: (file) => bankName(banks, file.bank) },
        { head: t('Chiều', 'Direction'), cell: (file) => t(DIRECTIONS[file.direction]) },
        {
          head: t('Tình trạng', 'State'),
          cell: (file) => <State of="bankFile" is={file.state} />,
        },
        { head: t('Nội dung', 'Content'), cell: (file) => <Content of={file} /> },
        { head: t('Lúc', 'When'), cell: (file) => <Moment at={file.createdAt} /> },
      ]}
    />
  );
}

function Content({ of: file }: { of: BankFileRow }) {
  const t = useText();
  if (file.direction === 'out') {
    return (
      <>
        <Count of={file.paymentCount ?? 0} /> {t('khoản chi', 'payments')}
      </>
    );
  }
  if (file.state === 'quarantined') return <>{t(file.whyVi ?? '', file.whyEn ?? '')}</>;
  return (
    <>
      {file.kind ? t(FILE_KINDS[file.kind]) : t('Chưa đọc', 'Not read yet')}
      {file.timesSeen > 1 && `, ${t(`gửi ${file.timesSeen} lần`, `came ${file.timesSeen} times`)}`}
    </>
  );
}

/** A file that a person fetched from a bank's portal. */
export function NewFile(props: {
  readonly banks: Banks;
  readonly bank: string | undefined;
  readonly answers: string | undefined;
}) {
  const { may } = useConsole();
  const t = useText();
  if (props.banks.length === 0) {
    return (
      <>
        <FileTabs />
        <Card>
          <Empty
            title={t('Chưa có ngân hàng nào trao đổi bằng tệp.', 'No bank exchanges files.')}
          />
        </Card>
      </>
    );
  }
  return (
    <>
      <FileTabs />
      <Card>
        {may('reconciliation.operate') ? (
          <UploadForm {...props} />
        ) : (
          <p>
            {t(
              'Chỉ cán bộ lập bảng gửi tệp của ngân hàng vào.',
              'Only preparers bring files of banks.',
            )}
          </p>
        )}
      </Card>
    </>
  );
}

function UploadForm({ banks, bank, answers }: Parameters<typeof NewFile>[0]) {
  const t = useText();
  return (
    <Form action="/admin/files" hasFile>
      <p>
        {t(
          'Tệp kết quả hoặc sao kê, đúng như ngân hàng đưa: không sửa, không đổi định dạng. Gửi lại cùng một tệp không sao.',
          'A result list or a statement, just as the bank gave it: neither edited nor converted. The same file again does no harm.',
        )}
      </p>
      <Select
        name="bank"
        label={t('Ngân hàng', 'Bank')}
        any={t('Chọn ngân hàng…', 'Choose…')}
        value={bank}
        choices={banks.map(({ code, name }) => ({ value: code, text: name }))}
        required
      />
      <Field name="file" type="file" label={t('Tệp', 'File')} required />
      {answers === undefined ? (
        <Disclosure
          summary={t(
            'Tệp không ghi trả lời danh sách nào?',
            'Does the file not say which list it answers?',
          )}
        >
          <Answers value={undefined} />
        </Disclosure>
      ) : (
        <Answers value={answers} />
      )}
      <Submit>{t('Gửi tệp vào', 'Bring the file')}</Submit>
    </Form>
  );
}

function Answers({ value }: { value: string | undefined }) {
  const t = useText();
  return (
    <Field
      name="answers"
      label={t('Trả lời danh sách số', 'Answers the list numbered')}
      hint={t(
        'Số của danh sách đã nộp, xem ở trang Danh sách phải mang đi. Để trống nếu tệp tự nói.',
        'The number of the list that was uploaded, on Lists to be carried. Leave it empty if the file says it.',
      )}
      value={value}
      maxLength={35}
      width="medium"
    />
  );
}
