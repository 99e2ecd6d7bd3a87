import { markDifference } from '../../beneficiaries/index.js';
import {
  isChecked,
  type AccountChecks,
  type AccountState,
  type BatchDetail,
  type BatchConcerns,
  type LineAccount,
} from '../../batches/index.js';
import { maskTail } from '../../kernel/index.js';
import {
  ActionButton,
  Callout,
  Card,
  Count,
  formatCount,
  href,
  Moment,
  Money,
  None,
  Pager,
  Table,
  useConsole,
  useText,
  useNames,
} from '../kit/index.js';
import { BatchFrame } from './batch-frame.js';
import { ACCOUNT_WORDS, OUTDATED_WORDS, wordOf } from './batch.words.js';

interface AccountsProps {
  readonly batch: BatchDetail;
  readonly checks: AccountChecks;
  readonly lines: readonly LineAccount[];
  readonly concerns: BatchConcerns;
  readonly state?: AccountState;
  readonly nextCursor: string | null;
}

/** Whether the accounts of a batch bear the names that are paid to, and which lines have gone stale. */
export function BatchAccounts(props: AccountsProps) {
  const { batch } = props;
  return (
    <BatchFrame batch={batch}>
      <Standing {...props} />
      <Checked {...props} />
      <Outdated {...props} />
      <Shared {...props} />
    </BatchFrame>
  );
}

function Standing({ batch, checks }: AccountsProps) {
  const t = useText();
  const { may } = useConsole();
  const { mode, freshForDays, waiting, counts } = checks;
  return (
    <Card title={t('Kiểm tra tên tài khoản', 'Checks of account names')} isFlush>
      <div class="card-body">
        <p>
          {t(
            `Trả lời của ngân hàng có giá trị ${freshForDays} ngày. `,
            `A bank’s answer counts for ${freshForDays} days. `,
          )}
          {mode === 'block'
            ? t(
                'Chế độ này chỉ trình ký được khi mọi tài khoản đúng tên hoặc đã xác nhận bằng giấy tờ.',
                'This programme is proposed only when every account is exact or confirmed by paper.',
              )
            : mode === 'warn'
              ? t(
                  'Vẫn trình ký được khi còn tài khoản chưa xác minh; người ký thấy các con số này.',
                  'It can be proposed with accounts that are not verified; the signers see these figures.',
                )
              : t('Chế độ này không yêu cầu kiểm tra.', 'This programme asks for no checks.')}
        </p>
        {waiting > 0 && (
          <Callout tone="info">
            {t(
              `Đang hỏi ngân hàng: còn ${formatCount(waiting)} dòng chờ trả lời. Tải lại trang để xem kết quả.`,
              `The banks are being asked: ${formatCount(waiting)} lines wait for an answer. Reload to see the results.`,
            )}
          </Callout>
        )}
        {batch.state === 'draft' && may('batch.prepare') && mode !== 'off' && (
          <ActionButton action={`/batches/${batch.id}/account-checks`} tone="secondary">
            {t(
              'Hỏi ngân hàng về các tài khoản chưa có trả lời',
              'Ask the banks about what is not answered',
            )}
          </ActionButton>
        )}
      </div>
      <Table
        caption={t('Số dòng theo kết quả kiểm tra', 'Lines by result')}
        rows={counts}
        empty={t('Đợt chi không có dòng nào.', 'The batch has no lines.')}
        columns={[
          {
            head: t('Kết quả', 'Result'),
            isName: true,
            cell: ({ state }) => (
              <a href={href(`/batches/${batch.id}/accounts`, { state })}>
                {isChecked(state) ? '✓ ' : '! '}
                {t(ACCOUNT_WORDS[state])}
              </a>
            ),
          },
          {
            head: t('Số dòng', 'Lines'),
            isNumber: true,
            cell: ({ lines }) => <Count of={lines} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
        ]}
      />
    </Card>
  );
}

function Checked({ batch, lines, state, nextCursor }: AccountsProps) {
  const t = useText();
  const names = useNames();
  const title = state
    ? t(`Các dòng: ${ACCOUNT_WORDS[state].vi}`, `Lines: ${ACCOUNT_WORDS[state].en}`)
    : t('Các dòng chưa được xác minh', 'Lines that are not verified');
  return (
    <Card title={title} isFlush>
      <Table
        caption={title}
        rows={lines}
        empty={t('Không có dòng nào.', 'There are none.')}
        columns={[
          { head: t('Số', 'No.'), isNumber: true, cell: ({ lineNo }) => <Count of={lineNo} /> },
          {
            head: t('Người hưởng', 'Beneficiary'),
            isName: true,
            cell: ({ beneficiaryId, payeeName }) => (
              <a href={`/beneficiaries/${beneficiaryId}`}>{payeeName}</a>
            ),
          },
          {
            head: t('Tài khoản', 'Account'),
            cell: ({ bankBin, accountNumber }) =>
              `${names.bank(bankBin)} ${maskTail(accountNumber)}`,
          },
          {
            head: t('Tên trong danh sách', 'Name we pay to'),
            cell: (line) => <Ours line={line} />,
          },
          {
            head: t('Tên ngân hàng trả lời', 'Name the bank gave'),
            cell: ({ bankName }) => bankName ?? <None />,
          },
          {
            head: t('Kết quả', 'Result'),
            cell: ({ state: is, at, waiting }) => (
              <>
                {t(ACCOUNT_WORDS[is])}
                <div class="text-secondary">
                  {waiting
                    ? t('đang chờ trả lời', 'waits for an answer')
                    : at && <Moment at={at} />}
                </div>
              </>
            ),
          },
        ]}
      />
      {batch.state === 'draft' && lines.length > 0 && (
        <p class="card-body mb-0 text-secondary">
          {t(
            'Mở hồ sơ người hưởng để sửa tài khoản hoặc xác nhận bằng giấy tờ.',
            'Open a beneficiary to mend the account or to confirm it by paper.',
          )}
        </p>
      )}
      <Pager nextCursor={nextCursor} />
    </Card>
  );
}

/** Our name, word by word; what the bank wrote otherwise is marked, and said so to whoever listens. */
function Ours({ line }: { line: LineAccount }) {
  if (line.bankName === null) return <>{line.ourName}</>;
  const words = markDifference(line.ourName, line.bankName).filter(({ ours }) => ours !== null);
  return (
    <>
      {words.map(({ ours, same }, at) => (
        <>
          {at > 0 && ' '}
          {same ? ours : <mark>{ours}</mark>}
        </>
      ))}
    </>
  );
}

function Outdated({ batch, concerns }: AccountsProps) {
  const t = useText();
  const { outdated } = concerns;
  if (outdated.count === 0) return null;
  const title = t(
    'Các dòng không còn đúng với hồ sơ',
    'Lines that no longer agree with the records',
  );
  return (
    <Card id="outdated" title={title} isFlush>
      <p class="card-body mb-0">
        {t(
          `${formatCount(outdated.count)} dòng. Xin lập lại đợt chi, hoặc rút các dòng ấy rồi trình ký.`,
          `${formatCount(outdated.count)} lines. Rebuild the batch, or take those lines out, then propose it.`,
        )}
      </p>
      <Table
        caption={title}
        rows={outdated.lines}
        columns={[
          {
            head: t('Dòng', 'Line'),
            isName: true,
            cell: ({ lineNo, beneficiaryId }) => (
              <a href={`/beneficiaries/${beneficiaryId}`}>
                {t(`Dòng ${lineNo}: mở hồ sơ`, `Line ${lineNo}: open the record`)}
              </a>
            ),
          },
          {
            head: t('Thay đổi từ khi lập', 'Changed since'),
            cell: ({ change }) => t(wordOf(OUTDATED_WORDS, change)),
          },
        ]}
      />
      {batch.state === 'proposed' && (
        <p class="card-body mb-0">
          {t('Người ký có thể trả lại để sửa.', 'A signer may return it to be mended.')}
        </p>
      )}
    </Card>
  );
}

function Shared({ concerns }: AccountsProps) {
  const t = useText();
  const names = useNames();
  if (concerns.sharedAccounts.length === 0) return null;
  const title = t(
    'Tài khoản nhận tiền của nhiều người',
    'Accounts that receive for several people',
  );
  return (
    <Card id="shared" title={title} isFlush>
      <Table
        caption={title}
        rows={concerns.sharedAccounts}
        columns={[
          {
            head: t('Tài khoản', 'Account'),
            isName: true,
            cell: ({ bankBin, accountNumber }) =>
              `${names.bank(bankBin)} ${maskTail(accountNumber)}`,
          },
          {
            head: t('Số người', 'People'),
            isNumber: true,
            cell: ({ people }) => <Count of={people} />,
          },
          {
            head: t('Số tiền', 'Amount'),
            isNumber: true,
            cell: ({ amount }) => <Money amount={amount} />,
          },
          { head: t('Các dòng số', 'Line numbers'), cell: ({ lineNos }) => lineNos.join(', ') },
        ]}
      />
    </Card>
  );
}
