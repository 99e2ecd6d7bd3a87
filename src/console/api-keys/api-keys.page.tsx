import { KEY_PERMISSIONS, type ApiKeyRow } from '../../identity/index.js';
import {
  Badge,
  Callout,
  Card,
  Checks,
  Disclosure,
  Empty,
  Field,
  Form,
  href,
  Moment,
  None,
  Pager,
  PERMISSION_TEXTS,
  Submit,
  Table,
  useAge,
  useConsole,
  useText,
} from '../kit/index.js';

/** Keys of other systems. */
export function ApiKeyList(props: {
  readonly keys: readonly ApiKeyRow[];
  readonly nextCursor: string | null;
}) {
  const t = useText();
  return (
    <>
      <p>
        {t(
          'Khóa API cho phép một phần mềm khác (kế toán, quản lý hồ sơ) gửi danh sách vào hoặc đọc kết quả. Khóa không bao giờ ký đợt chi.',
          'An API key lets another program bring lists or read results. A key never signs.',
        )}
      </p>
      <Card isFlush>
        <Keys keys={props.keys} />
      </Card>
      <Pager nextCursor={props.nextCursor} />
    </>
  );
}

export function NewKeyLink() {
  const t = useText();
  return (
    <a class="btn btn-primary" href="/admin/api-keys/new">
      {t('Tạo khóa', 'New key')}
    </a>
  );
}

function Keys({ keys }: { keys: readonly ApiKeyRow[] }) {
  const t = useText();
  return (
    <Table
      caption={t('Khóa API, mới nhất trước', 'API keys, the newest first')}
      rows={keys}
      empty={
        <Empty title={t('Chưa có khóa nào.', 'There are no keys.')} action={<NewKeyLink />}>
          <p>
            {t(
              'Chỉ cần khi nối một phần mềm khác với ChiTra.',
              'Needed only to connect another program.',
            )}
          </p>
        </Empty>
      }
      columns={[
        { head: t('Tên', 'Name'), isName: true, cell: (key) => key.name },
        { head: t('Tình trạng', 'State'), cell: (key) => <KeyState of={key} /> },
        { head: t('Dùng lần cuối', 'Last used'), cell: (key) => <Moment at={key.lastUsedAt} /> },
        { head: t('Hết hạn', 'Expires'), cell: (key) => <Moment at={key.expiresAt} /> },
        { head: t('Người tạo', 'Made by'), cell: (key) => key.createdBy ?? <None /> },
        { head: t('Được làm gì', 'May'), cell: (key) => <Scopes of={key} /> },
        { head: t('Thu hồi', 'Revoke'), cell: (key) => <Revoke of={key} /> },
      ]}
    />
  );
}

const SOON_MS = 30 * 24 * 3_600_000;

function KeyState({ of: key }: { of: ApiKeyRow }) {
  const { now } = useConsole();
  const age = useAge();
  const t = useText();
  if (key.revokedAt) return <Badge tone="over" text={{ vi: 'Đã thu hồi', en: 'Revoked' }} />;
  if (key.expiresAt <= now) return <Badge tone="over" text={{ vi: 'Hết hạn', en: 'Expired' }} />;
  if (key.expiresAt.getTime() - now.getTime() < SOON_MS) {
    const left = age(now, key.expiresAt);
    return <Badge tone="doubt" text={t(`Còn ${left}`, `${left} left`)} />;
  }
  return <Badge tone="good" text={{ vi: 'Còn hiệu lực', en: 'In force' }} />;
}

function Scopes({ of: key }: { of: ApiKeyRow }) {
  const t = useText();
  const count = key.permissions.length;
  return (
    <Disclosure summary={t(`${count} quyền`, `${count} scopes`)}>
      <ul>
        {key.permissions.map((permission) => (
          <li>{t(PERMISSION_TEXTS[permission])}</li>
        ))}
      </ul>
      <a href={href('/admin/audit', { thing: 'api-key', id: key.id })}>
        {t('Nhật ký của khóa này', 'The trail of this key')}
      </a>
    </Disclosure>
  );
}

function Revoke({ of: key }: { of: ApiKeyRow }) {
  const t = useText();
  if (key.revokedAt) return <Moment at={key.revokedAt} />;
  return (
    <Disclosure summary={t('Thu hồi…', 'Revoke…')}>
      <p>
        {t(
          `Phần mềm đang dùng khóa ${key.name} sẽ bị từ chối ngay. Không lấy lại được; cần thì tạo khóa mới.`,
          `Whatever uses the key ${key.name} is refused at once. This cannot be undone; make a new key when needed.`,
        )}
      </p>
      <Form
        action={`/admin/api-keys/${key.id}/revocations`}
        label={t(`Thu hồi ${key.name}`, `Revoke ${key.name}`)}
      >
        <Submit tone="danger">{t('Thu hồi khóa này', 'Revoke this key')}</Submit>
      </Form>
    </Disclosure>
  );
}

/** A new key: for which program, what it may do, until when. */
export function NewApiKey(props: { readonly lastDay: string }) {
  const t = useText();
  return (
    <Card>
      <Form action="/admin/api-keys">
        <Field
          name="name"
          label={t('Tên', 'Name')}
          hint={t(
            'Phần mềm nào dùng khóa này, chữ thường không dấu; ví dụ: ke-toan-misa. Tên này đứng trong nhật ký.',
            'Which program uses it, in lower case, such as bookkeeping. The trail shows this name.',
          )}
          maxLength={64}
          width="medium"
          required
        />
        <Field
          name="expiresOn"
          type="date"
          label={t('Dùng được đến hết ngày', 'In force until, included')}
          hint={t('Không quá hai năm.', 'Within two years.')}
          value={props.lastDay}
          width="short"
          required
        />
        <Checks
          name="permissions"
          label={t('Được làm gì (chỉ chọn điều thật cần)', 'What it may do (only what it needs)')}
          choices={KEY_PERMISSIONS.map((value) => ({ value, text: PERMISSION_TEXTS[value] }))}
        />
        <Callout tone="info">
          {t(
            'Mã khóa chỉ hiện một lần, ngay sau khi tạo. Hãy chuẩn bị sẵn nơi cất.',
            'The key is shown once, right after this. Have a place for it ready.',
          )}
        </Callout>
        <Submit>{t('Tạo khóa', 'Make the key')}</Submit>
      </Form>
    </Card>
  );
}

/** The only page that shows a key. Sent again it shows none: the stored answer holds no secret. */
export function MadeKey(props: { readonly name: string; readonly token: string | null }) {
  const t = useText();
  return (
    <Card>
      {props.token === null ? (
        <Callout tone="warning" title={t('Mã khóa không hiện lại', 'The key is not shown again')}>
          {t(
            `Khóa ${props.name} đã được tạo và mã đã hiện một lần. Nếu chưa kịp cất, hãy thu hồi khóa này và tạo khóa mới.`,
            `The key ${props.name} was made and shown once. If you did not keep it, revoke it and make a new one.`,
          )}
        </Callout>
      ) : (
        <>
          <Callout tone="success" title={t('Đã tạo khóa', 'The key was made')}>
            {t(
              'Chép mã dưới đây vào phần mềm kia ngay bây giờ. Rời trang này là không xem lại được.',
              'Copy it into the other program now. It cannot be seen again once you leave this page.',
            )}
          </Callout>
          <label class="form-label" for="token">
            {t(`Mã của khóa ${props.name}`, `The key ${props.name}`)}
          </label>
          <input
            id="token"
            class="form-control digest"
            type="text"
            value={props.token}
            readOnly
            autoComplete="off"
          />
          <p class="form-hint">
            {t(
              'Ai có mã này làm được mọi việc đã chọn. Không gửi qua thư, không dán lên màn hình.',
              'Whoever has it may do all that was chosen. Do not mail it or write it down in the open.',
            )}
          </p>
        </>
      )}
      <a class="btn" href="/admin/api-keys">
        {t('Về danh sách khóa', 'To the list of keys')}
      </a>
    </Card>
  );
}
