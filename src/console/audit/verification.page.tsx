import type { AuditVerification, BreakReason } from '../../audit/index.js';
import type { Bilingual } from '../../kernel/index.js';
import {
  Callout,
  Card,
  Count,
  Facts,
  Field,
  Moment,
  PrintButton,
  useConsole,
  useText,
} from '../kit/index.js';
import { AuditTabs } from './audit.page.js';

const BROKEN: Readonly<Record<BreakReason, Bilingual>> = {
  'entry-changed': {
    vi: 'Một việc đã ghi bị sửa sau khi niêm.',
    en: 'An entry was changed after it was sealed.',
  },
  'entry-missing': { vi: 'Một việc đã niêm bị lấy đi.', en: 'A sealed entry was taken out.' },
  'link-missing': { vi: 'Một mắt xích bị lấy đi.', en: 'A link of the chain was taken out.' },
  'chain-broken': {
    vi: 'Một mắt xích không nối với mắt xích trước nó.',
    en: 'A link does not stand on the one before it.',
  },
  'entry-unsealed': { vi: 'Có việc chưa được niêm.', en: 'There is an entry that no link seals.' },
  'head-missing': {
    vi: 'Đầu chuỗi đã ghi lại trước đây không còn trong chuỗi: phần cuối đã bị cắt hoặc viết lại.',
    en: 'The head that was noted earlier is not in the chain: its end was cut off or written anew.',
  },
};

/** The chain of seals, recomputed on demand. */
export function VerificationPage(props: {
  readonly noted: { readonly seq?: string; readonly hash?: string };
  readonly result: AuditVerification | null;
}) {
  const t = useText();
  const { noted, result } = props;
  return (
    <>
      <AuditTabs />
      {result && <Result result={result} isAgainstNoted={noted.seq !== undefined} />}
      <Card title={t('Kiểm tra toàn bộ chuỗi', 'Verify the whole chain')}>
        <p>
          {t(
            'Mỗi việc được niêm bằng một dấu tính từ nội dung của nó và dấu của việc trước. Kiểm tra là tính lại tất cả: ai sửa, thêm hay bớt một chữ đều lộ ra. Với hàng triệu việc có thể mất vài phút.',
            'Each entry is sealed over its content and the seal before it. Verifying computes all of them anew: whoever changed, added or took out a word is found. With millions of entries it may take minutes.',
          )}
        </p>
        <form method="get" action="/admin/audit/verification">
          <input type="hidden" name="run" value="1" />
          <p>
            {t(
              'Nếu lần trước đã ghi lại đầu chuỗi, nhập vào đây để phát hiện cả việc cắt bỏ phần cuối:',
              'If you noted the head last time, enter it to find out a cut-off end, too:',
            )}
          </p>
          <Field
            name="seq"
            label={t('Số của đầu chuỗi', 'Number of the head')}
            value={noted.seq}
            inputMode="numeric"
            width="short"
          />
          <Field
            name="hash"
            label={t('Dấu của đầu chuỗi', 'Seal of the head')}
            value={noted.hash}
          />
          <button type="submit" class="btn btn-primary">
            {t('Kiểm tra', 'Verify')}
          </button>
        </form>
      </Card>
    </>
  );
}

function Result({
  result,
  isAgainstNoted,
}: {
  result: AuditVerification;
  isAgainstNoted: boolean;
}) {
  const { now } = useConsole();
  const t = useText();
  const { head, checked, broken } = result;
  return (
    <>
      {broken ? (
        <Callout tone="danger" title={t('Nhật ký đã bị can thiệp', 'The trail was tampered with')}>
          <p>{t(BROKEN[broken.reason])}</p>
          <p>
            {broken.seq !== null &&
              t(`Tại số ${broken.seq} của chuỗi. `, `At number ${broken.seq}. `)}
            {t(
              'Giữ nguyên hiện trạng, báo thủ trưởng và người quản trị máy chủ ngay.',
              'Leave everything as it is, and tell the head of the office and the server’s administrator at once.',
            )}
          </p>
        </Callout>
      ) : (
        <Callout tone="success" title={t('Chuỗi nguyên vẹn', 'The chain is whole')}>
          {isAgainstNoted
            ? t(
                'Mọi dấu đều đúng, và đầu chuỗi đã ghi lại trước đây vẫn còn đó.',
                'Every seal is right, and the head that was noted earlier is still there.',
              )
            : t('Mọi dấu đều đúng.', 'Every seal is right.')}
        </Callout>
      )}
      <Card title={t('Đầu chuỗi để ghi lại', 'The head, to be noted')} actions={<PrintButton />}>
        <Facts
          of={[
            { name: t('Kiểm tra lúc', 'Verified at'), value: <Moment at={now} /> },
            { name: t('Số việc đã kiểm', 'Entries verified'), value: <Count of={checked} /> },
            { name: t('Số', 'Number'), value: head.seq },
            { name: t('Dấu', 'Seal'), value: <code class="digest">{head.hash}</code> },
          ]}
        />
        <p>
          {t(
            'In trang này và giữ ở nơi người quản trị máy chủ không sửa được, ví dụ kẹp vào hồ sơ của đơn vị. Lần sau nhập lại hai số này.',
            'Print this and keep it where the server’s administrator cannot change it, such as the office’s files. Enter both next time.',
          )}
        </p>
      </Card>
    </>
  );
}
