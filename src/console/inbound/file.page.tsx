import type { BankFileMove, BankFileRow } from '../../banks/index.js';
import {
  Callout,
  Card,
  Count,
  Disclosure,
  Facts,
  Form,
  Moment,
  Money,
  None,
  State,
  stateText,
  Submit,
  TextArea,
  Timeline,
  useConsole,
  useText,
} from '../kit/index.js';
import { FileEffectsPart, type FileDid } from './file-effects.part.js';
import { DIRECTIONS, FILE_KINDS } from './file.words.js';

export interface FilePageProps extends FileDid {
  readonly file: BankFileRow;
  readonly bank: string;
  readonly isCarried: boolean;
  readonly moves: readonly BankFileMove[];
}

/** One file to or from a bank: what it is, what became of it, and what it did. */
export function FilePage(props: FilePageProps) {
  const t = useText();
  const { file, moves } = props;
  return (
    <>
      {file.state === 'quarantined' && <SetAside file={file} />}
      <div class="columns">
        <div>
          <Particulars {...props} />
          <Download {...props} />
        </div>
        <Card title={t('Đã xảy ra', 'What happened')}>
          <Timeline of={moves.map((move) => entryOf(move, t))} />
        </Card>
      </div>
      {file.direction === 'in' && <FileEffectsPart {...props} />}
    </>
  );
}

function entryOf(move: BankFileMove, t: ReturnType<typeof useText>) {
  const { vi, en } = stateText('bankFile', move.to);
  return {
    at: move.at,
    title: t(vi, en),
    by: move.actorKind === 'user' ? move.actorName : t('hệ thống', 'the system'),
    children: move.note ? <p>{move.note}</p> : undefined,
  };
}

function Particulars({ file, bank }: FilePageProps) {
  const t = useText();
  return (
    <Card title={t('Thông tin', 'Particulars')}>
      <Facts
        of={[
          { name: t('Ngân hàng', 'Bank'), value: <a href={`/admin/banks/${file.bank}`}>{bank}</a> },
          { name: t('Chiều', 'Direction'), value: t(DIRECTIONS[file.direction]) },
          { name: t('Tình trạng', 'State'), value: <State of="bankFile" is={file.state} /> },
          file.direction === 'in' && {
            name: t('Là', 'It is'),
            value: file.kind ? t(FILE_KINDS[file.kind]) : <None />,
          },
          file.messageReference !== null && {
            name: t('Số danh sách', 'Number of the list'),
            value: <code>{file.messageReference}</code>,
          },
          file.paymentCount !== null && {
            name: t('Số khoản', 'Payments'),
            value: <Count of={file.paymentCount} />,
          },
          file.total !== null && {
            name: t('Tổng tiền', 'Total'),
            value: <Money amount={file.total} />,
          },
          file.answers !== null && {
            name: t('Trả lời danh sách số', 'Answers the list'),
            value: <code>{file.answers}</code>,
          },
          file.itemCount !== null && {
            name: t('Số dòng đọc được', 'Items read'),
            value: <Count of={file.itemCount} />,
          },
          file.timesSeen > 1 && {
            name: t('Gửi lại', 'Came again'),
            value: t(
              `${file.timesSeen} lần cùng nội dung; chỉ tính một lần`,
              `${file.timesSeen} times the same content; it counts once`,
            ),
          },
          file.uploadedAt !== null && {
            name: t('Nộp cho ngân hàng lúc', 'Uploaded at the bank'),
            value: <Moment at={file.uploadedAt} />,
          },
          file.deliveredAt !== null && {
            name: t('Giao ngân hàng lúc', 'Delivered'),
            value: <Moment at={file.deliveredAt} />,
          },
          { name: t('Dấu nội dung', 'Digest'), value: <code class="digest">{file.sha256}</code> },
        ]}
      />
    </Card>
  );
}

function SetAside({ file }: { file: BankFileRow }) {
  const { may } = useConsole();
  const t = useText();
  return (
    <Callout
      tone="danger"
      title={t('Tệp để riêng, chưa áp dụng dòng nào', 'Set aside; nothing of it was applied')}
    >
      <p>
        {t(file.whyVi ?? '', file.whyEn ?? '')}
        {file.place !== null && ` (${t('chỗ', 'at')}: ${file.place})`}
      </p>
      <p>
        {t(
          'Nếu lỗi ở ngân hàng: xin tệp đúng rồi gửi vào. Nếu lỗi ở ta và đã sửa: cho đọc lại.',
          'If the bank is wrong: ask for a right file and bring it. If we were, and it is mended: have it read again.',
        )}
      </p>
      {may('reconciliation.operate') && (
        <Disclosure summary={t('Cho đọc lại…', 'Read again…')} tone="primary">
          <Form action={`/admin/files/${file.id}/readings`}>
            <TextArea
              name="reason"
              label={t('Vì sao đọc lại', 'Why it is read again')}
              hint={t('Đã sửa gì ở phía ta.', 'What was mended on our side.')}
              maxLength={1000}
              required
            />
            <Submit>{t('Đọc lại tệp này', 'Read this file again')}</Submit>
          </Form>
        </Disclosure>
      )}
    </Callout>
  );
}

/** Its bytes. The trail says who had them; a list that people carry counts as handed over from then on. */
function Download({ file, isCarried }: FilePageProps) {
  const { may, url } = useConsole();
  const t = useText();
  const isList = file.direction === 'out' && isCarried;
  return (
    <Card title={t('Tải tệp', 'Download')}>
      {!may('run.operate') ? (
        <p>
          {t(
            'Tệp có tên và số tài khoản: chỉ người điều hành chi trả tải được.',
            'It holds names and accounts: only those who operate payments download it.',
          )}
        </p>
      ) : file.state === 'void' ? (
        <p>
          {t(
            'Danh sách này đã bỏ; khoản của nó nằm ở danh sách khác. Không tải về nữa để không chi hai lần.',
            'This list was given up; its payments go in another one. It is not handed out any more, so that nothing is paid twice.',
          )}
        </p>
      ) : (
        <>
          <p>
            {isList
              ? t(
                  'Tải về là bắt đầu giao: từ lúc đó danh sách không bỏ được nữa. Mỗi lần tải được ghi vào nhật ký.',
                  'From the first download on it counts as handed over and cannot be given up. Every download is recorded.',
                )
              : t(
                  'Tệp có tên và số tài khoản. Mỗi lần tải được ghi vào nhật ký.',
                  'It holds names and accounts. Every download is recorded.',
                )}
          </p>
          <form method="post" action={`/admin/files/${file.id}/downloads`}>
            <input type="hidden" name="_from" value={url} />
            <Submit tone="secondary">{t('Tải tệp này', 'Download this file')}</Submit>
          </form>
        </>
      )}
      {isList && (
        <p class="mb-0">
          <a href="/admin/files/lists">
            {t('Việc tiếp theo với danh sách', 'What is next for the list')}
          </a>
        </p>
      )}
    </Card>
  );
}
