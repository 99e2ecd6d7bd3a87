import type { LiveSession, UserRow } from '../../identity/index.js';
import {
  Card,
  Disclosure,
  Form,
  Moment,
  Submit,
  Table,
  useConsole,
  useText,
} from '../kit/index.js';

/** As many sessions as a page shows of one person; who has more has a program, or forgets to sign out. */
export const SESSIONS_SHOWN = 20;

/** Where somebody is signed in at this moment, and the way to put them out. */
export function Sessions(props: {
  readonly user: UserRow;
  readonly sessions: readonly LiveSession[];
}) {
  const { user, sessions } = props;
  const { viewer } = useConsole();
  const t = useText();
  return (
    <Card title={t('Đang đăng nhập', 'Signed in now')}>
      {sessions.length === 0 ? (
        <p class="mb-0">
          {t('Người này không đăng nhập ở máy nào.', 'This person is signed in nowhere.')}
        </p>
      ) : (
        <>
          <Table
            caption={t('Các phiên đang mở', 'Live sessions')}
            rows={sessions}
            columns={[
              {
                head: t('Đăng nhập từ', 'Since'),
                isName: true,
                cell: ({ begunAt }) =>
                  begunAt ? <Moment at={begunAt} /> : t('không rõ', 'not known'),
              },
              {
                head: t('Thao tác gần nhất', 'Last seen'),
                cell: ({ seenAt }) => <Moment at={seenAt} />,
              },
            ]}
          />
          {sessions.length === SESSIONS_SHOWN && (
            <p class="form-hint">
              {t(
                `Chỉ hiện ${SESSIONS_SHOWN} phiên gần nhất.`,
                `Only the latest ${SESSIONS_SHOWN} are shown.`,
              )}
            </p>
          )}
          {viewer?.id === user.id ? (
            <p class="mb-0">
              {t('Đây là bạn. Kết thúc các phiên khác ở', 'This is you. End the other sessions at')}{' '}
              <a href="/account">{t('Tài khoản của tôi', 'My account')}</a>.
            </p>
          ) : (
            <End user={user} />
          )}
        </>
      )}
    </Card>
  );
}

function End({ user }: { user: UserRow }) {
  const t = useText();
  return (
    <Disclosure summary={t('Kết thúc mọi phiên…', 'End all sessions…')} tone="danger">
      <p>
        {t(
          `${user.displayName} bị đưa ra khỏi mọi máy ngay; việc đang nhập dở trên màn hình sẽ mất. Họ vẫn đăng nhập lại được: nghi lộ mật khẩu thì đặt mật khẩu mới.`,
          `${user.displayName} is put out everywhere at once and loses what they are typing. They can sign in again: set a new password if somebody else may know it.`,
        )}
      </p>
      <Form action={`/admin/users/${user.id}/sessions/ending`}>
        <Submit tone="danger">{t('Kết thúc mọi phiên', 'End all sessions')}</Submit>
      </Form>
    </Disclosure>
  );
}
