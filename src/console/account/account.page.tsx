import type { AuditRow } from '../../audit/index.js';
import {
  ROLE_PERMISSIONS,
  type Permission,
  type Role,
  type UserRow,
} from '../../identity/index.js';
import { AuditSentence } from '../audit/audit.sentence.js';
import {
  Card,
  Disclosure,
  Facts,
  Field,
  Form,
  Moment,
  PERMISSION_TEXTS,
  ROLE_TEXTS,
  Submit,
  Timeline,
  useText,
} from '../kit/index.js';
import { NewPassword } from '../users/new-user.page.js';
import { Roles, Signature } from '../users/users.page.js';

/** Me: what the office knows of me, what I may do, my password, and where I am signed in. */
export function AccountPage(props: {
  readonly user: UserRow;
  /** The latest comings and goings of this account, refusals included. */
  readonly comings: readonly AuditRow[];
}) {
  const { user, comings } = props;
  const t = useText();
  return (
    <div class="columns">
      <div>
        <Card title={t('Tôi', 'Me')}>
          <Facts
            of={[
              { name: t('Họ tên', 'Name'), value: user.displayName },
              { name: t('Tên đăng nhập', 'Login'), value: user.login },
              { name: t('Vai trò', 'Roles'), value: <Roles of={user.roles} /> },
              {
                name: t('Chữ ký của tôi', 'My signature'),
                value: <Signature of={user.signature} />,
              },
              {
                name: t('Đổi mật khẩu lần cuối', 'Password last changed'),
                value: <Moment at={user.passwordChangedAt} />,
              },
            ]}
          />
          <p class="form-hint">
            {t(
              'Có gì chưa đúng, xin báo người quản trị.',
              'If anything is not right, please tell the administrator.',
            )}
          </p>
        </Card>
        <MyRoles roles={user.roles} />
      </div>
      <div>
        <ChangeMyPassword />
        <Comings comings={comings} />
      </div>
    </div>
  );
}

function MyRoles({ roles }: { roles: readonly Role[] }) {
  const t = useText();
  return (
    <Card title={t('Tôi được làm gì', 'What I may do')}>
      {roles.map((role) => (
        <>
          <h3>{t(ROLE_TEXTS[role])}</h3>
          <ul>
            {ordersOf(role).map((permission) => (
              <li>{t(PERMISSION_TEXTS[permission])}</li>
            ))}
          </ul>
        </>
      ))}
      <p>
        <a href="/guide">{t('Hướng dẫn theo vai trò', 'The guide for my role')}</a>
      </p>
    </Card>
  );
}

const ordersOf = (role: Role): Permission[] =>
  ROLE_PERMISSIONS[role].filter((permission) => !permission.endsWith('.read'));

function ChangeMyPassword() {
  const t = useText();
  return (
    <Card title={t('Đổi mật khẩu', 'Change my password')}>
      <p>
        {t(
          'Đổi xong, bạn đăng nhập lại bằng mật khẩu mới, ở mọi máy.',
          'Afterwards you sign in anew everywhere, with the new password.',
        )}
      </p>
      <Form action="/account/password">
        <Field
          name="currentPassword"
          type="password"
          label={t('Mật khẩu hiện tại', 'Present password')}
          autoComplete="current-password"
          width="medium"
          required
        />
        <NewPassword />
        <Submit>{t('Đổi mật khẩu', 'Change the password')}</Submit>
      </Form>
    </Card>
  );
}

function Comings({ comings }: { comings: readonly AuditRow[] }) {
  const t = useText();
  return (
    <Card title={t('Đăng nhập gần đây', 'Signed in lately')}>
      <Timeline
        of={comings.map((row) => ({
          at: row.at,
          title: <AuditSentence of={row} isPlain />,
          tone: row.action === 'session.refused' ? ('warning' as const) : undefined,
        }))}
      />
      <p>
        {t(
          'Có lần nào không phải bạn? Hãy kết thúc mọi phiên, rồi đổi mật khẩu.',
          'One of them was not you? End all sessions, then change the password.',
        )}
      </p>
      <Disclosure summary={t('Kết thúc mọi phiên khác…', 'End all other sessions…')}>
        <p>
          {t(
            'Mọi máy khác đang đăng nhập bằng tên của bạn sẽ bị đưa ra. Máy này vẫn dùng tiếp.',
            'Every other place that is signed in under your name is put out. This one stays.',
          )}
        </p>
        <Form action="/account/sessions/ending">
          <Submit tone="danger">{t('Kết thúc các phiên khác', 'End the other sessions')}</Submit>
        </Form>
      </Disclosure>
    </Card>
  );
}
