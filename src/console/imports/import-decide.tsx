import type { ImportDetail } from '../../entitlements/index.js';
import {
  Callout,
  Card,
  Disclosure,
  Form,
  formatCount,
  formatMoney,
  href,
  Submit,
  TextArea,
  useConsole,
  useText,
} from '../kit/index.js';

/** What an officer may do with a checked list: apply all of it, only its good rows, or refuse it. */
export function Decide({ list }: { list: ImportDetail }) {
  const t = useText();
  const { may } = useConsole();
  if (list.state === 'applied') return <Applied list={list} />;
  if (list.state !== 'checked') return null;
  if (!may('import.write')) {
    return (
      <Callout tone="info">
        {t(
          'Danh sách chờ người lập danh sách xem và nhập. Vai trò của bạn chỉ được xem.',
          'The list waits for a preparer to apply it. Your role may only look.',
        )}
      </Callout>
    );
  }
  return (
    <Card title={t('Việc cần làm', 'What to do now')}>
      {list.blocks.length > 0 ? <Blocked list={list} /> : <Apply list={list} />}
      <Refuse list={list} />
    </Card>
  );
}

function Applied({ list }: { list: ImportDetail }) {
  const t = useText();
  return (
    <Callout tone="success" title={t('Đã nhập danh sách này', 'This list was applied')}>
      <p>
        {t(
          `${formatCount(list.appliedRows)} khoản được hưởng, cộng ${formatMoney(list.goodAmount)}.`,
          `${formatCount(list.appliedRows)} entitlements, ${formatMoney(list.goodAmount)} in all.`,
        )}{' '}
        {list.badRows > 0 &&
          t(
            `${formatCount(list.badRows)} dòng lỗi không được nhập: sửa trong tệp rồi gửi tệp mới.`,
            `${formatCount(list.badRows)} bad rows were not: mend them in the file and send it as a new one.`,
          )}
      </p>
      <a href={href('/entitlements', { import: list.id })}>
        {t('Xem các khoản được hưởng của danh sách này', 'See the entitlements of this list')}
      </a>
    </Callout>
  );
}

function Blocked({ list }: { list: ImportDetail }) {
  const t = useText();
  return (
    <Callout
      tone="danger"
      title={t(
        'Chưa nhập được: tổng kiểm soát không khớp',
        'Not to be applied: the control totals differ',
      )}
    >
      <ul>
        {list.blocks.map((block) => (
          <li>{t(block)}</li>
        ))}
      </ul>
      <p class="mb-0">
        {t(
          'Sửa các ô lỗi (số tiền không đọc được thì không cộng vào tổng), hoặc không nhận và gửi lại với số đúng.',
          'Mend the bad cells (an amount that cannot be read is not added), or refuse the list and send it with the right figures.',
        )}{' '}
        {list.badRows > 0 && (
          <a href={href(`/imports/${list.id}/errors`, { severity: 'error' })}>
            {t('Sửa các ô lỗi', 'Mend the bad cells')}
          </a>
        )}
      </p>
    </Callout>
  );
}

function Apply({ list }: { list: ImportDetail }) {
  const t = useText();
  if (list.goodRows === 0) {
    return (
      <Callout tone="warning">
        {t(
          'Chưa có dòng nào nhập được. Sửa các ô lỗi ở đây, hoặc tải tệp đã đánh dấu về sửa rồi gửi lại.',
          'No row can be applied yet. Mend the bad cells here, or download the marked file, mend it and send it again.',
        )}
      </Callout>
    );
  }
  const sum = `${formatCount(list.goodRows)} ${t('dòng', 'rows')}, ${formatMoney(list.goodAmount)}`;
  if (list.badRows === 0) {
    return (
      <Confirm
        list={list}
        mode="all-or-nothing"
        button={t(`Nhập cả danh sách (${sum})`, `Apply the whole list (${sum})`)}
        what={t(
          'Mỗi dòng trở thành một khoản được hưởng. Việc này không hoàn tác được; muốn dừng một khoản phải có quyết định.',
          'Every row becomes an entitlement. This cannot be undone; ending one takes a decision.',
        )}
      />
    );
  }
  return (
    <>
      <p>
        {t(
          `Còn ${formatCount(list.badRows)} dòng lỗi. Sửa hết thì nhập được cả danh sách; hoặc chỉ nhập các dòng đúng.`,
          `${formatCount(list.badRows)} rows are bad. Mend them all to apply the whole list, or apply only the good rows.`,
        )}{' '}
        <a href={href(`/imports/${list.id}/errors`, { severity: 'error' })}>
          {t('Sửa các ô lỗi', 'Mend the bad cells')}
        </a>
      </p>
      <Confirm
        list={list}
        mode="good-rows"
        button={t(`Chỉ nhập các dòng đúng (${sum})`, `Apply only the good rows (${sum})`)}
        what={t(
          `${formatCount(list.badRows)} dòng lỗi sẽ không được nhập và phải gửi lại trong một tệp khác. Việc này không hoàn tác được.`,
          `${formatCount(list.badRows)} bad rows are left out and must be sent in another file. This cannot be undone.`,
        )}
      />
    </>
  );
}

function Confirm(props: {
  list: ImportDetail;
  mode: 'all-or-nothing' | 'good-rows';
  button: string;
  what: string;
}) {
  const t = useText();
  return (
    <Disclosure summary={props.button} tone="primary">
      <Form action={`/imports/${props.list.id}/applications`} label={props.button}>
        <p>{props.what}</p>
        <input type="hidden" name="mode" value={props.mode} />
        <Submit>{t('Tôi đã xem kết quả, nhập ngay', 'I have seen the result: apply now')}</Submit>
      </Form>
    </Disclosure>
  );
}

function Refuse({ list }: { list: ImportDetail }) {
  const t = useText();
  return (
    <Disclosure summary={t('Không nhận danh sách này', 'Refuse this list')} tone="danger">
      <Form
        action={`/imports/${list.id}/refusals`}
        label={t('Không nhận danh sách này', 'Refuse this list')}
      >
        <TextArea
          name="reason"
          required
          maxLength={500}
          label={t('Lý do', 'Reason')}
          hint={t(
            'Nơi gửi đọc được lý do này. Danh sách không nhận thì không nhập được nữa; tệp có thể gửi lại.',
            'The sender can read it. A refused list cannot be applied any more; the file may be sent again.',
          )}
        />
        <Submit tone="danger">{t('Không nhận', 'Refuse')}</Submit>
      </Form>
    </Disclosure>
  );
}
